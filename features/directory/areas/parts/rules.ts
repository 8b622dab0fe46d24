import { plainCode, plainName } from "../../places/rules.ts";
import type { AreaId } from "../../types.ts";
import type { Called, Part } from "../types.ts";

/** What was typed, as beginnings of postal codes: each once, and none that begins like a shorter one among them. */
export function prefixesIn(typed: string): readonly string[] {
  const all = [...new Set(typed.split(/[\s,;]+/).map(plainCode).filter(Boolean))];
  return all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other))).sort();
}

/** The address of a part within its region: "Côte Nord" → 'cote-nord'; of a name without Latin letters, by how its codes begin. */
export function partId(region: AreaId, { en }: Called, prefixes: readonly string[]): AreaId {
  const slug = (text: string) => plainName(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40);
  return `${region}/${slug(en) || slug(prefixes.join(" "))}` as AreaId;
}

export type PrefixRefusal = { readonly refused: "partOverlaps"; readonly prefix: string; readonly of: Part } | { readonly refused: "partUnknownCode"; readonly prefix: string };

/** Refused where two parts would share a postal code, and where no postal code begins so. */
export function judgePrefixes(prefixes: readonly string[], others: readonly Part[], isKnown: (prefix: string) => boolean): PrefixRefusal | undefined {
  for (const prefix of prefixes) {
    const of = others.find((part) => part.prefixes.some((theirs) => theirs.startsWith(prefix) || prefix.startsWith(theirs)));
    if (of) return { refused: "partOverlaps", prefix, of };
    if (!isKnown(prefix)) return { refused: "partUnknownCode", prefix };
  }
  return undefined;
}
