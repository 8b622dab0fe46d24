import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";

export type VoiceSentences = Readonly<Record<"joining" | "on" | "muted" | "listening" | "failed" | "closed" | "lost" | "dropped" | "silenced" | "full" | "often" | "other" | "noMicrophone" | "mute" | "unmute" | "camera" | "cameraOff" | "cameraFull" | "cameraUnwelcome", string>>;
type Props = { url: string; cameras: boolean; title: string; cost: string; join: string; listen: string; leave: string; sentences: VoiceSentences; withoutScripts: string };

/** Sound and pictures of a room. What bears `data-voice-silenced` says that her microphone was turned off by another. Nothing is asked of her device before she taps; without scripts it says what there is instead. */
export const VoicePanel = ({ url, cameras, title, cost, join, listen, leave, sentences, withoutScripts }: Props) => (
  <section class="bg-base-100 rounded-box space-y-3 p-5" aria-labelledby="voice-title" data-voice={url} data-cameras={cameras ? "yes" : "no"} data-sentences={JSON.stringify(sentences)}>
    <h2 id="voice-title" class="text-xl">
      {title}
    </h2>
    <p class="text-base" role="status" data-voice-state />
    <div class="[&>video]:rounded-box grid grid-cols-2 gap-2 empty:hidden [&>video]:w-full" data-pictures />
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

/** One of them, marked while she talks. `voice`: what the room calls her. */
export const InRoomName = ({ voice, children }: { voice: string; children: ComponentChildren }) => (
  <li class="rounded-box outline-accent data-talking:outline-3" data-voice-name={voice}>
    {children}
  </li>
);
