import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { audit } from "../../../platform/audit/audit.ts";
import { seal, type DataKey } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { SeatScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { topicOf } from "../events.ts";
import { sessionsOf } from "../queries.ts";
import { noContact, settleIn } from "../seats/commands.ts";
import { attendanceDays, lobbyIsOpen } from "../seats/rules.ts";
import { sealedAddress } from "../series/proposing/commands.ts";
import type { SeatId, Session, SessionId } from "../types.ts";
import { eveningOf, leadersHere, sealedFor } from "./queries.ts";
import { clearedMinutes, inTurn, isIn, isLeftAlone, leftoverHours, refusalToOpen, speaking, stateOf, type OpenRefusal } from "./rules.ts";
import type { Evening, Guest, LineFor, Mark } from "./types.ts";

/** What these commands need of the house. */
export type EveningHouse = Pick<House, "db" | "bus" | "now" | "keys">;

/** Does something with one evening while nobody else changes it; undefined where there is no such meeting. */
export const inEvening = <T>(house: EveningHouse, id: SessionId, work: (act: Act, session: Session, evening: Evening) => Promise<T>): Promise<T | undefined> =>
  inTransaction(house, async (act) => {
    await act.tx.selectFrom("group_sessions").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
    const [session] = await sessionsOf(act.tx, { ids: [id] });
    if (!session) return undefined;
    const done = await work(act, session, await eveningOf(act.tx, session, act.now));
    act.tell(topicOf(id));
    return done;
  });

const herRow = ({ tx }: Act, { seatId }: SeatScope) => tx.updateTable("seats").where("id", "=", seatId).where("released_at", "is", null).where("held_at", "is not", null);

/** She has read what all ask of each other, and is in the lobby. False when it is not open, or she holds no seat. */
export const comeToLobby = async (house: EveningHouse, scope: SeatScope): Promise<boolean> =>
  (await inEvening(house, scope.sessionId as SessionId, async (act, session) => {
    if (!lobbyIsOpen(session, act.now)) return false;
    return (await herRow(act, scope).set({ lobby_at: sql<Instant>`coalesce(lobby_at, ${act.now})`, left_at: null }).executeTakeFirst()).numUpdatedRows > 0n;
  })) ?? false;

/** She leaves the room or the lobby; her seat stays hers until the end. */
export const goOut = async (house: EveningHouse, scope: SeatScope): Promise<void> => {
  await inEvening(house, scope.sessionId as SessionId, async (act) => {
    await herRow(act, scope).set({ left_at: act.now }).execute();
    await leavesHerPlace(act, scope.sessionId as SessionId, scope.seatId);
  });
};

/** Whoever is not in the room asks for no turn, talks with nobody alone, is in no small room, and comes back with her microphone as she likes it. */
async function leavesHerPlace(act: Act, id: SessionId, seat: string): Promise<void> {
  const { tx, now } = act;
  await tx.updateTable("evening_turns").set({ raised_at: null, called_at: null }).where("session_id", "=", id).where("seat_id", "=", seat).execute();
  await tx.updateTable("evening_sides").set({ ended_at: now }).where("session_id", "=", id).where("seat_id", "=", seat).where("ended_at", "is", null).execute();
  await tx.deleteFrom("evening_small_rooms").where("session_id", "=", id).where("seat_id", "=", seat).execute();
  await markSeats(act, id, [seat], "muted", false);
}

/** Sets a mark of these seats, or takes it away. `language`: of a mark that has one. */
export async function markSeats({ tx, now }: Act, id: SessionId, seats: readonly string[], mark: Mark, on: boolean, language: string | null = null): Promise<void> {
  if (seats.length === 0) return;
  if (on) await tx.insertInto("evening_marks").values(seats.map((seat_id) => ({ session_id: id, seat_id, mark, since: now, language }))).onConflict((conflict) => conflict.columns(["session_id", "seat_id", "mark"]).doUpdateSet({ language })).execute();
  else await tx.deleteFrom("evening_marks").where("session_id", "=", id).where("seat_id", "in", seats).where("mark", "=", mark).execute();
}

/** A facilitator's page is open. */
export const showLeader = (house: EveningHouse, { member }: StaffScope, id: SessionId): Promise<void> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const before = await leadersHere(tx, id, now);
    await tx
      .insertInto("evening_presence")
      .values({ session_id: id, member_id: member.memberId, since: now, seen_at: now })
      .onConflict((conflict) => conflict.columns(["session_id", "member_id"]).doUpdateSet({ seen_at: now }))
      .execute();
    if (!before.some((one) => one.id === member.memberId)) tell(topicOf(id));
  });

