import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";
import type { IconName } from "./icons.ts";

type Children = { children?: ComponentChildren };

/** A part of the board that the stream replaces by itself when it changes. */
export const BoardPart = ({ id, label, children }: Children & { id: string; label: string }) => (
  <section id={id} class="space-y-3 empty:hidden" aria-label={label}>
    {children}
  </section>
);

/** Stays while the part inside it is replaced, so that a screen reader reads the change out when it has time. */
export const Polite = ({ children }: Children) => <div aria-live="polite">{children}</div>;

/** Numbers side by side; `few` where they stand in a narrow column. */
export const Figures = ({ children, few }: Children & { few?: boolean }) => <dl class={`grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-3 ${few ? "" : "lg:grid-cols-4"}`}>{children}</dl>;

/** One number, large in the plain face, under its name; `more` says when or of what; `wide` takes the whole row of two. */
export const Figure = ({ label, value, more, lit, wide }: { label: string; value: string; more?: string | undefined; lit?: boolean; wide?: boolean }) => (
  <div class={`rounded-box flex flex-col p-4 ${wide ? "col-span-full" : ""} ${lit ? "bg-accent text-accent-content" : "bg-base-100"}`}>
    <dt class={`text-base ${lit ? "" : "soft"}`}>{label}</dt>
    <dd class="num text-3xl leading-tight font-bold">{value}</dd>
    {more ? <dd class={`num text-sm ${lit ? "" : "soft"}`}>{more}</dd> : null}
  </div>
);

/** A line of a list: what it is on one side, what can be done on the other. */
export const Line = ({ children, acts, mark, id }: Children & { acts?: ComponentChildren; mark?: boolean; /** For rows that a stream replaces. */ id?: string }) => (
  <li {...(id ? { id } : {})} class={`rounded-box bg-base-100 flex flex-wrap items-center justify-between gap-3 p-4 ${mark ? "border-accent border-s-8" : ""}`}>
    <div class="min-w-0 flex-1 basis-64 space-y-1 text-base">{children}</div>
    {acts ? <div class="flex flex-wrap items-center gap-2">{acts}</div> : null}
  </li>
);

/** The words that must be read before a number is dialled: as large as the number, and above it. */
export const BeforeYouCall = ({ title, children }: Children & { title: string }) => (
  <div class="border-accent bg-base-100 rounded-box space-y-2 border-4 p-5">
    <p class="text-2xl leading-tight font-bold">{title}</p>
    {children}
  </div>
);

/** A number or address to reach someone by: large, plain, one tap. */
export const ReachLink = ({ href, icon, act, shown }: { href: string; icon: IconName; act: string; shown: string }) => (
  <a class="btn btn-primary h-auto min-h-16 w-full justify-start gap-4 px-5 py-3 text-lg" href={href}>
    <Icon name={icon} />
    <span class="flex flex-col items-start text-start leading-tight">
      <span>{act}</span>
      <span class="num text-xl font-bold">{shown}</span>
    </span>
  </a>
);

/** Reads which may be long: a measure that the eye keeps. */
export const Measure = ({ children }: Children) => <div class="max-w-[42rem] space-y-6">{children}</div>;
