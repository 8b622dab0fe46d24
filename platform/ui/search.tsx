import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";
import type { Choice } from "./fields.tsx";
import type { IconName } from "./icons.ts";

/** The search's form. It posts, so that nothing typed stands in an address; where scripts run it never leaves the phone. `facts`: what its script needs. */
export const SearchForm = ({ id, action, facts, children }: { id: string; action: string; facts: object; children: ComponentChildren }) => (
  <form id={id} method="post" action={action} role="search" class="space-y-4" data-finder={JSON.stringify(facts)}>
    {children}
  </form>
);

export function SearchBox({ name, label, hint, value, placeholder }: { name: string; label: string; hint?: string; value: string; placeholder?: string }) {
  return (
    <div class="space-y-1">
      <label class="block font-bold" for={name}>
        {label}
      </label>
      {hint ? (
        <p id={`${name}-hint`} class="soft text-base">
          {hint}
        </p>
      ) : null}
      <input id={name} name={name} type="search" class="input h-14 w-full text-base" autocomplete="off" autocapitalize="off" spellcheck={false} value={value} {...(placeholder ? { placeholder } : {})} {...(hint ? { "aria-describedby": `${name}-hint` } : {})} maxLength={200} enterkeyhint="search" />
    </div>
  );
}

/** The place's box with "near me" beside it, which stays unseen until the script can keep its word. */
export function PlaceBox({ name, label, value, nearMe, on, off }: { name: string; label: string; value: string; nearMe: string; on: string; off: string }) {
  return (
    <div class="space-y-1">
      <label class="block font-bold" for={name}>
        {label}
      </label>
      <div class="flex flex-wrap gap-2">
        <input id={name} name={name} type="search" class="input h-14 min-w-0 grow basis-40 text-base" autocomplete="off" spellcheck={false} value={value} maxLength={200} enterkeyhint="search" />
        <button type="button" class="btn btn-outline h-14" data-near-me data-on={on} data-off={off} aria-pressed="false" hidden>
          <Icon name="pin" />
          {nearMe}
        </button>
      </div>
      <p class="soft text-base" role="status" data-near-said />
    </div>
  );
}

/** One chip in view, and groups of others that open by hand; what is chosen in a closed one is said beside its name. */
export const Narrow = ({ label, first, open, children }: { label: string; first: ComponentChildren; open: boolean; children: ComponentChildren }) => (
  <div class="narrow">
    {first}
    <details {...(open ? { open } : {})}>
      <summary>{label}</summary>
      <fieldset class="narrow p-3">
        <legend class="sr-only">{label}</legend>
        {children}
      </fieldset>
    </details>
  </div>
);

export function ChipGroup({ label, name, choices, chosen, one }: { label: string; name: string; choices: readonly Choice[]; chosen: readonly string[]; one?: boolean }) {
  const said = choices.filter(([value]) => chosen.includes(value)).map(([, words]) => words);
  return (
    <details data-chips>
      <summary>
        {label}
        <b class="num">{said.join(", ")}</b>
      </summary>
      <div class="chips" role="group" aria-label={label}>
        {choices.map(([value, words]) => (
          <label key={value} class="chip num">
            <input type={one ? "radio" : "checkbox"} class={one ? "radio" : "checkbox"} name={name} value={value} checked={chosen.includes(value)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </details>
  );
}

/** One yes-or-no chip. */
export const Chip = ({ name, value, label, checked }: { name: string; value: string; label: string; checked: boolean }) => (
  <label class="chip bg-base-100">
    <input type="checkbox" class="checkbox" name={name} value={value} checked={checked} />
    <span>{label}</span>
  </label>
);

/** Ready words for the box, as buttons of the form. */
export const ReadyWords = ({ label, name, words }: { label: string; name: string; words: readonly string[] }) => (
  <div class="space-y-2" data-ready>
    <p class="soft text-base">{label}</p>
    <p class="flex flex-wrap gap-2">
      {words.map((word) => (
        <button key={word} type="submit" class="btn btn-ghost bg-base-300 min-h-12" name={name} value={word}>
          {word}
        </button>
      ))}
    </p>
  </div>
);

/** The numbers for danger, in one quiet line over everything else. */
export const DangerLine = ({ label, acts }: { label: string; acts: readonly { readonly label: string; readonly href: string }[] }) => (
  <p class="num flex flex-wrap items-center gap-x-4 text-base">
    <span class="soft">{label}</span>
    {acts.map(({ label: words, href }) => (
      <a key={href} class="inline-link inline-flex min-h-12 items-center font-bold" href={href}>
        {words}
      </a>
    ))}
  </p>
);

/** Where a screen reader hears how many were found. */
export const FoundCount = () => <p class="sr-only" role="status" data-found-count />;

/** Where answers appear. */
export const Answers = ({ id, children }: { id: string; children: ComponentChildren }) => (
  <div id={id} class="space-y-8 empty:hidden">
    {children}
  </div>
);

export const SubmitWide = ({ icon, children }: { icon: IconName; children: ComponentChildren }) => (
  <button type="submit" class="btn btn-primary btn-lg h-auto min-h-16 w-full justify-start gap-3 py-2 text-start text-lg">
    <Icon name={icon} />
    {children}
  </button>
);

/** Two columns on a desk: what is read, and what stands beside it. On a phone the second comes under the first. */
export const Beside = ({ children, aside }: { children: ComponentChildren; aside: ComponentChildren }) => (
  <div class="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,38rem)_minmax(0,1fr)]">
    <div class="min-w-0 space-y-6">{children}</div>
    <div class="min-w-0 space-y-6 lg:sticky lg:top-24">{aside}</div>
  </div>
);

/** A sentence that the page's script may replace by a truer one. */
export const Said = ({ children, name }: { children: ComponentChildren; name: string }) => (
  <p class="soft text-base" data-said={name}>
    {children}
  </p>
);