/** Two who are here open the room. Who was in it when its facilitators dropped waits in the lobby, and is let in again. */
export const openRoom = (house: EveningHouse, { member }: StaffScope, id: SessionId): Promise<{ readonly refused: OpenRefusal } | { readonly opened: true } | undefined> =>
  inEvening(house, id, async (act, session, { state }) => {
    const here = await leadersHere(act.tx, id, act.now);
    const refused = refusalToOpen({ state, here: here.length, trained: here.filter(({ trained }) => trained).length });
    if (refused) return { refused };
    await act.tx.updateTable("group_sessions").set({ opened_at: act.now }).where("id", "=", session.id).execute();
    await audit(act.tx, { memberId: member.memberId, act: "opened_room", subjectKind: "group", subjectId: id });
    return { opened: true } as const;
  });

/** Lets these in from the lobby, or all who are there. */
export const admit = async (house: EveningHouse, id: SessionId, seats: readonly SeatId[] | "all"): Promise<void> => {
  await inEvening(house, id, async ({ tx, now }, _session, { state, guests }) => {
    if (state !== "open") return;
    const waiting = guests.filter(({ where, id: seat }) => where === "lobby" && (seats === "all" || seats.includes(seat))).map((guest) => guest.id as string);
    if (waiting.length > 0) await tx.updateTable("seats").set({ admitted_at: now, came_at: sql<Instant>`coalesce(came_at, ${now})` }).where("id", "in", waiting).execute();
  });
};

/** Back to the lobby, without a word against her. */
export const sendToLobby = async (house: EveningHouse, id: SessionId, seat: SeatId): Promise<void> => {
  await inEvening(house, id, async (act) => {
    await act.tx.updateTable("seats").set({ admitted_at: null }).where("id", "=", seat).where("session_id", "=", id).execute();
    await leavesHerPlace(act, id, seat);
  });
};

/** Out, and no saved link comes back in: the seat is gone, and goes to whoever waits for one. False where there is no such seat. */
export const removeGuest = async (house: EveningHouse, { member }: StaffScope, id: SessionId, seat: SeatId): Promise<boolean> =>
  (await inEvening(house, id, async (act) => {
    const { tx, now } = act;
    const { numUpdatedRows } = await tx.updateTable("seats").set({ place: null, offered_until: null, released_at: now, released_why: "removed", next_day: false, ...noContact }).where("id", "=", seat).where("session_id", "=", id).where("released_at", "is", null).executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await leavesHerPlace(act, id, seat);
    await audit(tx, { memberId: member.memberId, act: "removed_from_room", subjectKind: "group", subjectId: id });
    await settleIn(act, id);
    return true;
  })) ?? false;

const turnOf = ({ tx }: Act, id: SessionId, seat: string, set: { raised_at?: Instant | null; called_at?: Instant | null; passed?: boolean }) =>
  tx
    .insertInto("evening_turns")
    .values({ session_id: id, seat_id: seat, ...set })
    .onConflict((conflict) => conflict.columns(["session_id", "seat_id"]).doUpdateSet(set))
    .execute();

export const isInside = ({ guests }: Evening, seat: string): boolean => guests.some((guest) => guest.id === seat && isIn(guest));

/** She asks for a turn, or takes her hand down. */
export const raiseHand = async (house: EveningHouse, { seatId, sessionId }: SeatScope, up: boolean): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    if (!isInside(evening, seatId)) return;
    const asked = evening.guests.find((guest) => guest.id === seatId)?.raisedAt;
    await turnOf(act, id, seatId, { raised_at: up ? (asked ?? act.now) : null, ...(up ? { passed: false } : {}) });
  });
};

/** "Pass": her turn is over without a word, which is as good as any. */
export const passTurn = async (house: EveningHouse, { seatId, sessionId }: SeatScope): Promise<void> => {
  await inEvening(house, sessionId as SessionId, (act, { id }) => endTurn(act, id, seatId, true));
};

async function endTurn({ tx }: Act, id: SessionId, seat: string, passed: boolean): Promise<void> {
  await tx
    .updateTable("evening_turns")
    .set({ called_at: null, raised_at: null, passed, turns: sql<number>`turns + 1` })
    .where("session_id", "=", id)
    .where("seat_id", "=", seat)
    .where((eb) => eb.or([eb("called_at", "is not", null), eb("raised_at", "is not", null)]))
    .execute();
}

/** The turn goes on: to this one, or to whoever is next in the fair order; nobody's when nobody asks. */
export const callNext = async (house: EveningHouse, id: SessionId, seat?: SeatId): Promise<void> => {
  await inEvening(house, id, async (act, _session, evening) => {
    if (evening.state !== "open") return;
    const now = speaking(evening.guests);
    if (now) await endTurn(act, id, now.id, false);
    const next = seat ?? inTurn(evening.guests.filter((guest) => guest !== now))[0]?.id;
    if (next && isInside(evening, next) && evening.guests.some(({ id: seated, small }) => seated === next && small === undefined)) await turnOf(act, id, next, { called_at: act.now, raised_at: act.now });
  });
};

