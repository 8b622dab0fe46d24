import { sql } from "kysely";
import { audit } from "../../../../platform/audit/audit.ts";
import { unseal } from "../../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import { fitNames } from "../../../../platform/i18n/segments.ts";
import { addressPrint, hasStopped, stopWriting } from "../../../../platform/delivery/stops.ts";
import { noteText } from "../../../../platform/delivery/text-log.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { publicUrl } from "../../../../platform/http/public-url.ts";
import { isLanguage, type Language } from "../../../../platform/i18n/words.ts";
import { isBefore } from "../../../../platform/time/time.ts";
import { networkNow } from "../../../network/queries.ts";
import { partsOf } from "../../listing/queries.ts";
import type { Kind, ServiceId } from "../../types.ts";
import { askOwner, confirmNow, sayClosed, sayRoom, type Asked } from "../commands.ts";
import { byOwnerText, linkDays, linkId, sealedFor, takesParents, tokenFor } from "../rules.ts";
import { ways, type OwnerAddress } from "../types.ts";
import { candidates, lastAskedAbout, lastWrittenTo, ownersOf } from "./queries.ts";
import { askKeptDays, chosen, linkKeptDays, mostInALetter, nextDue, openAgain, standingOf, textKeptDays } from "./rules.ts";
import type { Candidate, Owner, Standing } from "./types.ts";
import { say } from "./words.ts";

/** Asks owners about what ends soon, each address once a week at most, in the morning of her listing. Run every hour. */
export async function askOwners(house: House): Promise<void> {
  const { email, sms } = house.delivery;
  const open = ways.filter((way) => (way === "text" ? sms : email).canSend);
  const network = await networkNow(house.db);
  if (open.length === 0 || !network) return;
  for (const group of await byAddress(house, open)) {
    const asked = chosen(group, network.zone, house.now());
    if (asked.length > 0) await inTransaction(house, (act) => askIfNotLately(house, act, asked));
  }
}

