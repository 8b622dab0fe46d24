import type { EmergencyRow, Line, LineRow, Standing } from "../../safety/types.ts";
import { useOf } from "../listing/rules.ts";
import type { ServiceParts } from "../listing/types.ts";
import type { AreaId, Dial, Kind } from "../types.ts";

/** A number to be written under a line; `dial` is undefined for one that could not be understood. */
export type LinePhone = { readonly number: string; readonly type: "voice" | "text"; readonly description?: string; readonly dial: Dial | undefined };

/** A line as one service of the directory. `key` names it for good: the same line is the same service on every machine. */
export type LineAsService = {
  readonly key: string;
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
  readonly url: string | undefined;
  readonly phones: readonly LinePhone[];
  readonly languages: readonly string[];
  readonly areas: readonly AreaId[];
  readonly always: boolean;
  readonly source: string;
  readonly seenOn: string;
};

export type DialOf = (text: string, country: string) => Dial | undefined;

const kindOf = ({ kind }: Line): Kind => (kind === "crisis" ? "crisis_line" : "warmline");

const areasOf = ({ country, region }: LineRow): readonly AreaId[] => (country === "XX" ? [] : [(country === "US" && region ? `US-${region}` : country) as AreaId]);

/** A helpline as its list gives it. A short code keeps its own country and gets no international form: `dialOf` decides. */
export function lineAsService(line: LineRow, dialOf: DialOf): LineAsService {
  const { country } = line;
  const texts = [...new Map([line.text, ...Object.values(line.textIn ?? {})].filter((to) => to !== undefined).map((to) => [`${to.to} ${to.word ?? ""}`, to])).values()];
  return {
    key: `line/${country}/${line.name}`,
    name: line.name,
    kind: kindOf(line),
    description: "",
    url: line.url,
    phones: [
      ...(line.phone ? [{ number: line.phone, type: "voice" as const, dial: dialOf(line.phone, country) }] : []),
      ...texts.map(({ to, word }) => ({ number: to, type: "text" as const, ...(word ? { description: word } : {}), dial: dialOf(to, country) })),
    ],
    languages: line.languages,
    areas: areasOf(line),
    always: line.hours === "always",
    source: line.source,
    seenOn: line.seenOn,
  };
}

/**
 * A country's emergency numbers. Where the two sources disagree, the coordinator sees both, and people are shown
 * what a mobile phone knows as an emergency call anywhere (112; 3GPP TS 22.101, 10.1) until she has asked.
 */
export function emergencyAsService(row: EmergencyRow, source: string, seenOn: string): LineAsService {
  const agreed = row.ambulance.filter((number) => row.agreedByBoth.includes(number));
  const shown = agreed.length > 0 ? agreed : [...new Set([row.fallback, "112"])];
  const short = (number: string): LinePhone => ({ number, type: "voice", dial: { kind: "short", dial: number, shown: number, country: row.country } });
  return {
    key: `emergency/${row.country}`,
    name: `Emergency · Emergencias (${row.country})`,
    kind: "crisis_line",
    description: `Ambulance, first source: ${row.ambulance.join(", ") || "–"}. Second source: ${row.secondSource.join(", ") || "–"}. Police: ${row.police.join(", ") || "–"}. Fire: ${row.fire.join(", ") || "–"}.`,
    url: undefined,
    phones: shown.map(short),
    languages: [],
    areas: [row.country as AreaId],
    always: true,
    source,
    seenOn,
  };
}

/** What the help pages are to know of a line that stands here: whether it is gone or doubted, and its numbers. */
export function standingOfLine({ status, mergedInto, inDoubtSince, phones }: Pick<ServiceParts, "status" | "mergedInto" | "inDoubtSince" | "phones">): Standing {
  const call = phones.find(({ type, dial }) => dial && useOf({ type }) === "voice");
  return { gone: mergedInto !== undefined || status === "inactive" || status === "defunct", doubted: inDoubtSince !== undefined, numbers: phones.map(({ number }) => number), call: call?.number };
}
