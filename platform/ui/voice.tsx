import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";

export type VoiceSentences = Readonly<Record<"joining" | "on" | "muted" | "listening" | "failed" | "closed" | "lost" | "dropped" | "silenced" | "full" | "often" | "other" | "talking" | "noMicrophone" | "mute" | "unmute" | "camera" | "cameraOff" | "cameraFull" | "cameraUnwelcome", string>>;
type Props = { url: string; cameras: boolean; title: string; cost: string; join: string; listen: string; leave: string; sentences: VoiceSentences; withoutScripts: string };

/** Sound and pictures of a room. What bears `data-voice-silenced` says that her microphone was turned off by another. Nothing is asked of her device before she taps; without scripts it says what there is instead. */
export const VoicePanel = ({ url, cameras, title, cost, join, listen, leave, sentences, withoutScripts }: Props) => (
  <section class="bg-base-100 rounded-box space-y-3 p-5" aria-labelledby="voice-title" data-voice={url} data-cameras={cameras ? "yes" : "no"} data-sentences={JSON.stringify(sentences)}>
    <h2 id="voice-title" class="text-xl">
      {title}
    </h2>
    <p class="text-base" role="status" data-voice-state />
    {/* It has its room before anybody talks, so that nothing moves under her hands. */}
    <p class="min-h-8 text-base break-words" data-voice-talking />
    <div class="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-3 empty:hidden" data-pictures />
    {/* Whose picture it is stands under it, so that no name lies over a face. */}
    <template data-picture>
      <figure class="rounded-box outline-primary outline-offset-2 [&>video]:rounded-box max-w-88 data-talking:outline-3 [&>video]:w-full">
        <figcaption class="px-2 py-1 text-base font-bold break-words" dir="auto" />
      </figure>
    </template>
    <div class="flex flex-wrap gap-3" data-voice-out hidden>
      <button type="button" class="btn btn-primary btn-lg min-h-16 h-auto w-full justify-start gap-3 py-2 text-start text-lg" data-voice-join>
        <Icon name="phone" />
        {join}
      </button>
      <button type="button" class="btn btn-outline min-h-12" data-voice-listen>
        <Icon name="eye" />
        {listen}
      </button>
    </div>
    <div class="flex flex-wrap gap-3" data-voice-in hidden>
      <button type="button" class="btn btn-primary min-h-12" data-voice-mute>
        {sentences.unmute}
      </button>
      {cameras ? (
        <button type="button" class="btn btn-outline min-h-12" data-voice-camera>
          {sentences.camera}
        </button>
      ) : null}
      <button type="button" class="btn btn-ghost min-h-12" data-voice-leave>
        {leave}
      </button>
    </div>
    <p class="soft num text-base">{cost}</p>
    <noscript>
      <p class="font-bold">{withoutScripts}</p>
    </noscript>
  </section>
);

/** Who is in a room. */
export const InRoom = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <ul class="flex flex-wrap gap-2" aria-label={label}>
    {children}
  </ul>
);

type Named = { voice: string; children: ComponentChildren };

/** Somebody's name, marked while she talks; it stands under her picture, too. `voice`: what the room calls her. */
export const VoiceName = ({ voice, children }: Named) => (
  <span class="rounded-box outline-primary outline-offset-2 data-talking:outline-3" data-voice-name={voice}>
    {children}
  </span>
);

export const InRoomName = (named: Named) => (
  <li>
    <VoiceName {...named} />
  </li>
);
