import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { hashToken, newToken, seal } from "../../../platform/crypto/seal.ts";
import type { Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { feedWith, provenSeats } from "./queries.ts";
import { tokenFor } from "./rules.ts";
import type { SeatId } from "../types.ts";
import type { Feed, SeatInHand } from "./types.ts";

type Sealing = Pick<House, "keys">;

/** The seats in hand whose keys are right, and the calendar that has one of them. Two presses of one hand wait for one another here. */
async function hers({ keys }: Sealing, { tx, now }: Act, inHand: readonly SeatInHand[]): Promise<{ readonly seats: readonly SeatId[]; readonly feed: Feed | undefined }> {
  const seats = await provenSeats(tx, inHand);
  if (seats.length > 0) await tx.selectFrom("seats").select("id").where("id", "in", seats).orderBy("id").forUpdate().execute();
  return { seats, feed: (await feedWith(tx, keys, seats, now))?.feed };
}

/** A calendar of the seats in hand or, where one of them has a calendar, the others in it too. False where no key of them is right. */
export async function makeFeed(house: Sealing, act: Act, inHand: readonly SeatInHand[], language: Language, plain = false): Promise<boolean> {
  const { seats, feed } = await hers(house, act, inHand);
  if (feed) await joinSeats(act, feed, seats);
  else if (seats.length > 0) await insertFeed(house, act, { seatIds: seats, language, plain });
  return seats.length > 0;
}

/** Her seats of now join the calendar that she has; nothing where she has none. For whoever just gave her a seat. */
export async function joinFeed(house: Sealing, act: Act, inHand: readonly SeatInHand[]): Promise<void> {
  const { seats, feed } = await hers(house, act, inHand);
  if (feed) await joinSeats(act, feed, seats);
}

const joinSeats = ({ tx }: Act, { id, seatIds }: Feed, seats: readonly SeatId[]) => tx.updateTable("calendar_feeds").set({ seat_ids: [...new Set([...seatIds, ...seats])] }).where("id", "=", id).execute();

async function insertFeed({ keys }: Sealing, { tx, now }: Act, { seatIds, language, plain }: Pick<Feed, "seatIds" | "language" | "plain">): Promise<void> {
  const [id, token] = [randomUUID(), newToken()];
  const { key, wrapped } = keys.makeDataKey(tokenFor(id));
  await tx
    .insertInto("calendar_feeds")
    .values({ id, token_hash: hashToken(token), token_sealed: seal(key, token, tokenFor(id)), wrapped_key: wrapped, seat_ids: [...seatIds], plain, language, made_at: now })
    .execute();
}

const endFeed = ({ tx, now }: Act, { id }: Feed) => tx.updateTable("calendar_feeds").set({ revoked_at: now, seat_ids: [], token_sealed: null, wrapped_key: null }).where("id", "=", id).execute();

/** Its address answers no more, and nothing says any longer which seats were one hand's. */
export async function revokeFeed(house: Sealing, act: Act, inHand: readonly SeatInHand[]): Promise<void> {
  const { feed } = await hers(house, act, inHand);
  if (feed) await endFeed(act, feed);
}

/** Another address for the same calendar; the old one answers no more. */
export async function renewFeed(house: Sealing, act: Act, inHand: readonly SeatInHand[]): Promise<void> {
  const { feed } = await hers(house, act, inHand);
  if (!feed) return;
  await endFeed(act, feed);
  await insertFeed(house, act, feed);
}

/** The groups' names in it, or "Appointment" alone; in the language in which she asked for it. */
export async function nameInFeed(house: Sealing, act: Act, inHand: readonly SeatInHand[], plain: boolean, language: Language): Promise<void> {
  const { feed } = await hers(house, act, inHand);
  if (feed) await act.tx.updateTable("calendar_feeds").set({ plain, language }).where("id", "=", feed.id).execute();
}

/** Calendars whose seats are all gone go too, and a month later what was revoked. For the nightly clearing. */
export async function clearFeeds({ tx, now }: Act): Promise<number> {
  const isEmpty = sql<boolean>`not exists (select from seats where seats.id = any(calendar_feeds.seat_ids))`;
  const cleared = await tx
    .deleteFrom("calendar_feeds")
    .where((eb) => eb.or([eb("revoked_at", "<", now.subtract({ hours: 30 * 24 })), eb.and([eb("revoked_at", "is", null), isEmpty])]))
    .executeTakeFirst();
  return Number(cleared.numDeletedRows);
}
