import type { ComponentChildren } from "preact";

type Children = { children?: ComponentChildren };

/** What is being said, as large as it is to be read from the other side of a cot. A screen reader is told of each new line; of the first one, too, as the place for it is there before. */
export const CaptionLines = ({ label, children }: Children & { label: string }) => (
  <div class="has-[li]:bg-neutral text-neutral-content rounded-box flex flex-col justify-end text-2xl leading-snug has-[li]:min-h-40 has-[li]:p-4" role="log" aria-label={label} aria-live="polite">
    <ol class="space-y-2">{children}</ol>
  </div>
);

export const CaptionLine = ({ seq, children }: Children & { seq: number }) => (
  <li id={`caption-${seq}`} class="break-words" dir="auto">
    {children}
  </li>
);

type WriterProps = { action: string; messageKey: string; label: string; hint: string; send: string; typed?: string | undefined; problem?: string | undefined; /** Said where a line was not taken. */ failed: string };

/** Where captions are typed: Enter sends a line. With scripts the field is free for the next one at once, and what changes around it takes nothing from it. */
export const CaptionWriter = ({ action, messageKey, label, hint, send, typed, problem, failed }: WriterProps) => (
  <form method="post" action={action} class="space-y-2" data-captions data-failed={failed}>
    <input type="hidden" name="key" value={messageKey} />
    <label class="block font-bold" for="caption">
      {label}
    </label>
    <p id="caption-hint" class="soft text-base">
      {hint}
    </p>
    <p id="caption-problem" class="border-error border-s-4 ps-3 font-bold empty:hidden" role="alert">
      {problem ?? null}
    </p>
    <div class="flex items-end gap-2">
      <input id="caption" name="caption" class="input h-14 w-full text-base" autocomplete="off" dir="auto" aria-describedby="caption-hint caption-problem" data-typing {...(typed === undefined ? {} : { value: typed })} />
      <button type="submit" class="btn btn-primary h-14">
        {send}
      </button>
    </div>
  </form>
);
