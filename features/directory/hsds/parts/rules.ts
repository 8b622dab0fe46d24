import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import { claimFor, daysOf, isShown, standingOf } from "../../claims/rules.ts";
import { fields, type Claim, type Field, type Kind } from "../../types.ts";
import { columnsOf, type Column, type Hsds, type Noun } from "../forms.ts";
import { isUri, unsaid } from "../rules.ts";
import type { Stated } from "./types.ts";

/** A web address as the standard writes it; one without its beginning gets it. Undefined for what is none. */
export function uriOf(written: string): string | undefined {
  const text = written.trim();
  if (isUri(text)) return text;
  if (/^[\w-]+(\.[\w-]+)+([/:?#]|$)/.test(text)) return uriOf(`https://${text}`);
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text) ? new URL(text).href : "";
  return isUri(whole) ? whole : undefined;
}

type Candidate = Readonly<Record<string, unknown>>;

/**
 * A record of ours as the standard writes it: `more` first, our own columns over it, in the standard's order.
 * What does not fit is left out. Undefined where a field that must be there is missing and cannot be said otherwise.
 */
export function written<N extends Noun>(noun: N, { more, ...own }: Candidate): Hsds<N> | undefined {
  const record: Record<string, unknown> = {};
  for (const column of columnsOf[noun]) {
    const value = valueOf(column, own[column.name] ?? (more as Candidate | undefined)?.[column.name]);
    if (value !== undefined) record[column.name] = value;
    else if (column.required && column.holds === "text") record[column.name] = column.name === "description" && typeof record["name"] === "string" ? record["name"] : unsaid;
    else if (column.required) return undefined;
  }
  return record as Hsds<N>;
}

function valueOf({ holds, fits }: Column, given: unknown): unknown {
  if (given === undefined || given === null || given === "") return undefined;
  const value = asJson(given, holds === "number");
  const mended = holds === "uri" && typeof value === "string" ? uriOf(value) : value;
  return fits(mended) ? mended : undefined;
}

/** Moments, days and times as ISO 8601; PostgreSQL's numerics as numbers. */
function asJson(given: unknown, asNumber: boolean): unknown {
  if (typeof given === "string") return asNumber ? Number(given) : given.toWellFormed();
  const temporal = given instanceof Temporal.Instant || given instanceof Temporal.PlainDate || given instanceof Temporal.PlainTime;
  return temporal ? given.toString() : given;
}

/** What has to be known before records of this noun can be: what they hang on. */
export function neededFor(noun: Noun): readonly Noun[] {
  if (noun === "phone") return ["phone", "contact"];
  if (noun === "language") return ["language", "phone", "contact"];
  if (noun === "service_capacity" || noun === "unit") return ["service", "service_capacity"];
  return noun === "attribute" || noun === "metadata" ? (Object.keys(columnsOf) as Noun[]) : [noun];
}

/** An extension that is no plain number is told in words, as the standard has only a number for it. */
export function extensionOf(extension: string | null, description: string | null): { extension: number | null; description: string | null } {
  if (extension === null || extension === "") return { extension: null, description };
  if (/^[1-9]\d{0,8}$/.test(extension)) return { extension: Number(extension), description };
  return { extension: null, description: [description, `ext. ${extension}`].filter(Boolean).join(", ") };
}

/** The id of a fact told of a record: always the same, and no other's, as the beginning of the fact's own id turns the bits of the beginning of the record's. */
export const factRecordId = (fact: string, owner: string): string => ((Number.parseInt(owner.slice(0, 8), 16) ^ Number.parseInt(fact.slice(0, 8), 16)) >>> 0).toString(16).padStart(8, "0") + owner.slice(8);

/** Of several records that this one hangs on, the nearest to it. */
export const nearestOwner = (...owners: readonly (string | null | undefined)[]): string => owners.find((owner) => typeof owner === "string") ?? "";

/**
 * The fields of a service of which nothing is shown any more, as their statements are over for good. What has no statement of its own stands on what
 * was said of the whole, as on the listing's page; that a crisis line is never hidden keeps only what it is and how it is reached.
 */
export function hiddenFields(kind: Kind, claims: readonly Claim[], now: Instant): Set<Field> {
  const isOver = (field: Field): boolean => {
    const claim = claimFor(claims, field);
    return claim !== undefined && !(claim.expiresAt && isBefore(now, claim.expiresAt)) && !isShown(kind, field, standingOf(kind, claim, now));
  };
  return new Set(fields.filter(isOver));
}

/** Which statement an attribute of our own taxonomy hangs on; undefined: on the whole listing. */
export function fieldOfTerm(code: string | null | undefined): Field | undefined {
  if (code?.startsWith("w_")) return "who";
  if (code?.startsWith("c_")) return "cost";
  return code?.startsWith("i_") ? "insurance" : undefined;
}

/** As the standard asks for moments of change. Upwards, so that nothing changed after what is said. */
export const inMilliseconds = (at: Instant): string => at.round({ smallestUnit: "millisecond", roundingMode: "ceil" }).toString({ smallestUnit: "millisecond" });

/** The day in UTC. */
const dayOf = (at: Instant): string => at.toString().slice(0, 10);

/** The day since which somebody stands for all that a listing stands on: the older of what it is and how it is reached (`claims/rules.ts: clocksOf`). */
export function assuredOn(claims: readonly Claim[]): string | undefined {
  const stands = claims.filter(({ field }) => field === "about" || field === "contact");
  const oldest = stands.reduce<Instant | undefined>((least, { verifiedAt }) => (verifiedAt && (!least || isBefore(verifiedAt, least)) ? verifiedAt : least), undefined);
  return oldest && stands.every(({ verifiedAt }) => verifiedAt) ? dayOf(oldest) : undefined;
}

const credentialNames: Readonly<Record<string, string>> = { pmh_c: "PMH-C", licence: "licence", peer_specialist: "peer support specialist", lactation: "lactation", doula: "doula" };

/** What somebody of ours looked up, in words after those that came with the record. Without numbers, as a register has them. */
export function accreditationsOf(more: unknown, credentials: readonly { readonly kind: string; readonly issuer: string | null; readonly checked_on: Temporal.PlainDate | null }[]): { accreditations?: string } {
  if (credentials.length === 0) return {};
  const said = credentials.map(({ kind, issuer, checked_on }) => [credentialNames[kind], issuer, checked_on && `checked ${checked_on.toString()}`].filter(Boolean).join(", ")).filter(Boolean);
  const before = (more as { readonly accreditations?: unknown }).accreditations;
  return { accreditations: [...new Set([...(typeof before === "string" ? before.split("; ") : []), ...said])].join("; ") };
}

const stillStands = <C extends Claim>(claims: readonly C[], field: Field, now: Instant): C | undefined => claims.find((claim) => claim.field === field && claim.expiresAt !== undefined && isBefore(now, claim.expiresAt));

const room: Readonly<Record<string, { readonly available: number; readonly said: string }>> = {
  yes: { available: 1, said: "There was room" },
  no: { available: 0, said: "There was no room" },
  waitlist: { available: 0, said: "There was a waiting list" },
};

/**
 * Whether they have room, as a capacity in "places": nobody counts them, so 1 says "at least one". Undefined once the answer is over,
 * so that an old yes is never a place.
 */
export function capacityOf(serviceId: string, claims: readonly Stated[], places: Hsds<"unit">, now: Instant): Hsds<"service_capacity"> | undefined {
  const accepting = stillStands(claims, "accepting", now);
  const answer = accepting && room[accepting.value];
  if (!accepting || !answer) return undefined;
  const days = waitDaysOf(claims, now);
  const on = dayOf(accepting.statedAt);
  const wait = days === undefined ? "" : ` The wait was about ${days} days.`;
  return { id: accepting.id, service_id: serviceId, unit: places, unit_id: places.id, available: answer.available, description: `${answer.said} when asked on ${on}.${wait}`, updated: accepting.statedAt.toString() };
}

/** Days until a first appointment, while somebody stands for it. */
export function waitDaysOf(claims: readonly Claim[], now: Instant): number | undefined {
  const wait = stillStands(claims, "wait", now);
  return wait && /^\d{1,4}$/.test(wait.value) ? Number(wait.value) : undefined;
}

/** A capacity that came from elsewhere perishes as our own answers do. */
export const isRecent = (kind: Kind, updated: Instant, now: Instant): boolean => isBefore(now, updated.add({ hours: 24 * daysOf(kind, "accepting") }));

const roles: Readonly<Record<string, string>> = { coordinator: "coordinator", volunteer: "volunteer", owner: "provider", page: "provider's own page" };
const elsewhere = "another directory";
/** Values that say something to others: of most only a digest is kept, and an answer about room or a wait is told by a capacity that ends, and by no history that stays. */
const told: ReadonlySet<Field> = new Set(["insurance"]);

/** Who changed a record, as a role: a directory that we read from may have written a person's name. */
export const roleOf = (updatedBy: string): string => (Object.values(roles).includes(updatedBy) ? updatedBy : elsewhere);

/**
 * What happened to a service, newest first: each confirmation, and each statement that replaced another one. Who did it is a role.
 * `claims`: of one service, those of before too.
 */
export function historyOf(serviceId: string, claims: readonly Stated[]): Hsds<"metadata">[] {
  const inTime = [...claims].sort((a, b) => Temporal.Instant.compare(a.statedAt, b.statedAt) || (a.id < b.id ? -1 : 1));
  const before = new Map<Field, Stated>();
  const events = inTime.flatMap((claim) => {
    const previous = before.get(claim.field);
    before.set(claim.field, claim);
    const changed = previous !== undefined && previous.value !== claim.value;
    return claim.verifiedAt || changed ? [eventOf(serviceId, claim, previous)] : [];
  });
  return events.toReversed();
}

function eventOf(serviceId: string, claim: Stated, previous: Stated | undefined): Hsds<"metadata"> {
  const { id, field, value, verifiedAt, verifiedRole, statedAt, method } = claim;
  const same = previous?.value === value;
  const valueOf = (one: string) => (one === "" ? unsaid : one);
  return {
    id,
    resource_id: serviceId,
    resource_type: "service",
    last_action_date: dayOf(verifiedAt ?? statedAt),
    last_action_type: verifiedAt ? "verify" : "update",
    field_name: field,
    previous_value: previous === undefined ? "nothing stated" : told.has(field) ? valueOf(previous.value) : same ? "as published" : "another text",
    replacement_value: told.has(field) ? valueOf(value) : "as published",
    updated_by: verifiedRole ? (roles[verifiedRole] ?? elsewhere) : method === "edit" ? "coordinator" : elsewhere,
  };
}
