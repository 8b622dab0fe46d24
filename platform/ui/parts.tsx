import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";

/** The parts of one place, beside each other; the one that is open is marked. */
export function Parts({ label, parts }: { label: string; parts: readonly { readonly href: string; readonly label: string; readonly current: boolean }[] }) {
  return (
    <nav aria-label={label}>
      <ul class="flex flex-wrap gap-2">
        {parts.map(({ href, label: name, current }) => (
          <li key={href}>
            <a class={`btn min-h-12 ${current ? "bg-base-300 border-base-content underline underline-offset-4" : "btn-outline"}`} href={href} {...(current ? { "aria-current": "page" as const } : {})}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A column as wide as a form reads well. */
export const FormColumn = ({ children }: { children: ComponentChildren }) => <div class="max-w-[38rem] space-y-6">{children}</div>;

/** Two or three short fields beside each other where there is room. */
export const FieldRow = ({ children }: { children: ComponentChildren }) => <div class="grid gap-4 sm:grid-cols-2">{children}</div>;

/** One row with its act at the end. */
export const ActRow = ({ children, act }: { children: ComponentChildren; act: ComponentChildren }) => (
  <li class="flex min-h-14 flex-wrap items-center justify-between gap-3 py-1">
    <span class="num">{children}</span>
    {act}
  </li>
);

/** A list whose rows have acts. */
export const ActList = ({ children, label }: { children: ComponentChildren; label: string }) => (
  <ul class="bg-base-100 rounded-box divide-base-300 divide-y-2 px-5 py-1" aria-label={label}>
    {children}
  </ul>
);

/** A heading over rows of one list. */
export const RowHeading = ({ children }: { children: ComponentChildren }) => <li class="soft pt-3 font-bold">{children}</li>;

/** Where else one can go from here, a line each; `more` says in a word what waits there. */
export const PlaceLinks = ({ label, places }: { label: string; places: readonly { readonly href: string; readonly name: string; readonly more?: string }[] }) => (
  <nav aria-label={label}>
    <ul class="bg-base-100 rounded-box divide-base-300 divide-y-2 px-2 py-1 text-base">
      {places.map(({ href, name, more }) => (
        <li key={href}>
          <a class="rounded-field flex min-h-14 items-center gap-3 px-3 py-2" href={href}>
            <span class="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-3">
              <span class="font-bold underline decoration-1 underline-offset-4">{name}</span>
              {more ? <span class="soft num">{more}</span> : null}
            </span>
            <span class="rtl:rotate-180">
              <Icon name="forward" />
            </span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Many short names, as many beside each other as there is room for. */
export const Names = ({ children }: { children: ComponentChildren }) => <ul class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-x-6">{children}</ul>;

/** One of them, large enough for a thumb; `more` in small beside it. */
export const NamedLink = ({ href, name, more }: { href: string; name: string; more?: string | undefined }) => (
  <a class="inline-flex min-h-12 flex-wrap items-center gap-x-2" href={href}>
    <span class="inline-link">{name}</span>
    {more ? <span class="soft num text-sm">{more}</span> : null}
  </a>
);

/** Three parts: what is begun with, what is read meanwhile, and what is filled in. On a phone in this order; on a desk the second stands beside the others. */
export const ReadBetween = ({ children }: { children: ComponentChildren }) => (
  <div class="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:[&>:nth-child(2)]:col-start-2 lg:[&>:nth-child(2)]:row-span-2 lg:[&>:nth-child(2)]:row-start-1">{children}</div>
);
