import { randomUUID } from "node:crypto";
import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import { countTries } from "../../../platform/db/tries.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Call, Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { openCaseInRoom, settleCase } from "../../safety/events.ts";
import { networkNow } from "../../network/queries.ts";
import { state, withdraw } from "../claims/commands.ts";
import { topics } from "../events.ts";
import { relist } from "../listing/commands.ts";
import type { Accepting, ServiceId } from "../types.ts";
import { openReportsOf, sealedReportsOf } from "./queries.ts";
import { lookedAfterBy } from "../areas/queries.ts";
import { browserPart, consequenceOf, isSamePerson, mostCounted, mostOfBrowser, mostOfNetwork, networkPart, sealedFor, whoFrom, whoSealedFor } from "./rules.ts";
import type { Alarm, Outcome, ReportKind } from "./types.ts";
import { say } from "./words.ts";

const day = 24 * 60 * 60;

export type Report = {
  readonly serviceId: ServiceId;
  readonly kind: ReportKind;
  readonly note?: string | undefined;
  /** From `platform/http/stranger.ts`. What is kept of it is good for this listing alone. */
  readonly byWhom: Buffer;
};

/**
 * `again`: she had said so before, and nothing was written. `hidden`: nobody is shown the listing now. `called`: a coordinator was called for this report.
 * `counts`: it may change at once what others see. Refused: no such listing, or more reports than one person makes in a day.
 */
export type Reported = { readonly again: boolean; readonly hidden: boolean; readonly called: boolean; readonly counts: boolean } | { readonly refused: "notHere" | "tooMany" };

/**
 * Writes down what a stranger says of a listing, and does at once what need not wait for a person: see `rules.ts`.
 * The listing, the note under its own key, and the call to its coordinator come in one transaction.
 */
export async function reportListing(house: House, { serviceId, kind, note, byWhom }: Report): Promise<Reported> {
  if (await saysTooMuch(house, byWhom)) return { refused: "tooMany" };
  const counts = (await countTries(house.db, { name: `report/${kind}`, tries: mostCounted[kind], seconds: day }).take(networkPart(byWhom))) === 0;
  return inTransaction(house, async (act) => {
    const { tx, now } = act;
    const service = await tx.selectFrom("services").select("id").where("id", "=", serviceId).where("merged_into", "is", null).forUpdate().executeTakeFirst();
    if (!service) return { refused: "notHere" };
    const report = { kind, byWhom: whoHere(house, serviceId, byWhom), madeAt: now, counts };
    const open = (await openReportsOf(tx, [serviceId])).get(serviceId) ?? [];
    const { again, alarm, forgetsAccepting } = consequenceOf(report, open, await acceptingNow(act, serviceId));
    if (again) return { again, hidden: await isHiddenNow(act, serviceId), called: false, counts };
    const id = randomUUID();
    await tx.insertInto("listing_reports").values({ id, service_id: serviceId, kind, by_whom: report.byWhom, made_at: now, counts, ...sealedOf(house, id, { note, byWhom }) }).execute();
    if (forgetsAccepting) await withdraw(act, serviceId, ["accepting"]);
    await relist(act, [serviceId]);
    if (alarm) await callCoordinators(act, serviceId, alarm);
    if (kind === "unsafe") await bringToSafetyDesk(act, serviceId, counts);
    act.tell(topics.tending);
    return { again, hidden: await isHiddenNow(act, serviceId), called: alarm !== undefined, counts };
  });
}

/** "I did not feel safe" comes to the safety desk, too: that it was said, and not what was added. What is done about it is done at `/tend`. */
const bringToSafetyDesk = (act: Act, serviceId: ServiceId, counts: boolean): Promise<void> =>
  openCaseInRoom(act, { subjectKind: "listing", subjectId: serviceId, reason: "report", priority: counts ? 1 : 2, why: counts ? ["unsafe"] : ["unsafe", "uncounted"] });

async function isHiddenNow({ tx, now }: Act, serviceId: ServiceId): Promise<boolean> {
  const shown = tx.selectFrom("listings").select("id").where("service_id", "=", serviceId).where((eb) => eb.or([eb("hidden_at", "is", null), eb("hidden_at", ">", now)]));
  return (await shown.executeTakeFirst()) === undefined;
}

