import type { Act } from "../../../../platform/db/transaction.ts";
import type { SeatScope, StaffScope } from "../../../../platform/http/scope.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { inEvening, isInside, type EveningHouse } from "../commands.ts";
import { evenly, smallRooms } from "./rules.ts";

/** Splits who is with the group into so many small rooms, evenly; who talks alone with a facilitator stays there. */
export const splitEvenly = async (house: EveningHouse, session: SessionId, rooms: number): Promise<void> => {
  await inEvening(house, session, async (act, { id }, { state, guests }) => {
    if (state !== "open" || !smallRooms.includes(rooms)) return;
    await endRooms(act, id);
    for (const [seat, room] of evenly(guests.filter(({ where }) => where === "room").map((guest) => guest.id), rooms)) await put(act, id, seat, room);
  });
};

/** Puts one into a small room by hand. */
export const putInRoom = async (house: EveningHouse, session: SessionId, seat: SeatId, room: number): Promise<void> => {
  await inEvening(house, session, async (act, { id }, evening) => {
    if (!isInside(evening, seat) || !smallRooms.includes(room)) return;
    if (evening.guests.every(({ small }) => small === undefined)) await endRooms(act, id);
    await put(act, id, seat, room);
  });
};

async function put({ tx, now }: Act, id: SessionId, seat: SeatId, room: number): Promise<void> {
  await tx.insertInto("evening_small_rooms").values({ session_id: id, seat_id: seat, room, since: now }).onConflict((conflict) => conflict.columns(["session_id", "seat_id"]).doUpdateSet({ room, since: now })).execute();
  await tx.updateTable("evening_turns").set({ raised_at: null, called_at: null }).where("session_id", "=", id).where("seat_id", "=", seat).execute();
}

/** Back with the group: one of them, by her own tap or a facilitator's. */
export const backToGroup = async (house: EveningHouse, session: SessionId, seat: string): Promise<void> => {
  await inEvening(house, session, async ({ tx }, { id }) => void (await tx.deleteFrom("evening_small_rooms").where("session_id", "=", id).where("seat_id", "=", seat).execute()));
};

export const leaveSmallRoom = (house: EveningHouse, { seatId, sessionId }: SeatScope): Promise<void> => backToGroup(house, sessionId as SessionId, seatId);

/** All are back with the group, and what was written in small rooms is gone. */
export const bringAllBack = async (house: EveningHouse, session: SessionId): Promise<void> => {
  await inEvening(house, session, (act, { id }) => endRooms(act, id));
};

/** The rows of lines stay, without their words: a page looks for what is after the last number that it has seen. */
async function endRooms({ tx }: Act, id: SessionId): Promise<void> {
  await tx.deleteFrom("evening_small_rooms").where("session_id", "=", id).execute();
  await tx.updateTable("evening_lines").set({ small_room: 0, body_sealed: Buffer.alloc(0) }).where("session_id", "=", id).where("small_room", ">", 0).execute();
}

/** A facilitator comes into a small room, where all see her; without one she is with the group again. */
export const visitRoom = async (house: EveningHouse, { member }: StaffScope, session: SessionId, room: number | undefined): Promise<void> => {
  await inEvening(house, session, async ({ tx, now }, { id }, { state }) => {
    await tx.deleteFrom("evening_small_rooms").where("session_id", "=", id).where("member_id", "=", member.memberId).execute();
    if (state === "open" && room !== undefined && smallRooms.includes(room)) await tx.insertInto("evening_small_rooms").values({ session_id: id, member_id: member.memberId, room, since: now }).execute();
  });
};
