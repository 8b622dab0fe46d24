import type { QuietName } from "../../../../platform/http/visit.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { say } from "../../../../platform/ui/words.ts";

/** How the program is called and drawn on a home screen; by a plain name, for a phone that others look at, in her language. */
export function manifest(quiet?: QuietName, language: Language = "en"): string {
  const name = say(language)(quiet ? `quiet_${quiet}` : "brand");
  return JSON.stringify({
    name,
    short_name: name,
    id: "/",
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    background_color: "#12181B",
    theme_color: "#12181B",
    icons: [{ src: `/${quiet ?? "icon"}.svg`, sizes: "any", type: "image/svg+xml", purpose: "any" }],
  });
}

const drawings: Readonly<Record<QuietName | "icon", string>> = {
  // One lit window in a dark house.
  icon: '<rect width="64" height="64" rx="14" fill="#12181B"/><path d="M10 64V28L32 10l22 18v36z" fill="#22343D"/><rect x="23" y="30" width="18" height="22" rx="2" fill="#FFC24B"/><path d="M32 30v22M23 41h18" stroke="#22343D" stroke-width="2.5"/>',
  // A sheet with lines.
  notes: '<rect width="64" height="64" rx="14" fill="#5B6B73"/><path d="M18 22h28M18 32h28M18 42h18" stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
  // A bowl, and what rises from it.
  recipes: '<rect width="64" height="64" rx="14" fill="#7A5C3E"/><path d="M14 34h36a18 16 0 0 1-36 0z" fill="#fff"/><path d="M26 26v-8M38 26v-8" stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
  // Two things, one of them done.
  lists: '<rect width="64" height="64" rx="14" fill="#3F6650"/><path d="M16 24l4 4 7-9M34 24h14M34 42h14" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="21" cy="42" r="4" fill="none" stroke="#fff" stroke-width="3"/>',
};

export const icon = (quiet?: QuietName): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${drawings[quiet ?? "icon"]}</svg>`;

/** Open pages may be found; what belongs to a person stands behind a token or a sign-in anyway. */
export const robots = "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /understand\nDisallow: /\n";
