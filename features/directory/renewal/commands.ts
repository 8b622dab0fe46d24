import { randomUUID } from "node:crypto";
import { audit } from "../../../platform/audit/audit.ts";
import { hashToken, newToken, seal, unseal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import { addressPrint, hasStopped, stopWriting, writeAgain } from "../../../platform/delivery/stops.ts";
import type { House } from "../../../platform/http/house.ts";
import type { OwnerScope } from "../../../platform/http/scope.ts";
import { isLanguage } from "../../../platform/i18n/words.ts";
import { state, withdraw, type Statement, type Stating } from "../claims/commands.ts";
import { relist } from "../listing/commands.ts";
import { partsOf } from "../listing/queries.ts";
import { handleReports, reportByOwner } from "../reports/commands.ts";
import { termId, taxonomyId } from "../taxonomy/queries.ts";
import type { Term } from "../taxonomy/rules.ts";
import type { Accepting, Dial, Field, ServiceId } from "../types.ts";
import { asShown, byOwnerLink, linkDays, linkId, schedulesOf, sealedFor, shownOf, tokenFor, versionOf, type Weekday } from "./rules.ts";
import type { DayHours, Hand, OwnerAddress, OwnListing } from "./types.ts";

/** `stopped`: this address asked for no more. `waits`: this number has not answered about another listing yet. `cannotSend`: no letter, or no text, leaves here. */
export type Asked = "asked" | "stopped" | "waits" | "cannotSend";

/**
 * Sends the owner of a listing a link by which she keeps it, without an account: an e-mail letter, or a text. It counts as asking her.
 * A number is asked for one listing at a time, so that "1" can mean but one.
 */
export const sendOwnerLink = (house: House, act: Act, serviceId: ServiceId, to: OwnerAddress): Promise<Asked> => askOwner(house, act, [serviceId], to);

/** One letter with a link for each of these listings; a text asks for the first alone. */
export async function askOwner(house: House, act: Act, serviceIds: readonly ServiceId[], { way, address, language }: OwnerAddress): Promise<Asked> {
  const { tx, now, addJob } = act;
  const { email, sms } = house.delivery;
  const fingerprint = addressPrint(house.keys, address);
  if (!(way === "text" ? sms : email).canSend) return "cannotSend";
  if (await hasStopped(tx, fingerprint)) return "stopped";
  if (way === "text" && (await isAskedAbout(tx, fingerprint, now.subtract({ hours: waitsDays * 24 })))) return "waits";
  const links: { hash: string; sealed: string }[] = [];
  for (const service_id of way === "text" ? serviceIds.slice(0, 1) : serviceIds) {
    const token = newToken();
    const hash = hashToken(token);
    const { key, wrapped } = house.keys.makeDataKey(sealedFor(linkId(hash)));
    const sent_to_sealed = seal(key, address, sealedFor(linkId(hash)));
    await tx.insertInto("owner_links").values({ token_hash: hash, service_id, sent_to_sealed, wrapped_key: wrapped, way, fingerprint, language, made_at: now, expires_at: now.add({ hours: linkDays * 24 }) }).execute();
    await tx.insertInto("owner_asks").values({ service_id, way, fingerprint, asked_at: now }).execute();
    // The waiting job holds the token sealed; the table has its hash alone.
    links.push({ hash: hash.toString("base64"), sealed: seal(key, token, tokenFor(linkId(hash))).toString("base64") });
  }
  await addJob("ask-owner", { way, links }, { maxAttempts: 8 });
  return "asked";
}

/** So long a text is waited upon before the number is asked about another listing. */
const waitsDays = 7;

const isAskedAbout = async (tx: Act["tx"], fingerprint: Buffer, since: Temporal.Instant): Promise<boolean> =>
  (await tx.selectFrom("owner_asks").select("id").where("fingerprint", "=", fingerprint).where("way", "=", "text").where("answered_at", "is", null).where("asked_at", ">", since).executeTakeFirst()) !== undefined;

/** Takes every link to a listing back: from now on they open nothing. */
export async function revokeOwnerLinks({ tx, now }: Act, serviceId: ServiceId): Promise<void> {
  await tx.updateTable("owner_links").set({ revoked_at: now }).where("service_id", "=", serviceId).where("revoked_at", "is", null).execute();
}

/** She has answered: asking begins anew, and her link says that it was used. */
async function noteAnswer({ tx, now }: Act, serviceId: ServiceId, linkHash?: Buffer): Promise<void> {
  await tx.updateTable("owner_asks").set({ answered_at: now }).where("service_id", "=", serviceId).where("answered_at", "is", null).execute();
  if (linkHash) await tx.updateTable("owner_links").set({ used_at: now }).where("token_hash", "=", linkHash).execute();
}

/** What is stated when she says that all of it is right: each field that she was shown, as it stands. */
const allOf = (listing: Pick<OwnListing, "shown">): Statement[] => listing.shown.map(({ field, claim }) => ({ field, value: claim?.value ?? asShown }));

const lockService = ({ tx }: Act, id: ServiceId) => tx.selectFrom("services").select("id").where("id", "=", id).forUpdate().executeTakeFirstOrThrow();

export type Kept = { readonly kept: true } | { readonly refused: "changedMeanwhile" };

/** "All of this is right": everything that she was shown is confirmed by her. Refused when it is no longer what she saw. */
export function confirmShown(house: House, scope: OwnerScope, version: string): Promise<Kept> {
  const id = scope.serviceId as ServiceId;
  return inTransaction(house, async (act): Promise<Kept> => {
    await lockService(act, id);
    const [service] = (await partsOf(act.tx, [id])).services;
    if (!service || versionOf(service, act.now) !== version) return { refused: "changedMeanwhile" };
    await state(act, id, allOf({ shown: shownOf(service, act.now) }), byOwnerLink);
    await noteAnswer(act, id, scope.linkHash);
    return { kept: true };
  });
}

/** The same, whatever is shown now: for an answer by text, which names no version. If they had said that they closed, they are open after all. */
export async function confirmNow(act: Act, id: ServiceId, stating: Stating): Promise<void> {
  await lockService(act, id);
  await takeBackClosing(act, id);
  const [service] = (await partsOf(act.tx, [id])).services;
  if (service) await state(act, id, allOf({ shown: shownOf(service, act.now) }), stating);
  await noteAnswer(act, id);
}

/** Whether they have room, and for how many days parents wait for a first talk; left out: nothing is said of waiting. What strangers said of being full is answered. */
export async function sayRoom(act: Act, id: ServiceId, accepting: Accepting, waitDays: number | undefined, stating: Stating, linkHash?: Buffer): Promise<void> {
  await lockService(act, id);
  if (waitDays === undefined) await withdraw(act, id, ["wait"]);
  await state(act, id, [{ field: "accepting", value: accepting }, ...(waitDays === undefined ? [] : [{ field: "wait" as const, value: String(waitDays) }])], stating);
  await handleReports(act, id, { outcome: "corrected", kinds: ["full"] });
  await noteAnswer(act, id, linkHash);
}

/** One change by an owner or a coordinator: what is changed, then stated on that word, in one transaction. */
const change = (house: House, { serviceId: id, stating, linkHash }: Hand, fields: readonly Field[], write: (act: Act, id: ServiceId) => Promise<Partial<Record<Field, string>> | void>): Promise<void> =>
  inTransaction(house, async (act) => {
    await lockService(act, id);
    const values = (await write(act, id)) ?? {};
    await act.tx.updateTable("services").set({ edited_at: act.now }).where("id", "=", id).execute();
    await state(act, id, fields.map((field) => ({ field, value: values[field] ?? asShown })), stating);
    await relist(act, [id]);
    if (linkHash) await noteAnswer(act, id, linkHash);
    if (stating.by) await audit(act.tx, { memberId: stating.by.memberId, act: "mended_listing", subjectKind: "listing", subjectId: id, reason: fields.join(" ") });
  });

/** A number as she wrote it, understood. `id`: the number that it takes the place of; without one it is new. */
export type NewPhone = { readonly id?: string; readonly dial: Dial; readonly extension: string | undefined };
export type NewContact = { readonly phones: readonly NewPhone[]; readonly gone: readonly string[]; readonly url: string | undefined; readonly email: string | undefined };

/** Numbers, page and letter box. What strangers could not reach was the old number, so their reports are answered by the new one. */
export async function changeContact(house: House, hand: Hand, own: OwnListing, { phones, gone, url, email }: NewContact): Promise<void> {
  const hers = new Set(own.phones.map(({ id }) => id));
  const before = new Map(own.phones.map(({ id, number }) => [id, number]));
  const changed = gone.length > 0 || phones.some(({ id, dial }) => id === undefined || before.get(id) !== dial.shown);
  await change(house, hand, ["contact"], async (act, id) => {
    const { tx } = act;
    for (const { id: phone, dial, extension } of phones) {
      const values = { number: dial.shown, dial: dial.dial, dial_kind: dial.kind, country: dial.country, extension: extension ?? null };
      if (phone === undefined) await tx.insertInto("phones").values({ id: randomUUID(), service_id: id, type: "voice", ...values }).execute();
      else if (hers.has(phone) && before.get(phone) !== dial.shown) await tx.updateTable("phones").set(values).where("id", "=", phone).execute();
    }
    const away = gone.filter((phone) => hers.has(phone));
    if (away.length > 0) await tx.deleteFrom("phones").where("id", "in", away).execute();
    await tx.updateTable("services").set({ url: url ?? null, email: email ?? null }).where("id", "=", id).execute();
    if (changed) await handleReports(act, id, { outcome: "corrected", kinds: ["cannot_reach"], ...(hand.stating.by ? { by: hand.stating.by.memberId } : {}) });
  });
}

/** Hours of each weekday, and in words what the week does not say. They take the place of the service's own; a building's that others share stay. */
export const changeHours = (house: House, hand: Hand, own: OwnListing, week: Readonly<Record<Weekday, DayHours>>, words: string | undefined): Promise<void> =>
  change(house, hand, ["hours"], async ({ tx }, id) => {
    const places = await tx.selectFrom("services_at_locations").select(["id", "location_id"]).where("service_id", "=", id).execute();
    await tx.deleteFrom("schedules").where("service_id", "=", id).execute();
    for (const { id: at, location_id } of places) {
      await tx.deleteFrom("schedules").where("service_at_location_id", "=", at).execute();
      const other = await tx.selectFrom("services_at_locations").select("id").where("location_id", "=", location_id).where("service_id", "<>", id).executeTakeFirst();
      if (!other) await tx.deleteFrom("schedules").where("location_id", "=", location_id).execute();
    }
    const spans = schedulesOf(week).map(({ byday, opensAt, closesAt }) => ({ freq: "WEEKLY", byday, opens_at: opensAt, closes_at: closesAt }));
    const rows = [...spans, ...(words ? [{ description: words }] : [])];
    if (rows.length > 0) await tx.insertInto("schedules").values(rows.map((row) => ({ id: randomUUID(), service_id: id, zone: own.zone ?? null, ...row }))).execute();
  });

export const changeLanguages = (house: House, hand: Hand, codes: readonly string[]): Promise<void> =>
  change(house, hand, ["languages"], async ({ tx }, id) => {
    await tx.deleteFrom("languages").where("service_id", "=", id).where((eb) => eb.or([eb("code", "is", null), eb("code", "not in", [...codes, ""])])).execute();
    const kept = await tx.selectFrom("languages").select("code").where("service_id", "=", id).execute();
    const added = codes.filter((code) => kept.every((row) => row.code !== code));
    if (added.length > 0) await tx.insertInto("languages").values(added.map((code) => ({ id: randomUUID(), service_id: id, code }))).execute();
  });

/** What it costs, in one term and in words, and which insurance it takes. */
export const changeCost = (house: House, hand: Hand, terms: readonly Term[], fees: string | undefined): Promise<void> =>
  change(house, hand, ["cost", "insurance"], async (act, id) => {
    await setTerms(act, id, ["c_", "i_"], terms);
    await act.tx.updateTable("services").set({ fees_description: fees ?? null }).where("id", "=", id).execute();
    return { insurance: terms.filter((term) => term.startsWith("i_")).join(" ") || "none" };
  });

/** For whom it is, how to take part, and what other parents want to know. */
export const changeFacts = (house: House, hand: Hand, terms: readonly Term[]): Promise<void> => change(house, hand, ["who"], (act, id) => setTerms(act, id, ["w_", "t_", "p_"], terms));

async function setTerms({ tx }: Act, id: ServiceId, beginnings: readonly string[], terms: readonly Term[]): Promise<void> {
  const ours = await tx
    .selectFrom("attributes")
    .innerJoin("taxonomy_terms", "taxonomy_terms.id", "attributes.taxonomy_term_id")
    .select(["attributes.id", "taxonomy_terms.code"])
    .where("link_id", "=", id)
    .where("taxonomy_terms.taxonomy_id", "=", taxonomyId)
    .execute();
  const these = ours.filter(({ code }) => beginnings.some((beginning) => code?.startsWith(beginning)));
  const gone = these.filter(({ code }) => !terms.some((term) => term === code)).map((row) => row.id);
  if (gone.length > 0) await tx.deleteFrom("attributes").where("id", "in", gone).execute();
  const added = terms.filter((term) => these.every(({ code }) => code !== term));
  if (added.length > 0) await tx.insertInto("attributes").values(added.map((term) => ({ id: randomUUID(), link_id: id, link_entity: "service", taxonomy_term_id: termId(term) }))).execute();
}

/** They closed. It is hidden now, and a coordinator looks at it. */
export async function sayClosed(house: House, act: Act, id: ServiceId, linkHash?: Buffer): Promise<void> {
  await reportByOwner(house, act, id, "closed");
  await noteAnswer(act, id, linkHash);
}

/** They are open after all: her own word is taken back, as long as nobody has acted on it. */
const takeBackClosing = (act: Act, id: ServiceId): Promise<void> => handleReports(act, id, { outcome: "not_so", kinds: ["closed"] });

export const sayOpen = (house: House, scope: OwnerScope): Promise<void> =>
  inTransaction(house, async (act) => {
    await takeBackClosing(act, scope.serviceId as ServiceId);
    await noteAnswer(act, scope.serviceId as ServiceId, scope.linkHash);
  });

/** What else is wrong, in her words, for a coordinator to read. */
export const sayInWords = (house: House, scope: OwnerScope, words: string): Promise<void> =>
  inTransaction(house, async (act) => {
    await reportByOwner(house, act, scope.serviceId as ServiceId, "wrong", words);
    await noteAnswer(act, scope.serviceId as ServiceId, scope.linkHash);
  });

/**
 * Where she may be asked next time; an address that is left out is forgotten. Giving the e-mail address to which her own link came ends
 * her "please stop" for it: nothing shows that any other is hers, and a number that stopped opens by its own START alone.
 */
export const keepOwnerContacts = (house: House, scope: OwnerScope, addresses: readonly OwnerAddress[]): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const service_id = scope.serviceId;
    const link = await tx.selectFrom("owner_links").select("fingerprint").where("token_hash", "=", scope.linkHash).executeTakeFirst();
    await tx.deleteFrom("owner_contacts").where("service_id", "=", service_id).execute();
    for (const { way, address, language } of addresses) {
      const id = randomUUID();
      const { key, wrapped } = house.keys.makeDataKey(sealedFor(id));
      const fingerprint = addressPrint(house.keys, address);
      await tx.insertInto("owner_contacts").values({ id, service_id, way, fingerprint, sealed: seal(key, address, sealedFor(id)), wrapped_key: wrapped, language, given_at: now }).execute();
      if (way === "email" && link?.fingerprint?.equals(fingerprint)) await writeAgain(tx, fingerprint);
    }
  });

