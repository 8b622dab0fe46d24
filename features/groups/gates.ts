import { isToken } from "../../platform/crypto/seal.ts";
import { readCookie } from "../../platform/http/cookies.ts";
import type { House } from "../../platform/http/house.ts";
import type { Door, Gate } from "../../platform/http/room.ts";
import { seatScope, type SeatScope } from "../../platform/http/scope.ts";
import { admitted } from "./policy.ts";
import { seatByKey } from "./seats/queries.ts";

/** The keys of seats that this browser holds; so many at most, the newest last. */
export const mostKeys = 12;
export const keysHeld = (c: Door): readonly string[] => (readCookie(c, "seats") ?? "").split(".").filter(isToken).slice(-mostKeys);

/** Every seat whose key this browser holds. */
export async function seatsHeld(c: Door, house: House): Promise<SeatScope[]> {
  const found = await Promise.all(keysHeld(c).map((token) => seatByKey(house.db, token)));
  return found.flatMap((seat) => (seat ? [seatScope(seat.seatId, seat.sessionId)] : []));
}

/** Whoever holds the key of the seat `:seat`; for anyone else it is not there. */
export const herSeat: Gate<SeatScope> = {
  admits: admitted("keepSeat"),
  async open(c, house) {
    const id = c.req.param("seat");
    return (await seatsHeld(c, house)).find(({ seatId }) => seatId === id);
  },
};
