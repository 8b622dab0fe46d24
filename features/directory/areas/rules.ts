import { plain } from "../../../platform/i18n/finding.ts";
import { countryName } from "../../../platform/i18n/names.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { AreaId } from "../types.ts";
import type { Area, Called } from "./types.ts";
import en from "./words/en.json" with { type: "json" };
import { say } from "./words.ts";

type Region = Extract<keyof typeof en, `US-${string}`>;

/** The 50 states, the District of Columbia and the five territories, in the order of their codes. */
export const regions = Object.keys(en).filter((key): key is Region => key.startsWith("US-")).sort() as (Region & AreaId)[];
const isRegion = (id: string): id is Region => Object.hasOwn(en, id) && id.startsWith("US-");

/** "Texas", "Nueva York", "Mexico"; of a part of a region what its coordinators call it. */
export function areaName(id: string, language: Language, called?: Called): string {
  if (isRegion(id)) return say(language)(id);
  if (!/^[A-Z]{2}$/.test(id)) return called?.[language] ?? id;
  return countryName(id, language);
}

/** The names of all areas, parts by what these are called. */
export function areaNames(areas: readonly Area[], language: Language): (id: string) => string {
  const called = new Map<string, Called>(areas.map((area) => [area.id, area.called]));
  return (id) => areaName(id, language, called.get(id));
}

/** 'US-TX/north' is a part; 'US-TX' and 'US' are none. */
export const isPart = (id: string): boolean => id.includes("/");

/** 'us-tx', 'us-tx.north' in an address; the way back from there. */
export const areaPath = (id: string): string => id.toLowerCase().replaceAll("/", ".");
export const areaIdOf = (path: string): AreaId | undefined => {
  const [region = "", part] = path.split(".");
  if (!/^[a-z]{2}(?:-[a-z]{2})?$/.test(region) || (part !== undefined && !/^[a-z0-9-]{1,40}$/.test(part))) return undefined;
  return (part === undefined ? region.toUpperCase() : `${region.toUpperCase()}/${part}`) as AreaId;
};

/** The areas above, the nearest first: 'US-TX/north' → 'US-TX', 'US'. */
export function above(id: string): readonly AreaId[] {
  const [region = "", part] = id.split("/");
  const country = region.slice(0, 2);
  return [...(part === undefined ? [] : [region]), ...(region === country ? [] : [country])] as AreaId[];
}

/** An offer that nobody answered is kept so long. */
export const offerDays = 90;

/** Offers made before this have waited too long: what stands in them goes. */
export const offersDueOn = (now: Instant): Instant => now.subtract({ hours: offerDays * 24 });

export type NamedArea = { readonly id: AreaId; readonly name: string; /** Its words in both languages, for finding it. */ readonly find: string };

/** Regions and countries by name; what a person types may be in either language. */
export function areasByName(areas: readonly Area[], language: Language): readonly NamedArea[] {
  const order = new Intl.Collator(language);
  return areas
    .map(({ id, called }) => ({ id, name: areaName(id, language, called), find: plain([areaName(id, "en", called), areaName(id, "es", called), ...(isPart(id) ? [] : [id.slice(-2)])].join(" ")) }))
    .sort((a, b) => order.compare(a.name, b.name));
}

/** The countries among them, for a list to choose from: code and name, in the order of the names. */
export const countriesToChoose = (areas: readonly Area[], language: Language): readonly (readonly [code: string, name: string])[] =>
  areasByName(areas.filter(({ parent }) => parent === undefined), language).map(({ id, name }) => [id, name]);

/** What can be divided into parts: regions, and countries that have none. */
export function dividable(areas: readonly Area[]): readonly Area[] {
  const whole = areas.filter(({ id }) => !isPart(id));
  const above = new Set(whole.map(({ parent }) => parent));
  return whole.filter(({ id }) => !above.has(id));
}
