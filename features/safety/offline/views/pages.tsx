import { countryName } from "../../../../platform/i18n/names.ts";
import type { Light, QuietName, Visit } from "../../../../platform/http/visit.ts";
import { asHtml } from "../../../../platform/http/show.ts";
import { languages, type Language } from "../../../../platform/i18n/words.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { careCard } from "../../in-words/rules.ts";
import { countries, countriesByName } from "../../rules.ts";
import type { Country, Help } from "../../types.ts";
import { CountryPage } from "../../views/country-page.tsx";
import { HelpIndex } from "../../views/help-index.tsx";
import type { OfflinePages } from "../types.ts";

/** Stands in a page for what differs from country to country; digits, so that it lives through a tel: link too. */
const token = (at: number): string => `7000${at}00`;

/**
 * The help pages of all countries in both languages, small: countries whose pages have the same shape share one page
 * with tokens, made by the very view that shows them online.
 */
export function offlinePages(assets: Assets, helpFor: (country: string | undefined) => Help, light: Light, quiet: QuietName | undefined): OfflinePages {
  const shapes = new Map<string, { at: number; like: Country }>();
  const found: Record<string, OfflinePages["countries"][string]> = {};
  for (const country of countries) {
    const help = helpFor(country);
    const shape = shapeOf(help);
    const page = shapes.get(shape) ?? { at: shapes.size, like: country };
    shapes.set(shape, page);
    found[country.toLowerCase()] = { page: page.at, fill: { en: fillOf(help, country, "en"), es: fillOf(help, country, "es") } };
  }
  const visit = (language: Language, path: string): Visit => ({ language, light, quiet, shared: false, path, country: undefined, zone: undefined });
  const pagesIn = (language: Language) => ({
    index: asHtml(<HelpIndex visit={visit(language, "/help")} assets={assets} own={undefined} care={careCard(language, helpFor(undefined))} chosen={false} countries={countriesByName(language)} />),
    ...betweenEnds(
      [...shapes.values()].map(({ like }) =>
        asHtml(<CountryPage visit={visit(language, `/help/${token(1)}`)} assets={assets} help={withTokens(helpFor(like))} name={token(0)} code={token(1)} chosen={false} offline />),
      ),
    ),
  });
  const [en, es] = languages.map(pagesIn);
  if (!en || !es) throw new Error("The offline pages are made in English and Spanish.");
  return { pages: { en, es }, countries: found };
}

/** What all pages begin and end with, once; and what each has in between. */
function betweenEnds(pages: readonly string[]): { start: string; end: string; countries: string[] } {
  const [first = "", ...others] = pages;
  let start = 0;
  while (start < first.length && others.every((page) => page[start] === first[start])) start++;
  let end = 0;
  while (end < first.length - start && others.every((page) => end < page.length - start && page.at(-1 - end) === first.at(-1 - end))) end++;
  return { start: first.slice(0, start), end: first.slice(first.length - end), countries: pages.map((page) => page.slice(start, page.length - end)) };
}

/** Countries with lines of their own have a page of their own; the others differ by how many numbers there are. */
function shapeOf({ country, emergency, crisis, parents }: Help): string {
  const lines = crisis.length + parents.length;
  return [lines > 0 ? country : "", emergency.certain, emergency.ambulance.length, emergency.police.length, emergency.fire.length].join(" ");
}

function withTokens(help: Help): Help {
  let at = 2;
  const tokens = (numbers: readonly string[]) => numbers.map(() => token(at++));
  const { ambulance, certain, police, fire } = help.emergency;
  return { ...help, emergency: { ambulance: tokens(ambulance), certain, police: tokens(police), fire: tokens(fire) } };
}

function fillOf({ emergency: { ambulance, police, fire } }: Help, country: Country, language: Language): string[] {
  const name = countryName(country, language).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return [name, country.toLowerCase(), ...ambulance, ...police, ...fire];
}
