import type { SeatScope } from "../../../../platform/http/scope.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { inEvening, isInside, markSeats, type EveningHouse } from "../commands.ts";

/** She reads along what is said, or no more. */
export const readCaptions = async (house: EveningHouse, { seatId, sessionId }: SeatScope, on: boolean): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    if (isInside(evening, seatId)) await markSeats(act, id, [seatId], "reads_captions", on);
  });
};

/** A facilitator asks her to type what is said, or no more. */
export const nameCaptionWriter = async (house: EveningHouse, session: SessionId, seat: SeatId, on: boolean): Promise<void> => {
  await inEvening(house, session, async (act, { id }, evening) => {
    if (isInside(evening, seat)) await markSeats(act, id, [seat], "writes_captions", on);
  });
};