/** The call waits with the transaction, for now; one a listing and reason. */
const callCoordinators = ({ addJob }: Act, serviceId: ServiceId, alarm: Alarm): Promise<void> => addJob("page-coordinators", { serviceId, alarm }, { key: `page-coordinators-${serviceId}-${alarm}` });

/**
 * The owner's own word: that they closed, or in words what else is wrong. A coordinator looks at it; of closing she is called.
 * What has closed is hidden at once, but for a crisis line: that is in doubt until a person has looked.
 */
export async function reportByOwner(house: House, act: Act, serviceId: ServiceId, kind: "closed" | "wrong", note?: string): Promise<void> {
  const { tx, now } = act;
  await tx.selectFrom("services").select("id").where("id", "=", serviceId).forUpdate().executeTakeFirstOrThrow();
  const open = await tx.selectFrom("listing_reports").select("id").where("service_id", "=", serviceId).where("kind", "=", kind).where("by_whom", "is", null).where("handled_at", "is", null).executeTakeFirst();
  if (!open || note) {
    const id = randomUUID();
    await tx.insertInto("listing_reports").values({ id, service_id: serviceId, kind, made_at: now, ...sealedOf(house, id, { note }) }).execute();
  }
  if (kind === "closed" && !open) await callCoordinators(act, serviceId, "closed");
  await relist(act, [serviceId]);
  act.tell(topics.tending);
}

/** More in a day than a person or a network says; what is refused is counted too. */
async function saysTooMuch(house: House, byWhom: Buffer): Promise<boolean> {
  const browser = await countTries(house.db, { name: "report/browser", tries: mostOfBrowser, seconds: day }).take(browserPart(byWhom));
  const network = await countTries(house.db, { name: "report/network", tries: mostOfNetwork, seconds: day }).take(networkPart(byWhom));
  return browser > 0 || network > 0;
}

/** Digests that match within one listing, so that nobody can see who reported two. */
function whoHere({ keys }: House, serviceId: ServiceId, byWhom: Buffer): Buffer {
  const here = (part: Buffer) => keys.fingerprint("report", `${serviceId} ${part.toString("base64url")}`);
  return whoFrom(here(browserPart(byWhom)), here(networkPart(byWhom)));
}

function sealedOf({ keys }: House, reportId: string, { note = "", byWhom }: { readonly note?: string | undefined; readonly byWhom?: Buffer }) {
  if (note.trim() === "" && !byWhom) return {};
  const { key, wrapped } = keys.makeDataKey(sealedFor(reportId));
  return {
    wrapped_key: wrapped,
    ...(note.trim() === "" ? {} : { note_sealed: seal(key, note.trim(), sealedFor(reportId)) }),
    ...(byWhom ? { who_sealed: seal(key, byWhom.toString("base64url"), whoSealedFor(reportId)) } : {}),
  };
}

/**
 * The open reports of a listing that was merged are of the one that stays. One person's word that it can't be reached counts once, of whichever of the
 * two she wrote: who wrote is opened, and digested for the one that stays. Her notes are kept.
 */
export async function moveReports(house: House, act: Act, stays: ServiceId, goes: ServiceId): Promise<void> {
  const { tx } = act;
  const here = (await openReportsOf(tx, [stays])).get(stays) ?? [];
  const moved = await sealedReportsOf(tx, house.keys, goes);
  const unsafe = moved.filter(({ kind }) => kind === "unsafe");
  if (unsafe.length > 0) {
    await settleCase(act, { subjectKind: "listing", subjectId: goes, how: "merged" });
    await bringToSafetyDesk(act, stays, unsafe.some(({ counts }) => counts));
  }
  for (const { id, ...report } of moved) {
    const byWhom = report.who ? whoHere(house, stays, report.who) : report.byWhom;
    const before = here.find((one) => one.kind === report.kind && isSamePerson(one, { ...report, byWhom }));
    const counts = report.counts && !(report.kind === "cannot_reach" && before?.counts);
    await tx.updateTable("listing_reports").set({ service_id: stays, by_whom: before || byWhom.length === 0 ? null : byWhom, counts }).where("id", "=", id).execute();
  }
}