/** "Please stop writing to me": of the address that this link was sent to, for every listing, and also when the link is over. */
export const stopLetters = (house: House, linkHash: Buffer): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const link = await tx.selectFrom("owner_links").select("fingerprint").where("token_hash", "=", linkHash).executeTakeFirst();
    if (link?.fingerprint) await stopWriting(tx, link.fingerprint, now);
  });

/** A new link in place of one that is over, to the address that the old one went to; at most one a day for a listing. */
export const sendAnew = (house: House, token: string): Promise<void> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const hash = hashToken(token);
    const old = await tx.selectFrom("owner_links").selectAll().where("token_hash", "=", hash).where("revoked_at", "is", null).forUpdate().executeTakeFirst();
    if (!old?.sent_to_sealed || !old.wrapped_key) return;
    const lately = await tx.selectFrom("owner_links").select("made_at").where("service_id", "=", old.service_id).where("made_at", ">", now.subtract({ hours: 24 })).executeTakeFirst();
    if (lately) return;
    const id = linkId(hash);
    const address = unseal(house.keys.openDataKey(old.wrapped_key, sealedFor(id)), old.sent_to_sealed, sealedFor(id));
    await sendOwnerLink(house, act, old.service_id as ServiceId, { way: old.way === "text" ? "text" : "email", address, language: isLanguage(old.language) ? old.language : "en" });
  });
