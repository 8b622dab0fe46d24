import type { ComponentChildren } from "preact";

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
