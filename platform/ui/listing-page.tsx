import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";
import type { IconName } from "./icons.ts";

/** One thing that is known, with who says so and when in small. */
export type FactShown = { readonly name: string; readonly value: ComponentChildren; readonly by: string };

/** All that is known, each with its source; what nobody knows is not there. */
export const SourcedFacts = ({ facts }: { facts: readonly FactShown[] }) => (
  <dl class="bg-base-100 rounded-box divide-base-300 divide-y-2 px-5 text-base">
    {facts.map(({ name, value, by }) => (
      <div key={name} class="space-y-1 py-4">
        <dt class="soft">{name}</dt>
        <dd class="num space-y-1">{value}</dd>
        <dd class="soft num text-sm">{by}</dd>
      </div>
    ))}
  </dl>
);

export const FactLines = ({ lines }: { lines: readonly string[] }) => (
  <ul class="space-y-1">
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);

export type ListingAct = { readonly icon: IconName; readonly label: string; /** Of what, for who does not see it. */ readonly more?: string; readonly href: string };

/** What to do: the numbers to tap, the first as the one main act; beside each other what else can be done. */
export const ListingActs = ({ calls, others }: { calls: readonly ListingAct[]; others: readonly ListingAct[] }) => (
  <div class="space-y-3">
    {calls.map((act, index) => (
      <OneAct key={act.href} {...act} look={`rounded-box h-auto min-h-16 w-full justify-start gap-3 px-5 py-3 text-start text-lg whitespace-normal ${index === 0 ? "btn-primary" : "btn-outline"}`} />
    ))}
    <div class="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
      {others.map((act, index) => (
        <OneAct key={act.href} {...act} look={`min-h-14 h-auto justify-start gap-2 px-4 py-2 ${calls.length === 0 && index === 0 && act.icon !== "card" ? "btn-primary" : "btn-outline"}`} />
      ))}
    </div>
  </div>
);

const OneAct = ({ icon, label, more, href, look }: ListingAct & { look: string }) => (
  <a class={`btn num ${look}`} href={href}>
    <Icon name={icon} />
    <span>
      {label}
      {more ? <span class="sr-only"> {more}</span> : null}
    </span>
  </a>
);

/** Name and runner of a listing, and in one look what decides. */
export const ListingHead = ({ name, by, children }: { name: string; by: string | undefined; children: ComponentChildren }) => (
  <header class="space-y-2">
    <h1 class="text-3xl">{name}</h1>
    {by ? <p class="soft">{by}</p> : null}
    <div class="space-y-2 text-base">{children}</div>
  </header>
);

/** The way back, over everything else. */
export const BackLink = ({ href, children }: { href: string; children: ComponentChildren }) => (
  <p class="no-print">
    <a class="inline-link inline-flex min-h-12 items-center gap-2" href={href}>
      <Icon name="back" />
      {children}
    </a>
  </p>
);

export const NoPrint = ({ children }: { children: ComponentChildren }) => <div class="no-print space-y-3">{children}</div>;
