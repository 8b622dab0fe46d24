import type { ComponentChildren } from "preact";

/*
 * Cards of the directory, on the server and on her phone: no drawn paths in here, since a phone would load all of them.
 */

/** A sign of the page's own `Sprite`. */
const Sign = ({ name }: { name: string }) => (
  <svg class="size-6 shrink-0" aria-hidden="true" fill="currentColor">
    <use href={`#sign-${name}`} />
  </svg>
);

export type Act = { readonly sign: "phone" | "text"; readonly label: string; readonly href: string };

export type ListingShown = {
  readonly href: string;
  readonly name: string;
  /** Who runs it, where that is another name. */
  readonly by?: string | undefined;
  readonly what: string;
  readonly how: string;
  readonly where: string;
  readonly room?: { readonly says: string; readonly words: string } | undefined;
  readonly sure: { readonly says: "verified" | "unconfirmed" | "expired" | "in_doubt"; readonly words: string };
  readonly summary?: string | undefined;
  readonly acts: readonly Act[];
  /** A number that no phone can dial. */
  readonly asWritten?: string | undefined;
  /** Open by hand: all else that the card knows, for the hour without a connection. */
  readonly more: { readonly label: string; readonly rows: readonly (readonly [name: string, value: string, href?: string])[]; readonly terms: readonly string[] };
};

const sureLook = { verified: ["check", "sure-checked"], unconfirmed: ["eye", "soft"], expired: ["clock", "soft"], in_doubt: ["warning", "sure-doubt"] } as const;

/** How sure we are, in words with a sign. */
export const Sure = ({ says, words }: ListingShown["sure"]) => (
  <p class={`sure num ${sureLook[says][1]}`}>
    <Sign name={sureLook[says][0]} />
    <span>{words}</span>
  </p>
);

/** Whether they have room, in words. */
export const RoomLine = ({ says, words }: NonNullable<ListingShown["room"]>) => <p class={says === "yes" ? "room-yes num" : says === "unknown" ? "soft" : "num"}>{words}</p>;

/** The numbers to tap; the first is the main act where `main`. */
export const ActButtons = ({ acts, of, main }: { acts: readonly Act[]; of: string; main?: boolean }) => (
  <p class="acts flex flex-wrap gap-2">
    {acts.map(({ sign, label, href }, index) => (
      <a key={href} class={`btn num ${main && index === 0 ? "btn-primary" : "btn-outline"}`} href={href}>
        <Sign name={sign} />
        <span>
          {label}
          <span class="sr-only"> {of}</span>
        </span>
      </a>
    ))}
  </p>
);

/** One of many, with what decides: what it is, how far, whether they have room, how sure we are, and the number. */
export function ListingCard({ href, name, by, what, how, where, room, sure, summary, acts, asWritten, more }: ListingShown) {
  return (
    <article class="listing text-base">
      <h3>
        <a href={href}>{name}</a>
      </h3>
      {by ? <p class="soft">{by}</p> : null}
      <p>{what}</p>
      <p class="soft num">{[where, how].filter(Boolean).join(" · ")}</p>
      {room ? <RoomLine {...room} /> : null}
      <Sure {...sure} />
      {acts.length > 0 ? <ActButtons acts={acts} of={name} /> : null}
      {asWritten ? <p class="soft num">{asWritten}</p> : null}
      <details>
        <summary>
          {more.label}
          <span class="sr-only">: {name}</span>
        </summary>
        <div class="space-y-2 pb-1">
          {summary ? <p>{summary}</p> : null}
          {more.terms.length > 0 ? <p>{more.terms.join(" · ")}</p> : null}
          {more.rows.map(([label, value, to]) => (
            <p key={label}>
              <span class="soft">{label}: </span>
              {to ? (
                <a class="inline-link inline-flex min-h-12 items-center" href={to} rel="noreferrer noopener external">
                  {value}
                </a>
              ) : (
                <span class="num">{value}</span>
              )}
            </p>
          ))}
        </div>
      </details>
    </article>
  );
}

/** Cards under one heading. `note`: how far was looked. */
export function ListingGroup({ id, title, notes, children }: { id: string; title: string; notes: readonly string[]; children: ComponentChildren }) {
  return (
    <section class="space-y-3" aria-labelledby={id}>
      <h2 class={/\d/.test(title) ? "num text-2xl font-bold" : "text-2xl"} id={id} tabIndex={-1}>
        {title}
      </h2>
      {notes.map((note) => (
        <p key={note} class="soft num">
          {note}
        </p>
      ))}
      {children}
    </section>
  );
}

export const ListingStack = ({ children }: { children: ComponentChildren }) => <ol class="space-y-4">{children}</ol>;

/** A quiet field for what was not found, and what to do then. */
export const NothingFound = ({ says, act }: { says: string; act: string }) => (
  <div class="bg-base-300 rounded-box space-y-2 p-4">
    <p class="font-bold">{says}</p>
    <p>{act}</p>
  </div>
);

/** Ready answers for the search's form, wherever they stand on the page. */
export const OtherPlaces = ({ label, places, form }: { label: string; places: readonly string[]; form: string }) => (
  <div class="space-y-2">
    <p class="soft">{label}</p>
    <p class="flex flex-wrap gap-2">
      {places.map((place) => (
        <button key={place} type="submit" class="btn btn-outline min-h-12" form={form} name="other" value={place}>
          {place}
        </button>
      ))}
    </p>
  </div>
);
