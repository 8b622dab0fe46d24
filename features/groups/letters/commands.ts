import { sql } from "kysely";
import { unseal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { PushSubscriptionKeys } from "../../../platform/delivery/delivery.ts";
import { addressPrint, hasStopped, stopWriting } from "../../../platform/delivery/stops.ts";
import { noteText } from "../../../platform/delivery/text-log.ts";
import type { Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, secondsBetween, type Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import { settleCase } from "../../safety/events.ts";
import { meetingById } from "../find/queries.ts";
import { messageTimes } from "../messages/queries.ts";
import { sessionsOf } from "../queries.ts";
import { noContact, releaseCancelled } from "../seats/commands.ts";
import { attendanceDays, stateOf } from "../seats/rules.ts";
import type { SeatId, SessionId } from "../types.ts";
import { say } from "../words.ts";
import { askedContactHours, contactHours, ofUseUntil, remindersDue, reportDays, stillTrue } from "./rules.ts";
import { contactOf, keyOf, type Told, type Way } from "./types.ts";

type Row = { readonly id: SeatId; readonly session_id: SessionId; readonly language: Language; readonly zone: string; readonly asked_at: Instant; readonly held_at: Instant | null; readonly offered_until: Instant | null; readonly released_at: Instant | null; readonly released_why: string | null; readonly came_at: Instant | null; readonly way: Way; readonly contact_sealed: Buffer; readonly key_sealed: Buffer; readonly wrapped_key: Buffer; readonly next_day: boolean };

const columns = sql`id, session_id, language, zone, asked_at, held_at, offered_until, released_at, released_why, came_at, way, contact_sealed, key_sealed, wrapped_key, next_day`;

/** Told anew each time that the meeting changes so. */
const eachChange: readonly Told[] = ["moved", "cancelled", "back"];

/**
 * Tells her one thing of her seat, in words that say nothing to whoever else reads her phone. Once each: it is noted in the transaction in
 * which it is sent, so a second run, or two at once, send nothing again; one that fails is tried again.
 */
export async function tellSeat(house: House, id: SeatId, what: Told): Promise<void> {
  const [row] = (await sql<Row>`select ${columns} from seats where id = ${id} and contact_sealed is not null`.execute(house.db)).rows;
  const meeting = row && (await meetingById(house.db, row.session_id));
  // A meeting may take place after all before this was said.
  if (!row || !meeting || (what === "cancelled") !== (meeting.session.cancelledAt !== undefined && what !== "next_day")) return;
  const { starts, ends, sequence } = meeting.session;
  if (!stillTrue(what, { state: stateOf(row), starts, ends, offeredUntil: row.offered_until ?? undefined }, house.now())) return;
  const key = house.keys.openDataKey(row.wrapped_key, contactOf(id));
  const [address, token] = [unseal(key, row.contact_sealed, contactOf(id)), unseal(key, row.key_sealed, keyOf(id))];
  const t = say(row.language);
  // A push comes to the browser that holds her key already.
  const path = what === "next_day" ? "/message" : what === "cancelled" ? "/groups" : row.way === "push" ? `/seats/${id}` : `/seats/open/${token}`;
  const when = what === "hour_before" ? clockTime(starts, row.zone, row.language) : dayAndTime(starts, row.zone, row.language);
  const said = what === "shifted" ? "moved" : what === "back" && row.offered_until ? "back_offered" : what;
  const words = t(`letter_${said}`, { when, until: row.offered_until ? dayAndTime(row.offered_until, row.zone, row.language) : "" });
  await inTransaction(house, async ({ tx, now }) => {
    const [message] = what === "message" ? await messageTimes(tx, row.session_id) : [];
    if (what === "message" && !message) return;
    const once = message ? `message ${message.id}` : what === "offered" ? `offered ${row.offered_until?.toString() ?? ""}` : eachChange.includes(what) ? `${what} ${sequence}` : what;
    const { numInsertedOrUpdatedRows } = await tx.insertInto("seat_letters").values({ seat_id: id, kind: once, at: now }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return;
    if (row.way === "push") {
      const forSeconds = secondsBetween(now, ofUseUntil(what, { starts, ends, offeredUntil: row.offered_until ?? undefined }));
      const pushed = await house.delivery.push.send(JSON.parse(address) as PushSubscriptionKeys, { title: t("letterSubject"), body: words, path }, Math.max(0, Math.round(forSeconds)));
      if (pushed === "gone") await tx.updateTable("seats").set({ ...noContact, next_day: false }).where("id", "=", id).execute();
      return;
    }
    const told = `${words}: ${publicUrl(house)}${path}`;
    if (row.way === "email") return house.delivery.email.send({ to: address, subject: t("letterSubject"), text: `${told}\n` });
    const print = addressPrint(house.keys, address);
    if (await hasStopped(tx, print)) return;
    const texted = await house.delivery.sms.send({ to: address, body: told });
    if ("id" in texted) await noteText(house.db, { id: texted.id, status: "queued" }, now);
    else if (texted.refused === "stopped") await stopWriting(tx, print, now);
  });
}

/** A meeting moved, does not take place, or was written to: everyone who has a seat, an offer or a wait hears of it by her own way, each in a job of its own. */
export async function tellSeats(house: House, session: SessionId, what: "moved" | "cancelled" | "message"): Promise<void> {
  const [meeting] = await sessionsOf(house.db, { ids: [session] });
  if (!meeting || (what === "cancelled") !== (meeting.cancelledAt !== undefined)) return;
  if (what === "cancelled") await releaseCancelled(house, session);
  await inTransaction(house, async ({ tx, addJob }) => {
    const rows = await tx
      .selectFrom("seats")
      .select("id")
      .where("session_id", "=", session)
      .where("contact_sealed", "is not", null)
      .where((eb) => eb.or([eb("released_at", "is", null), eb("released_why", "=", "session_cancelled")]))
      .execute();
    for (const { id } of rows) await addJob("tell-seat", { seatId: id, what });
  });
}

/** Reminders that are due now. Run every few minutes; each goes once. */
export async function remindSeats(house: House): Promise<void> {
  const now = house.now();
  const { rows } = await sql<Row & { starts_at: Instant; ends_at: Instant; cancelled_at: Instant | null; shifted: boolean; sent: string[] }>`
    select s.*, g.starts_at, g.ends_at, g.cancelled_at, g.shifted, coalesce((select array_agg(kind) from seat_letters l where l.seat_id = s.id), '{}') as sent
    from seats s join group_sessions g on g.id = s.session_id
    where s.contact_sealed is not null and s.held_at is not null and s.released_at is null and g.cancelled_at is null
      and g.starts_at > ${now.subtract({ hours: 40 })} and g.starts_at < ${now.add({ hours: 24 * 7 })}`.execute(house.db);
  for (const row of rows) {
    const facts = { state: stateOf(row), askedAt: row.asked_at, starts: row.starts_at, ends: row.ends_at, cancelled: row.cancelled_at !== null, shifted: row.shifted, zone: row.zone, came: row.came_at !== null, nextDay: row.next_day };
    for (const what of remindersDue(facts, now)) if (!row.sent.includes(what)) await inTransaction(house, ({ addJob }) => addJob("tell-seat", { seatId: row.id, what }, { key: `tell-seat ${row.id} ${what}` }));
  }
}

/** How to reach anybody goes a day after the meeting, or two where she is still to be asked; who came goes after 30 days, and only numbers stay. */
export const forgetAttendance = (house: House): Promise<void> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const over = (hours: number) => sql<boolean>`exists (select from group_sessions g where g.id = seats.session_id and g.ends_at < ${now.subtract({ hours })})`;
    await tx.updateTable("seats").set(noContact).where("contact_sealed", "is not", null).where((eb) => eb.or([eb.and([eb("next_day", "=", false), over(contactHours)]), over(askedContactHours)])).execute();
    await tx.deleteFrom("seats").where(over(24 * attendanceDays)).execute();
    const gone = await tx.deleteFrom("evening_reports").where("written_at", "<", now.subtract({ hours: 24 * reportDays })).returning(["id", "kind"]).execute();
    for (const { id, kind } of gone) if (kind === "incident") await settleCase(act, { subjectKind: "group", subjectId: id, how: "gone" });
  });

/** Something happened in a group: the coordinators are asked to read it. */
export async function tellOfIncident(house: House, notify: Notify): Promise<void> {
  const coordinators = (await staffNow(house.db, house.now())).filter(({ roles }) => roles.includes("coordinator")).map(({ id }) => id);
  const call = (language: Language) => ({ title: say(language)("incidentTitle"), body: say(language)("incidentBody") });
  await notify(coordinators, { en: call("en"), es: call("es"), path: "/evenings/reports" });
}
