import type { Context } from "hono";
import { chooseLanguage, guessCountry, type Language } from "../i18n/words.ts";
import { isZone } from "../time/time.ts";
import type { Staffed } from "../ui/staff-page.tsx";
import { isShared, readCookie } from "./cookies.ts";
import type { House } from "./house.ts";
import type { DeskScope, ModeratorScope, StaffScope } from "./scope.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Of a post: where a page that answers it is to be found again (see `nearestOf`). */
    pagePath?: string;
  }
}

/** Plain names that the program can go by, in the tab, in its header and on a home screen. */
export const quietNames = ["notes", "recipes", "lists"] as const;
export type QuietName = (typeof quietNames)[number];

export type Light = "day" | "night" | "system";

/** What a page needs to know of the one who looks at it; nothing here says who she is. */
export type Visit = {
  readonly language: Language;
  readonly light: Light;
  /** Two letters: chosen, or guessed from Accept-Language; undefined when neither says. */
  readonly country: string | undefined;
  /** Her zone as her own browser told it, if it did. */
  readonly zone: string | undefined;
  /** The plain name that the page goes by, if she chose one. */
  readonly quiet: QuietName | undefined;
  /** Others use this device: nothing of this visit stays on it, and no title says what a page is about. */
  readonly shared: boolean;
  /** The path of this page, for "back to where you were"; of a page that answers a post, the nearest address that can be gone back to. Never with a token in it. */
  readonly path: string;
};

/** "1" was "notes" while there was no other name: whoever chose it keeps it. */
const quietName = (kept: string | undefined): QuietName | undefined => (kept === "1" ? "notes" : quietNames.find((name) => name === kept));

export function visitOf(c: Context): Visit {
  const accept = c.req.header("accept-language");
  const light = readCookie(c, "light");
  const country = readCookie(c, "country");
  const zone = readCookie(c, "zone");
  return {
    language: chooseLanguage(readCookie(c, "language"), accept),
    light: light === "day" || light === "night" ? light : "system",
    country: country && /^[A-Z]{2}$/.test(country) ? country : guessCountry(accept),
    zone: zone && zone.length < 64 && isZone(zone) ? zone : undefined,
    quiet: quietName(readCookie(c, "quiet")),
    shared: isShared(c),
    path: c.get("pagePath") ?? c.req.path,
  };
}

/** What every page of the staff is shown with. */
export const staffedOf = (c: Context, { assets }: Pick<House, "assets">, { member }: StaffScope | DeskScope | ModeratorScope): Staffed => ({ visit: visitOf(c), assets, member });

/** A path of our own to go back to; anything that could lead elsewhere is home. */
export function safePath(value: unknown): string {
  return typeof value === "string" && /^\/(?![/\\])[\w\-./]*$/.test(value) && value.length < 200 ? value : "/";
}
