import type { Accepting, Card, Dial, Ending, Kind } from "../../types.ts";
import { endings, kinds } from "../../types.ts";
import { anywhereIn, foundBy, isAnywhere } from "../rules.ts";
import type { PocketListing } from "../types.ts";

/*
 * A region's listings in columns, as small as Brotli can make them, and back. This file also runs on parents' phones.
 * A shard says nothing that depends on the day: it carries the clocks, and whoever reads it asks them.
 */

/** One text a row; '' where there is none. */
const texts = ["name", "organization", "summary", "phoneAsWritten", "url", "street", "city", "region", "postalCode"] as const;
const accepts = ["", "yes", "no", "waitlist"] as const;
const minute = 60_000;

export type Shard = {
  readonly v: 1;
  readonly area: string;
  readonly ids: readonly string[];
  /** One letter a row: its place in the list of kinds. */
  readonly kinds: string;
  readonly texts: Readonly<Record<(typeof texts)[number], readonly string[]>>;
  /** '+13055550134|(305) 555-0134', for a short code with 's' and its country behind. */
  readonly phones: readonly string[];
  readonly smses: readonly string[];
  readonly languages: readonly string[];
  readonly terms: readonly string[];
  readonly how: readonly string[];
  /** Ten-thousandths of a degree, each as the step from the row before; null without a place. */
  readonly latitudes: readonly (number | null)[];
  readonly longitudes: readonly (number | null)[];
  /** Minutes since 1970; 0 for none, -1 for never. Rounded down, so that nothing is said for longer than it may. */
  readonly verified: readonly number[];
  readonly fresh: readonly number[];
  readonly sinks: readonly number[];
  readonly hidden: readonly number[];
  readonly accepting: string;
  readonly acceptingUntil: readonly number[];
  readonly waitDays: readonly number[];
  readonly waitUntil: readonly number[];
  /** Minutes since 1970 up to which each statement counts; -1: it does not end. A copy from before these were told has none. */
  readonly until?: Readonly<Record<Ending, readonly number[]>>;
  /** '1' a row that is closed for a time. A copy from before this was told has none. */
  readonly closed?: string;
  /** '1' a row that is in doubt. */
  readonly doubt: string;
};

const minutes = (ms: number | undefined): number => (ms === undefined ? 0 : ms === Infinity ? -1 : Math.floor(ms / minute));
const steps = (values: readonly (number | undefined)[]): (number | null)[] => {
  let before = 0;
  return values.map((value) => {
    if (value === undefined) return null;
    const now = Math.round(value * 10_000);
    const step = now - before;
    before = now;
    return step;
  });
};

const dialText = (dial: Dial | undefined, country: string): string => (dial ? [dial.dial, dial.shown, ...(dial.kind === "short" || dial.country !== country ? [dial.kind === "short" ? "s" : "e", dial.country] : [])].join("|") : "");

function dialOf(text: string, country: string): Dial | undefined {
  const [dial = "", shown = "", kind = "e", where = country] = text.split("|");
  return dial === "" ? undefined : { kind: kind === "s" ? "short" : "e164", dial, shown, country: where };
}

