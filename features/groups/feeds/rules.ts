import type { SeatId } from "../types.ts";
import type { Feed } from "./types.ts";

/** What a calendar's address is sealed for. */
export const tokenFor = (id: string): string => `calendar/${id}`;

/** The same address for a program that fetches a file, and for one that subscribes. `base`: our own. */
export const addressesOf = (base: string, token: string): { readonly https: string; readonly webcal: string } => {
  const https = `${base}/groups/calendar/${token}.ics`;
  return { https, webcal: https.replace(/^https?:/, "webcal:") };
};

/** Seats of hers that her calendar does not have yet. */
export const missingFrom = (feed: Pick<Feed, "seatIds">, seats: readonly { readonly id: SeatId }[]): number => seats.filter(({ id }) => !feed.seatIds.includes(id)).length;
