import type { ComponentChildren } from "preact";

export type MeetingShown = {
  readonly id: string;
  /** "7:00 PM", as large as it matters. */
  readonly time: string;
  readonly until: string;
  readonly name: string;
  readonly href: string;
  readonly facts: readonly string[];
  readonly room: { readonly words: string; readonly free: boolean };
  readonly notice?: string | undefined;
  readonly act?: { readonly href: string; readonly label: string } | undefined;
};

/** One meeting: when, what, whether there is room, and one act. */
export const MeetingCard = ({ id, time, until, name, href, facts, room, notice, act }: MeetingShown) => (
  <li id={`meeting-${id}`} class="bg-base-100 rounded-box flex flex-wrap items-center justify-between gap-x-4 gap-y-3 p-4 text-base">
    <div class="min-w-0 flex-1 basis-60 space-y-1">
      <p class="flex flex-wrap items-baseline gap-x-3">
        <span class="num text-2xl leading-tight font-bold">{time}</span>
        <span class="soft num">{until}</span>
      </p>
      <h3 class={`text-lg leading-snug font-bold ${/\d/.test(name) ? "num" : ""}`}>
        <a class="underline decoration-1 underline-offset-4" href={href}>
          {name}
        </a>
      </h3>
      {facts.map((fact) => (
        <p key={fact} class="soft">
          {fact}
        </p>
      ))}
      {notice ? <p class="num border-accent border-s-4 ps-3 font-bold">{notice}</p> : null}
      <p class={`num ${room.free ? "font-bold" : "soft"}`}>{room.words}</p>
    </div>
    {act ? (
      <a class={`btn min-h-12 ${room.free ? "btn-primary" : "btn-outline"}`} href={act.href}>
        {act.label}
        <span class="sr-only">
          {" "}
          {name}, {time}
        </span>
      </a>
    ) : null}
  </li>
);

/** The meetings of one day under its name. */
export const MeetingDay = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="space-y-3" aria-labelledby={id}>
    <h2 class="num text-xl font-bold" id={id}>
      {title}
    </h2>
    <ul class="space-y-3">{children}</ul>
  </section>
);
