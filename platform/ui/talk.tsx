import type { ComponentChildren } from "preact";

type Children = { children?: ComponentChildren };

/** What was written, oldest first. A screen reader is told of each new line, politely. */
export const Talk = ({ label, children }: Children & { label: string }) => (
  <div role="log" aria-label={label} aria-live="polite">
    <ol id="entries" class="space-y-3">
      {children}
    </ol>
  </div>
);

export type BubbleProps = Children & {
  seq: number;
  /** Whose words: on her own side, the other's side, or the desk's private notes. */
  side: "own" | "other" | "note";
  who: string;
  when: string;
  /** The key under which her own browser sent it, so that its waiting copy goes. */
  sentAs?: string | undefined;
};

export function Bubble({ seq, side, who, when, sentAs, children }: BubbleProps) {
  const look = {
    own: "own-words ms-8 rounded-ee-sm",
    other: "me-8 rounded-es-sm bg-base-100",
    note: "border-2 border-dashed border-[var(--edge)]",
  }[side];
  return (
    <li id={`entry-${seq}`} class="scroll-mb-80" data-seq={seq} {...(sentAs ? { "data-key": sentAs } : {})}>
      <div class={`rounded-box p-4 ${look}`}>
        <p class={`mb-1 flex flex-wrap justify-between gap-x-3 text-sm ${side === "own" ? "" : "soft"}`}>
          <span class="font-bold">{who}</span>
          <time class="num">{when}</time>
        </p>
        <div class="whitespace-pre-wrap" dir="auto">
          {children}
        </div>
      </div>
    </li>
  );
}

/** Something that happened, between what was written. */
export const Happening = ({ seq, children }: Children & { seq: number }) => (
  <li id={`entry-${seq}`} data-seq={seq} class="soft scroll-mb-80 py-1 text-center text-base">
    {children}
  </li>
);

/** Who is here and how things stand; replaced whole by the stream. */
export const StandingField = ({ children }: Children) => (
  <div id="standing" class="bg-base-300 rounded-box space-y-1 p-4" aria-live="polite">
    {children}
  </div>
);

/** Under the last words: delivered, being written, waiting to be sent. */
export const Below = ({ delivered, sending }: { delivered: ComponentChildren; sending: string }) => (
  <div class="min-h-8">
    <ol id="unsent" class="space-y-3" />
    <template id="unsent-line">
      <li class="rounded-box ms-8 border-2 border-dashed p-4" dir="auto">
        <span class="block whitespace-pre-wrap" />
        <span class="soft block text-sm">{sending}</span>
      </li>
    </template>
    <p id="delivered" class="soft text-end text-sm">
      {delivered}
    </p>
    <p id="writing" class="soft text-base" aria-live="polite" />
  </div>
);

type ComposerProps = Children & {
  action: string;
  /** What the draft is kept under: one conversation's draft never shows up in another. */
  of: string;
  writing: string;
  shown: string;
  label: string;
  hint: string;
  send: string;
  idempotencyKey: string;
  words: { failed: string; empty: string };
  problem?: string | undefined;
  typed?: string | undefined;
};

/** Where words are written. Without scripts a plain form; with them it keeps the draft, sends again by itself and says what is safe. */
export function Composer({ action, of, writing, shown, label, hint, send, idempotencyKey, words, problem, typed, children }: ComposerProps) {
  return (
    <form
      method="post"
      action={action}
      class="bg-base-200 bottom-20 space-y-2 pb-3 [@media(min-height:560px)]:sticky"
      data-composer={of}
      data-writing={writing}
      data-shown={shown}
      data-failed={words.failed}
      data-empty={words.empty}
    >
      <input type="hidden" name="key" value={idempotencyKey} />
      <label class="block font-bold" for="words">
        {label}
      </label>
      <p id="words-problem" class="border-error border-s-4 ps-3 font-bold empty:hidden" role="alert">
        {problem ?? null}
      </p>
      <div class="flex items-end gap-2">
        <textarea id="words" name="words" rows={2} class="textarea min-h-14 w-full text-base" autocomplete="off" dir="auto" aria-describedby="words-hint words-problem">
          {typed ?? ""}
        </textarea>
        <button type="submit" class="btn btn-primary h-14">
          {send}
        </button>
      </div>
      <p id="words-hint" class="soft text-sm">
        {hint}
      </p>
      {children}
    </form>
  );
}

/** With scripts off: a small page of its own that looks again by itself, so that what is being typed outside it stays. */
export const RefreshingPart = ({ title, src, hint, children }: { title: string; src: string; hint: string; /** What the frame says again: with scripts off it stands there alone. */ children?: ComponentChildren }) => (
  <>
    {children ? <div class="noscript:hidden">{children}</div> : null}
    <noscript>
      <p class="soft text-base">{hint}</p>
      <iframe class="rounded-box bg-base-100 h-64 w-full" title={title} src={src} />
    </noscript>
  </>
);

/** The inside of a refreshing part. */
export const BarePage = ({ language, title, seconds, style, theme, children }: Children & { language: string; title: string; seconds: number; style: string; theme: string | undefined }) => (
  <html lang={language} {...(theme ? { "data-theme": theme } : {})}>
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta http-equiv="refresh" content={String(seconds)} />
      {/* What is pressed in it is for the whole page. */}
      <base target="_top" />
      <link rel="stylesheet" href={style} />
    </head>
    <body class="p-3">
      <main class="space-y-3">
        <h1 class="sr-only">{title}</h1>
        {children}
      </main>
    </body>
  </html>
);

/** Six words or a link to copy by hand, large and in the plain face. */
export const Keepsake = ({ label, children, id }: Children & { label: string; id: string }) => (
  <div class="bg-base-100 rounded-box space-y-1 p-4">
    <p class="soft text-base" id={id}>
      {label}
    </p>
    <p class="num text-xl font-bold break-words select-all" role="group" aria-labelledby={id}>
      {children}
    </p>
  </div>
);

/** Puts a phrase into the composer, where it can be changed before it is sent. Without scripts the phrase is there to copy. */
export const PhraseButton = ({ text, label }: { text: string; label: string }) => (
  <button type="button" class="btn btn-outline min-h-12" data-phrase={text}>
    {label}
  </button>
);

/** Lets this device be rung when someone waits. Shown by its script, where the browser can. */
export const RingButton = ({ label, done }: { label: string; done: string }) => (
  <button type="button" class="btn btn-outline min-h-12" hidden data-ring data-done={done}>
    {label}
  </button>
);
