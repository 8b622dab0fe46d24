import { hashToken, isToken } from "../../platform/crypto/seal.ts";
import { readCookie } from "../../platform/http/cookies.ts";
import type { House } from "../../platform/http/house.ts";
import type { Door, Gate, MachineGate } from "../../platform/http/room.ts";
import { seatScope, type SeatScope } from "../../platform/http/scope.ts";
import { admitted } from "./policy.ts";
import type { SeatInHand } from "./feeds/types.ts";
import { seatsByKeys } from "./seats/queries.ts";

/** The keys of seats that this browser holds; so many at most, the newest last. */
export const mostKeys = 12;
export const keysHeld = (c: Door): readonly string[] => (readCookie(c, "seats") ?? "").split(".").filter(isToken).slice(-mostKeys);

/** Every seat whose key this browser holds. */
export const seatsHeld = async (c: Door, house: House): Promise<SeatScope[]> => (await seatsByKeys(house.db, keysHeld(c))).map(({ seatId, sessionId }) => seatScope(seatId, sessionId));

/** The same with what proves it, of these keys. */
export const inHand = async (house: House, keys: readonly string[]): Promise<SeatInHand[]> => (await seatsByKeys(house.db, keys)).map(({ seatId, token }) => ({ id: seatId, keyHash: hashToken(token) }));

/** Whoever holds the key of the seat `:seat`; for anyone else it is not there. */
export const herSeat: Gate<SeatScope> = {
  admits: admitted("keepSeat"),
  async open(c, house) {
    const id = c.req.param("seat");
    return (await seatsHeld(c, house)).find(({ seatId }) => seatId === id);
  },
};

/** The LiveKit server of this house, known by its signature on what it posts. */
export const mediaServer: MachineGate<true> = {
  admits: [],
  open: async (c, { rooms }) => ((await rooms.livekit?.heard?.(await c.req.text(), c.req.header("authorization"))) ? true : undefined),
};