async function acceptingNow({ tx }: Act, serviceId: ServiceId): Promise<Accepting | undefined> {
  const claim = await tx.selectFrom("listing_claims").select("value").where("service_id", "=", serviceId).where("field", "=", "accepting").where("superseded_at", "is", null).executeTakeFirst();
  return claim?.value as Accepting | undefined;
}

export type Handling = {
  readonly outcome: Outcome;
  /** Undefined: the owner herself put right what was reported. */
  readonly by?: MemberId;
  /** These alone; left out: every open report of the listing. */
  readonly kinds?: readonly (ReportKind | "closed")[];
};

/**
 * A person has looked: the listing's open reports are answered, their notes and digests go, and the listing is made anew.
 * `removed` takes it out of the directory. What she heard on the phone she states herself (`claims/commands.ts`).
 */
export async function handleReports(act: Act, serviceId: ServiceId, { outcome, by, kinds }: Handling): Promise<void> {
  const { tx, now, tell } = act;
  await tx.selectFrom("services").select("id").where("id", "=", serviceId).forUpdate().executeTakeFirstOrThrow();
  const handled = await tx
    .updateTable("listing_reports")
    .set({ handled_at: now, handled_by: by ?? null, outcome, note_sealed: null, who_sealed: null, wrapped_key: null, by_whom: null })
    .where("service_id", "=", serviceId)
    .where("handled_at", "is", null)
    .$if(kinds !== undefined, (query) => query.where("kind", "in", kinds ?? []))
    .returning(["kind", "made_at"])
    .execute();
  if (outcome === "not_so") for (const { kind, made_at } of handled) if (kind === "full") await rememberAccepting(act, serviceId, made_at);
  if (outcome === "removed") await takeOut(act, serviceId, "inactive");
  if (handled.some(({ kind }) => kind === "unsafe")) await settleCase(act, { subjectKind: "listing", subjectId: serviceId, how: outcome, ...(by ? { by } : {}) });
  if (by) await audit(tx, { memberId: by, act: "handled_reports", subjectKind: "listing", subjectId: serviceId, reason: outcome });
  await relist(act, [serviceId]);
  tell(topics.tending);
}

/**
 * Takes a listing out of the directory. That is a word of ours on what it is, stated as such, so that no source that still has it
 * brings it back: what the source says waits for a decision. `defunct`: it is no more; `inactive`: we show it no more.
 */
export async function takeOut(act: Act, serviceId: ServiceId, status: "inactive" | "defunct"): Promise<void> {
  const { tx, now } = act;
  await tx.updateTable("services").set({ status, edited_at: now }).where("id", "=", serviceId).execute();
  await state(act, serviceId, [{ field: "about", value: status }], { source: (await networkNow(tx))?.name ?? "Small Hours", method: "edit" });
}

/** They are not full after all: what the owner said before the report counts again, unless something newer was said. */
async function rememberAccepting({ tx }: Act, serviceId: ServiceId, madeAt: Temporal.Instant): Promise<void> {
  const said = tx.selectFrom("listing_claims").where("service_id", "=", serviceId).where("field", "=", "accepting");
  if (await said.select("id").where("superseded_at", "is", null).executeTakeFirst()) return;
  const before = await said.select("id").where("superseded_at", "=", madeAt).orderBy("stated_at", "desc").executeTakeFirst();
  if (before) await tx.updateTable("listing_claims").set({ superseded_at: null }).where("id", "=", before.id).execute();
}

const callFor = (alarm: Alarm): Call => ({
  en: { title: say("en")(`${alarm}Title`), body: say("en")(`${alarm}Body`) },
  es: { title: say("es")(`${alarm}Title`), body: say("es")(`${alarm}Body`) },
  path: "/tend",
});

/** Calls who looks after the listing, if nobody has looked meanwhile. */
export async function pageCoordinators(house: House, serviceId: ServiceId, alarm: Alarm, notify: Notify): Promise<void> {
  const open = await house.db.selectFrom("listing_reports").select("id").where("service_id", "=", serviceId).where("handled_at", "is", null).executeTakeFirst();
  if (!open) return;
  const members = await lookedAfterBy(house.db, serviceId, house.now());
  if (members.length > 0) await notify(members, callFor(alarm));
}