export type Writer = { readonly seat: SeatScope } | { readonly leader: StaffScope };

/** The organisation's own room has another address from now on, which those who are inside are told of. False where its room is not of that kind, or the evening is over. */
export const moveRoom = async (house: EveningHouse, { member }: StaffScope, id: SessionId, address: string): Promise<boolean> =>
  (await inEvening(house, id, async ({ tx, now }, { seriesId }, { state }) => {
    if (state === "over") return false;
    const { numUpdatedRows } = await tx.updateTable("series").set(sealedAddress(house, seriesId, address)).where("id", "=", seriesId).where("room", "=", "link").executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await tx.updateTable("group_sessions").set({ room_moved_at: now }).where("id", "=", id).execute();
    await audit(tx, { memberId: member.memberId, act: "moved_room", subjectKind: "group", subjectId: id });
    return true;
  })) ?? false;

/** Longer than anybody says in one turn. */
export const longestLine = 2000;

/** The key that an evening's words are sealed with, made with the first of them. For who has the session locked. */
export async function eveningKey({ keys }: Pick<House, "keys">, tx: Tx, id: SessionId): Promise<DataKey> {
  const kept = await tx.selectFrom("evening_keys").select("wrapped_key").where("session_id", "=", id).executeTakeFirst();
  if (kept) return keys.openDataKey(kept.wrapped_key, sealedFor(id));
  const { key, wrapped } = keys.makeDataKey(sealedFor(id));
  await tx.insertInto("evening_keys").values({ session_id: id, wrapped_key: wrapped }).execute();
  return key;
}

/** May she write this here? A note reaches the facilitators from the lobby, too; captions are typed by whom they asked. */
function mayWrite({ where, marks }: Guest, what: LineFor): boolean {
  if (what === "leaders") return where === "lobby" || where === "room" || where === "side";
  return where === "room" && (what === "group" || marks.has("writes_captions"));
}

/** A line of the circle, a note that the facilitators alone read, or a caption. The same key again is the same line. False where the room is not open to her. */
export const writeLine = async (house: EveningHouse, id: SessionId, by: Writer, { words, key, to }: { readonly words: string; readonly key: string; readonly to: LineFor }): Promise<boolean> =>
  (await inEvening(house, id, async ({ tx, now }, _session, evening) => {
    if (evening.state === "over") return false;
    const seat = "seat" in by ? evening.guests.find((guest) => guest.id === by.seat.seatId) : undefined;
    if ("seat" in by && (!seat || !mayWrite(seat, to))) return false;
    if (await tx.selectFrom("evening_lines").select("seq").where("idempotency_key", "=", key).executeTakeFirst()) return true;
    const dataKey = await eveningKey(house, tx, id);
    const [{ seq } = { seq: 1 }] = (await sql<{ seq: number }>`select coalesce(max(seq), 0)::int + 1 as seq from evening_lines where session_id = ${id}`.execute(tx)).rows;
    const who = "seat" in by ? { seat_id: by.seat.seatId } : { member_id: by.leader.member.memberId };
    const small = "seat" in by ? seat?.small?.room : evening.leaders.find((leader) => leader.id === by.leader.member.memberId)?.visits;
    await tx.insertInto("evening_lines").values({ session_id: id, seq, ...who, to_facilitators: to === "leaders", caption: to === "captions", small_room: to === "leaders" ? null : (small ?? null), body_sealed: seal(dataKey, words, `${sealedFor(id)}/${seq}`), idempotency_key: key, at: now }).execute();
    return true;
  })) ?? false;

/** Alone with a facilitator: she asks for it. */
export const askSide = async (house: EveningHouse, { seatId, sessionId }: SeatScope): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async ({ tx, now }, { id }, evening) => {
    const guest = evening.guests.find((one) => one.id === seatId);
    if (!guest || guest.side || guest.where === "away") return;
    await tx.insertInto("evening_sides").values({ id: randomUUID(), session_id: id, seat_id: seatId, asked_by_member: true, asked_at: now }).execute();
  });
};

/** A facilitator goes aside with her, because she asked or because the facilitator does. The first one who goes is the one. */
export const beginSide = async (house: EveningHouse, { member }: StaffScope, id: SessionId, seat: SeatId): Promise<boolean> =>
  (await inEvening(house, id, async ({ tx, now }, _session, evening) => {
    const guest = evening.guests.find((one) => one.id === seat);
    if (!guest || guest.where !== "room" || guest.side?.began) return false;
    const begun = { member_id: member.memberId, began_at: now };
    if (guest.side) await tx.updateTable("evening_sides").set(begun).where("seat_id", "=", seat).where("ended_at", "is", null).execute();
    else await tx.insertInto("evening_sides").values({ id: randomUUID(), session_id: id, seat_id: seat, asked_by_member: false, asked_at: now, ...begun }).execute();
    return true;
  })) ?? false;

