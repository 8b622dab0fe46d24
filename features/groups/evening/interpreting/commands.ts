import type { SeatScope } from "../../../../platform/http/scope.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { inEvening, isInside, markSeats, type EveningHouse } from "../commands.ts";
import { interpretersIn, listenersIn } from "./rules.ts";

/** A facilitator asks her to interpret; or nobody does any more, she or a facilitator said so. With the last of them nobody listens. */
export const nameInterpreter = async (house: EveningHouse, session: SessionId, seat: SeatId, on: boolean): Promise<void> => {
  await inEvening(house, session, async (act, { id }, evening) => {
    if (on && !isInside(evening, seat)) return;
    await markSeats(act, id, [seat], "interprets", on);
    await markSeats(act, id, [seat], on ? "hears_interpreter" : "interprets_aloud", false);
    if (!on && interpretersIn(evening).every((one) => one.id === seat)) await markSeats(act, id, listenersIn(evening).map((one) => one.id), "hears_interpreter", false);
  });
};

/** She listens to who interprets, or to the group alone again. */
export const hearInterpreter = async (house: EveningHouse, { seatId, sessionId }: SeatScope, on: boolean): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    const others = interpretersIn(evening).some((one) => one.id !== seatId);
    if (isInside(evening, seatId) && (others || !on)) await markSeats(act, id, [seatId], "hears_interpreter", on);
  });
};

/** Who interprets speaks to all for a while, as when she says for a mother what that mother said; or again to those who listen. */
export const interpretAloud = async (house: EveningHouse, { seatId, sessionId }: SeatScope, on: boolean): Promise<void> => {
  await inEvening(house, sessionId as SessionId, async (act, { id }, evening) => {
    if (interpretersIn(evening).some((one) => one.id === seatId)) await markSeats(act, id, [seatId], "interprets_aloud", on);
  });
};
