import type { Act } from "../../../../platform/db/transaction.ts";
import type { SeatScope, StaffScope } from "../../../../platform/http/scope.ts";
import type { RoomKind, SeatId, SessionId } from "../../types.ts";
import { inEvening, isInside, markSeats, type EveningHouse } from "../commands.ts";
import type { Evening } from "../types.ts";
import { bearsInterpreters, interpretersIn, whispers, type Interpreted } from "./rules.ts";

/** A facilitator asks her to interpret into this language. Nothing where its room can let nobody be heard by a few alone, or she is not in it. */
export const nameInterpreter = async (house: EveningHouse, session: SessionId, seat: SeatId, into: Interpreted): Promise<void> => {
  await inEvening(house, session, async (act, { id, seriesId }, evening) => {
    const series = await act.tx.selectFrom("series").select("room").where("id", "=", seriesId).executeTakeFirst();
    if (!bearsInterpreters({ room: series?.room as RoomKind }) || !isInside(evening, seat)) return;
    await markSeats(act, id, [seat], "interprets", true, into);
    await markSeats(act, id, [seat], "hears_interpreter", false);
    await endUnheard(act, id, evening, seat, into);
  });
};

/** She does not interpret any more. Where a facilitator says so her microphone is off: nobody but she lets the group hear her. */
export const endInterpreter = async (house: EveningHouse, session: SessionId, seat: SeatId, by: "herself" | "facilitator"): Promise<void> => {
  await inEvening(house, session, async (act, { id }, evening) => {
    if (by === "facilitator" && evening.guests.some((guest) => guest.id === seat && whispers(guest))) await markSeats(act, id, [seat], "muted", true);
    for (const mark of ["interprets", "interprets_aloud"] as const) await markSeats(act, id, [seat], mark, false);
    await endUnheard(act, id, evening, seat, undefined);
  });
};

/** With the last who interprets into a language nobody listens to it any more. */
async function endUnheard({ tx }: Act, id: SessionId, evening: Evening, seat: SeatId, into: string | undefined): Promise<void> {
  const spoken = interpretersIn(evening).flatMap((one) => (one.id === seat ? [] : (one.into ?? []))).concat(into ?? []);
  await tx.deleteFrom("evening_marks").where("session_id", "=", id).where("mark", "=", "hears_interpreter").$if(spoken.length > 0, (some) => some.where("language", "not in", spoken)).execute();
  await tx.updateTable("evening_presence").set({ hears: null }).where("session_id", "=", id).$if(spoken.length > 0, (some) => some.where("hears", "not in", spoken)).execute();
}

const isSpoken = (evening: Evening, into: string): boolean => interpretersIn(evening).some((one) => one.into === into);

/** She listens to who interprets into this language, or to the group alone again. */
export const hearInterpreter = async (house: EveningHouse, { seatId, sessionId }: SeatScope, into: Interpreted | undefined): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    if (!isInside(evening, seatId)) return;
    if (into === undefined) await markSeats(act, id, [seatId], "hears_interpreter", false);
    else if (isSpoken(evening, into) && interpretersIn(evening).every((one) => one.id !== seatId)) await markSeats(act, id, [seatId], "hears_interpreter", true, into);
  });
};

/** The same for who leads it. */
export const leaderHearsInterpreter = async (house: EveningHouse, { member }: StaffScope, session: SessionId, into: Interpreted | undefined): Promise<void> => {
  await inEvening(house, session, async ({ tx }, { id }, evening) => {
    if (into !== undefined && !isSpoken(evening, into)) return;
    await tx.updateTable("evening_presence").set({ hears: into ?? null }).where("session_id", "=", id).where("member_id", "=", member.memberId).execute();
  });
};

/** Who interprets speaks to all for a while, as when she says for a mother what that mother said; or again to those who listen. */
export const interpretAloud = async (house: EveningHouse, { seatId, sessionId }: SeatScope, on: boolean): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    if (interpretersIn(evening).some((one) => one.id === seatId)) await markSeats(act, id, [seatId], "interprets_aloud", on);
  });
};
