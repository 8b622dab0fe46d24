import type { SignedInRole, StaffRole } from "../http/scope.ts";
import { words, type Language } from "../i18n/words.ts";
import en from "./desk-menu-words/en.json" with { type: "json" };
import es from "./desk-menu-words/es.json" with { type: "json" };

const say = words({ en, es });

export type DeskPlace = "desk" | "board" | "safety" | "onCall" | "listings" | "groups" | "community" | "people" | "phrases" | "settings" | "account";

/** Who answers parents: their pages say that they are there, and nobody else's do. */
const onDuty: readonly StaffRole[] = ["volunteer", "supervisor"];

const places: readonly { readonly place: DeskPlace; readonly path: string; readonly for: readonly StaffRole[] }[] = [
  { place: "desk", path: "/desk", for: onDuty },
  { place: "board", path: "/board", for: ["supervisor", "coordinator"] },
  { place: "safety", path: "/safety", for: ["moderator", "supervisor", "coordinator"] },
  { place: "onCall", path: "/safety/pages", for: ["moderator", "supervisor", "coordinator"] },
  { place: "listings", path: "/tend", for: ["coordinator"] },
  { place: "groups", path: "/evenings", for: ["facilitator", "coordinator"] },
  { place: "community", path: "/community/keep", for: ["coordinator"] },
  { place: "people", path: "/people", for: ["coordinator"] },
  { place: "phrases", path: "/phrases", for: ["coordinator"] },
  { place: "settings", path: "/settings", for: ["coordinator"] },
];

/** The menu of the staff's pages: the places that these roles open, her account, and the way out. */
export function DeskMenu({ language, roles, current }: { language: Language; roles: ReadonlySet<SignedInRole>; current?: DeskPlace }) {
  const t = say(language);
  const link = (place: DeskPlace, path: string, more = "") => (
    <li key={place} class={more}>
      <a
        class={`rounded-field flex min-h-12 items-center px-3 ${place === current ? "bg-base-300 font-bold underline decoration-2 underline-offset-8" : ""}`}
        href={path}
        {...(place === current ? { "aria-current": "page" as const } : {})}
      >
        {t(place)}
      </a>
    </li>
  );
  return (
    <nav data-desk={onDuty.some((role) => roles.has(role)) ? "" : undefined} class="no-print border-base-300 mx-auto mt-1 max-w-6xl border-b px-2 sm:px-5" aria-label={t("menu")}>
      <ul class="flex flex-wrap items-center gap-x-1 text-base">
        {places.filter((entry) => entry.for.some((role) => roles.has(role))).map(({ place, path }) => link(place, path))}
        {link("account", "/account", "sm:ms-auto")}
        <li>
          <form method="post" action="/sign-out">
            <button type="submit" class="btn btn-ghost min-h-12 px-3 font-normal">{t("signOut")}</button>
          </form>
        </li>
      </ul>
    </nav>
  );
}