/** All rows are of one country. */
export function packShard(listings: readonly PocketListing[], area: string): Shard {
  const country = area.slice(0, 2);
  const column = <T>(of: (listing: PocketListing) => T): T[] => listings.map(of);
  const text = (field: (typeof texts)[number]) => column(({ card }) => card[field] ?? "");
  return {
    v: 1,
    area,
    ids: column(({ id }) => id.replaceAll("-", "")),
    kinds: column(({ kind }) => String(kinds.indexOf(kind))).join(""),
    texts: Object.fromEntries(texts.map((field) => [field, text(field)])) as Record<(typeof texts)[number], string[]>,
    phones: column(({ card }) => dialText(card.phone, country)),
    smses: column(({ card }) => dialText(card.text, country)),
    languages: column(({ card }) => card.languages.join(",")),
    terms: column(({ card }) => card.terms.join(",")),
    how: column(({ card }) => card.checkedHow ?? ""),
    latitudes: steps(column(({ at }) => at?.latitude)),
    longitudes: steps(column(({ at }) => at?.longitude)),
    verified: column(({ verifiedAt }) => minutes(verifiedAt)),
    fresh: column(({ freshUntil }) => minutes(freshUntil)),
    sinks: column(({ sinksAt }) => minutes(sinksAt)),
    hidden: column(({ hiddenAt }) => minutes(hiddenAt)),
    accepting: column(({ accepting }) => String(accepts.indexOf(accepting ?? ""))).join(""),
    acceptingUntil: column(({ acceptingUntil }) => minutes(acceptingUntil)),
    waitDays: column(({ card }) => card.waitDays ?? -1),
    waitUntil: column(({ card }) => minutes(card.waitUntil)),
    until: Object.fromEntries(endings.map((ending) => [ending, column(({ card }) => (card.until?.[ending] === undefined ? -1 : Math.floor(card.until[ending] / minute)))])) as Record<Ending, number[]>,
    closed: column(({ card }) => (card.closedForNow ? "1" : "0")).join(""),
    doubt: column(({ inDoubt }) => (inDoubt ? "1" : "0")).join(""),
  };
}

const list = (text: string | undefined): readonly string[] => (text ? text.split(",") : []);

/** The listings of a shard, found by what their cards say. */
export function unpackShard(shard: Shard): readonly PocketListing[] {
  let [latitude, longitude] = [0, 0];
  const country = shard.area.slice(0, 2);
  return shard.ids.map((id, row) => {
    const [north, east] = [shard.latitudes[row], shard.longitudes[row]];
    if (typeof north === "number" && typeof east === "number") [latitude, longitude] = [latitude + north, longitude + east];
    const at = typeof north === "number" ? { latitude: latitude / 10_000, longitude: longitude / 10_000 } : undefined;
    const kind: Kind = kinds[Number(shard.kinds[row])] ?? "resource";
    const card = cardOf(shard, row, country);
    const by = foundBy(kind, card);
    const tokens = new Set(by.tokens);
    if (isAnywhere(card, at)) tokens.add(anywhereIn(shard.area));
    const accepting = accepts[Number(shard.accepting[row])] || undefined;
    return {
      id: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
      kind,
      card,
      tokens,
      country,
      at,
      fading: by.fading,
      until: card.until,
      accepting: accepting as Accepting | undefined,
      acceptingUntil: momentOf(shard.acceptingUntil[row]),
      verifiedAt: momentOf(shard.verified[row]),
      freshUntil: momentOf(shard.fresh[row]) ?? 0,
      sinksAt: momentOf(shard.sinks[row]) ?? 0,
      hiddenAt: momentOf(shard.hidden[row]) ?? 0,
      inDoubt: shard.doubt[row] === "1",
    };
  });
}

const momentOf = (value: number | undefined): number | undefined => (value === undefined || value === 0 ? undefined : value === -1 ? Infinity : value * minute);

function cardOf(shard: Shard, row: number, country: string): Card {
  const phone = dialOf(shard.phones[row] ?? "", country);
  const text = dialOf(shard.smses[row] ?? "", country);
  const [wait = -1, how] = [shard.waitDays[row], shard.how[row]];
  return {
    ...(Object.fromEntries(texts.flatMap((field) => (shard.texts[field][row] ? [[field, shard.texts[field][row]]] : []))) as Partial<Card>),
    name: shard.texts.name[row] ?? "",
    ...(phone ? { phone } : {}),
    ...(text ? { text } : {}),
    languages: list(shard.languages[row]),
    terms: list(shard.terms[row]),
    source: "",
    ...(how ? { checkedHow: how as NonNullable<Card["checkedHow"]> } : {}),
    ...(wait >= 0 ? { waitDays: wait, waitUntil: momentOf(shard.waitUntil[row]) ?? 0 } : {}),
    ...(shard.closed?.[row] === "1" ? { closedForNow: true as const } : {}),
    until: Object.fromEntries(endings.flatMap((ending) => ((shard.until?.[ending][row] ?? -1) < 0 ? [] : [[ending, (shard.until?.[ending][row] ?? 0) * minute]]))),
  };
}