/** Back to the group, at a tap of either. */
export const endSide = async (house: EveningHouse, id: SessionId, seat: SeatId): Promise<void> => {
  await inEvening(house, id, async ({ tx, now }) => {
    await tx.updateTable("evening_sides").set({ ended_at: now }).where("session_id", "=", id).where("seat_id", "=", seat).where("ended_at", "is", null).execute();
  });
};

/** The evening is over: the room is closed, its numbers are kept, and what was written goes within the hour. */
export const closeRoom = async (house: EveningHouse, { member }: StaffScope, id: SessionId): Promise<void> => {
  await inEvening(house, id, async (act, session, { state }) => {
    if (session.closedAt || state === "closed") return;
    await end(act, id);
    await audit(act.tx, { memberId: member.memberId, act: "closed_room", subjectKind: "group", subjectId: id });
  });
};

async function end({ tx, now, addJob }: Act, id: SessionId): Promise<void> {
  await tx.updateTable("group_sessions").set({ closed_at: now }).where("id", "=", id).execute();
  await sql`
    insert into session_totals (session_id, held, came, waited, no_shows, came_back)
    select ${id}, count(*) filter (where held_at is not null and (released_why is null or released_why in ('no_show', 'removed'))), count(came_at), count(*) filter (where held_at is null and released_at is null), count(*) filter (where released_why = 'no_show'),
      count(*) filter (where came_at is not null and exists (select from seats o join group_sessions g on g.id = o.session_id where o.person = s.person and o.session_id <> s.session_id and o.came_at < s.came_at))
    from seats s where session_id = ${id}
    on conflict (session_id) do nothing`.execute(tx);
  await addJob("clear-evening", { sessionId: id }, { runAt: now.add({ minutes: clearedMinutes }), key: `clear-evening ${id}` });
}

const ofTheEvening = ["evening_lines", "session_messages", "evening_keys", "evening_turns", "evening_presence", "evening_sides", "evening_marks", "evening_small_rooms"] as const;

/** What was written goes with its key; who was here and whose turn it was go, too. */
export const clearEvening = (house: EveningHouse, id: SessionId): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    for (const table of ofTheEvening) await tx.deleteFrom(table).where("session_id", "=", id).execute();
  });

/** The same for every evening that ended a while ago, also one that nobody closed, was cancelled at its door, or was looked at again. */
export const clearEvenings = (house: EveningHouse): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const over = sql<boolean>`session_id in (select id from group_sessions where ends_at < ${now.subtract({ hours: leftoverHours })})`;
    for (const table of ofTheEvening) await tx.deleteFrom(table).where(over).execute();
  });

/** Rooms that no facilitator is in any more become the lobby again; evenings whose time is long over end by themselves, as long as it is still known who came. Answers the rooms that are not open any more. */
export async function sweepEvenings(house: EveningHouse): Promise<SessionId[]> {
  const now = house.now();
  const open = await house.db.selectFrom("group_sessions").select(["id"]).where("starts_at", "<", now.add({ minutes: 30 })).where("starts_at", ">", now.subtract({ hours: (attendanceDays - 1) * 24 })).where("closed_at", "is", null).where("cancelled_at", "is", null).execute();
  const shut: SessionId[] = [];
  for (const { id } of open)
    await inTransaction(house, async (act) => {
      await act.tx.selectFrom("group_sessions").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
      const [session] = await sessionsOf(act.tx, { ids: [id as SessionId] });
      if (!session || session.closedAt) return;
      if (stateOf(session, 0, now) === "over") await end(act, session.id);
      else {
        const last = await act.tx.selectFrom("evening_presence").select((eb) => eb.fn.max("seen_at").as("at")).where("session_id", "=", id).executeTakeFirst();
        if (!session.openedAt || !isLeftAlone((last?.at as Instant | null) ?? undefined, session.openedAt, now)) return;
        await act.tx.updateTable("group_sessions").set({ opened_at: null }).where("id", "=", id).execute();
        await act.tx.updateTable("seats").set({ admitted_at: null }).where("session_id", "=", id).execute();
        await act.tx.updateTable("evening_sides").set({ ended_at: now }).where("session_id", "=", id).where("ended_at", "is", null).execute();
        await act.tx.deleteFrom("evening_small_rooms").where("session_id", "=", id).execute();
      }
      shut.push(session.id);
      act.tell(topicOf(session.id));
    });
  return shut;
}