async function byAddress(house: House, open: readonly OwnerAddress["way"][]): Promise<Candidate[][]> {
  const groups = new Map<string, Candidate[]>();
  let page: readonly Candidate[] = [];
  do {
    const after = page.at(-1)?.serviceId;
    page = await candidates(house.db, house.keys, house.now(), open, after === undefined ? {} : { after });
    for (const one of page) {
      const key = one.to.address.trim().toLowerCase();
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  } while (page.length > 0);
  return [...groups.values()];
}

async function askIfNotLately(house: House, act: Act, asked: readonly Candidate[]): Promise<void> {
  const [first] = asked;
  if (!first) return;
  const last = await lastWrittenInTurn(act, addressPrint(house.keys, first.to.address));
  if (last && isBefore(act.now, openAgain(last))) return;
  await askOwner(house, act, asked.map(({ serviceId }) => serviceId), first.to);
}

/** When an address was last written to; whoever else asks about it waits until this act is over, so that no two letters go at one moment. */
async function lastWrittenInTurn({ tx }: Act, fingerprint: Buffer): Promise<Temporal.Instant | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`owner ${fingerprint.toString("base64")}`}, 0))`.execute(tx);
  return lastWrittenTo(tx, fingerprint);
}

/** `asked`, or why nobody was. */
export type AskedByHand = Asked | Exclude<Standing, "open">;

/**
 * A coordinator has the owners of these listings asked, by letter or text: one letter for all of an address, and never sooner or oftener
 * than the rules for the program's own asking allow. Answers for each listing that there is.
 */
export const askByHand = (house: House, { member }: StaffScope, ids: readonly ServiceId[]): Promise<ReadonlyMap<ServiceId, AskedByHand>> =>
  inTransaction(house, async (act) => {
    const done = new Map<ServiceId, AskedByHand>();
    const groups = new Map<string, Owner[]>();
    for (const owner of await ownersOf(act.tx, house.keys, ids)) {
      const key = owner.to ? addressPrint(house.keys, owner.to.address).toString("base64") : "";
      groups.set(key, [...(groups.get(key) ?? []), owner]);
    }
    // In one order, so that two who ask at once wait for each other and not in a ring.
    for (const [, owners] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) for (const [id, result] of await askOneAddress(house, act, owners)) done.set(id, result);
    for (const [id, result] of done) if (result === "asked") await audit(act.tx, { memberId: member.memberId, act: "asked_owner", subjectKind: "listing", subjectId: id });
    return done;
  });

async function askOneAddress(house: House, act: Act, owners: readonly Owner[]): Promise<(readonly [ServiceId, AskedByHand])[]> {
  const to = owners[0]?.to;
  if (!to) return owners.map(({ serviceId }) => [serviceId, "noAddress"]);
  const fingerprint = addressPrint(house.keys, to.address);
  const [lastAt, stopped] = [await lastWrittenInTurn(act, fingerprint), await hasStopped(act.tx, fingerprint)];
  const standing = owners.map((owner) => [owner.serviceId, standingOf(owner, stopped, lastAt, act.now)] as const);
  const open = standing.flatMap(([id, one]) => (one === "open" ? [id] : [])).slice(0, to.way === "text" ? 1 : mostInALetter);
  const asked = open.length > 0 ? await askOwner(house, act, open, to) : undefined;
  return standing.map(([id, one]) => [id, one !== "open" ? one : open.includes(id) && asked ? asked : "lately"]);
}

/** A letter or text that waits: the hash of each link's token, and the token sealed. */
export type WaitingAsk = { readonly way: OwnerAddress["way"]; readonly links: readonly { readonly hash: string; readonly sealed: string }[] };
type OpenLink = OwnerAddress & { readonly serviceId: ServiceId; readonly name: string; readonly kind: Kind; readonly token: string };

/** Writes to the owner, unless she asked for no more, or the links were taken back, since the job was added. */
export async function sendAsk(house: House, { way, links }: WaitingAsk): Promise<void> {
  const open: OpenLink[] = [];
  for (const link of links) {
    const opened = await openLink(house, link);
    if (opened) open.push(opened);
  }
  const [first] = open;
  if (!first || (await hasStopped(house.db, addressPrint(house.keys, first.address)))) return;
  await (way === "text" ? sendText(house, first) : sendLetter(house, open));
}

async function openLink(house: House, { hash, sealed }: WaitingAsk["links"][number]): Promise<OpenLink | undefined> {
  const token_hash = Buffer.from(hash, "base64");
  const row = await house.db
    .selectFrom("owner_links as l")
    .innerJoin("services as s", "s.id", "l.service_id")
    .select(["s.id", "s.name", "s.kind", "l.sent_to_sealed", "l.wrapped_key", "l.way", "l.language"])
    .where("l.token_hash", "=", token_hash)
    .where("l.revoked_at", "is", null)
    .where("l.expires_at", ">", house.now())
    .executeTakeFirst();
  if (!row?.sent_to_sealed || !row.wrapped_key) return undefined;
  const id = linkId(token_hash);
  const key = house.keys.openDataKey(row.wrapped_key, sealedFor(id));
  return {
    serviceId: row.id as ServiceId,
    name: row.name,
    kind: row.kind as Kind,
    way: row.way === "text" ? "text" : "email",
    address: unseal(key, row.sent_to_sealed, sealedFor(id)),
    language: isLanguage(row.language) ? row.language : "en",
    token: unseal(key, Buffer.from(sealed, "base64"), tokenFor(id)),
  };
}

async function sendLetter(house: House, links: readonly OpenLink[]): Promise<void> {
  const [first] = links;
  if (!first) return;
  const t = say(first.language);
  const [count, base] = [links.length, publicUrl(house)];
  const stop = `${base}/keep/${first.token}/stop`;
  const listed = links.map(({ name, token }) => `${name}\n${base}/keep/${token}`);
  const text = [t("letterHello"), t("letterWhy", { network: await networkName(house), count }), t("letterAsk"), ...listed, t("letterMore", { days: linkDays }), t("letterThanks"), t("letterStop", { link: stop })].join("\n\n");
  await house.delivery.email.send({ to: first.address, subject: t("letterSubject", { count }), text: `${text}\n`, stop });
}

async function sendText(house: House, { address, language, token, ...listing }: OpenLink): Promise<void> {
  const link = `${publicUrl(house)}/keep/${token}`;
  const body = await questionFor(house, listing, language, say(language)("textReply", { link }));
  const sent = await house.delivery.sms.send({ to: address, body });
  if ("id" in sent) return noteText(house.db, { id: sent.id, status: "queued" }, house.now());
  const fingerprint = addressPrint(house.keys, address);
  if (sent.refused === "stopped") await stopWriting(house.db, fingerprint, house.now());
  // A number that takes no texts is asked by none again; her letter box is, if she has one.
  else await house.db.deleteFrom("owner_contacts").where("fingerprint", "=", fingerprint).execute();
  return undefined;
}

const networkName = async (house: House): Promise<string> => (await networkNow(house.db))?.name ?? "Small Hours";

/** The question in two segments, if names allow it; `reply` says how to answer. */
async function questionFor(house: House, { serviceId, name, kind }: Pick<OpenLink, "serviceId" | "name" | "kind">, language: Language, reply: string): Promise<string> {
  const t = say(language);
  const [service] = (await partsOf(house.db, [serviceId])).services;
  const phones = service ? [...service.phones, ...service.places.flatMap((place) => place.phones)] : [];
  const phone = phones.find(({ dial }) => dial)?.dial?.shown ?? t("noPhone");
  const make = ([network = "", listing = ""]: readonly string[]) => `${t(takesParents(kind) ? "textAskRoom" : "textAsk", { network, name: listing, phone })} ${reply}`;
  const names = [await networkName(house), name];
  return fitNames(names, make, 2) ?? make(names);
}

/** What an owner answers by text. */
export type TextAnswer = "right" | "full" | "closed";
/** An answer means what was asked within this many days. */
const meantDays = 30;

/**
 * An owner's "1", "2" or "3" from her number: bound to the listing that it was last asked about. Answers in her language, and asks about
 * the next of her listings that is due. Undefined: this number was asked about none.
 */
export async function answerByText(house: House, act: Act, number: string, answer: TextAnswer): Promise<string | undefined> {
  const fingerprint = addressPrint(house.keys, number);
  const asked = await lastAskedAbout(act.tx, fingerprint, act.now.subtract({ hours: meantDays * 24 }));
  if (!asked) return undefined;
  const t = say(asked.language);
  const kind = await takeAnswer(house, act, asked.serviceId, answer);
  const key = answer === "right" ? "answerRight" : answer === "full" ? "answerFull" : kind === "crisis_line" ? "answerClosedLine" : "answerClosed";
  const next = await nextOf(house, act, fingerprint, asked.serviceId);
  const asksNext = next !== undefined && (await askOwner(house, act, [next.serviceId], next.to)) === "asked";
  // From now on her "1" means the next one.
  const again = asksNext || answer === "right" ? "" : ` ${t(answer === "full" ? "answerAgainFull" : "answerAgainClosed")}`;
  const says = ([name = ""]: readonly string[]) => `${t(key, { name })}${again}`;
  return fitNames([asked.name], says, 2) ?? says([]);
}

async function takeAnswer(house: House, act: Act, serviceId: ServiceId, answer: TextAnswer): Promise<Kind> {
  const { kind } = await act.tx.selectFrom("services").select("kind").where("id", "=", serviceId).forUpdate().executeTakeFirstOrThrow();
  if (answer === "closed") await sayClosed(house, act, serviceId);
  else {
    await confirmNow(act, serviceId, byOwnerText);
    // She was asked whether they have room; of a line nobody asks.
    if (answer === "full" || takesParents(kind as Kind)) await sayRoom(act, serviceId, answer === "full" ? "no" : "yes", undefined, byOwnerText);
  }
  return kind as Kind;
}

async function nextOf(house: House, { tx, now }: Act, fingerprint: Buffer, answered: ServiceId): Promise<Candidate | undefined> {
  const hers = (await candidates(tx, house.keys, now, ["text"], { only: fingerprint })).filter(({ serviceId }) => serviceId !== answered);
  return nextDue(hers, now);
}

const days = (count: number) => ({ hours: count * 24 });

/** What nobody needs any more goes: links half a year after their end, asks of the year before, the provider's ids of texts after a month. */
export async function forgetOldAsks({ db, now }: Pick<House, "db" | "now">): Promise<void> {
  const at = now();
  await db.deleteFrom("owner_links").where("expires_at", "<", at.subtract(days(linkKeptDays))).execute();
  await db.deleteFrom("owner_asks").where("asked_at", "<", at.subtract(days(askKeptDays))).execute();
  await db.deleteFrom("received_texts").where("at", "<", at.subtract(days(textKeptDays))).execute();
  await db.deleteFrom("sent_texts").where("at", "<", at.subtract(days(textKeptDays))).execute();
}
