import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { hashToken, newToken, seal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { SeatScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { topicOf } from "../events.ts";
import { contactOf, keyOf, type Contact } from "../letters/types.ts";
import type { SeatId, SeriesId, SessionId } from "../types.ts";
import { aheadOf, aliasesIn, seatsToSettle } from "./queries.ts";
import { distinctAlias, nextLook, once, phaseAt, refusalFor, settle, stateOf, type SeatRefusal } from "./rules.ts";
import type { Leaving, SeatState, Step } from "./types.ts";

export type SeatWanted = {
  readonly sessionId: SessionId;
  readonly alias: string;
  readonly language: Language;
  readonly zone: string;
  /** Her browser's own secret: the same hand in one group, and nobody across groups. */
  readonly person: string;
  readonly contact: Contact | undefined;
  readonly nextDay: boolean;
  /** The key that the form brought: a form that is sent twice asks for one seat. */
  readonly token?: string | undefined;
};

/** What these commands need of the house. */
export type SeatHouse = Pick<House, "db" | "bus" | "now" | "keys">;
export type Saved = { readonly seatId: SeatId; readonly token: string; readonly state: SeatState };
export type Refused = { readonly refused: SeatRefusal };

type Locked = { readonly id: SessionId; readonly series_id: SeriesId; readonly starts_at: Instant; readonly seats: number; readonly cancelled_at: Instant | null; readonly closed_at: Instant | null; readonly released_at: Instant | null };

/** Whoever changes the seats of a session waits here for whoever does so already. */
const lock = async ({ tx }: Act, id: SessionId): Promise<Locked | undefined> =>
  (await tx.selectFrom("group_sessions as g").innerJoin("series as s", "s.id", "g.series_id").select(["g.id", "g.series_id", "g.starts_at", "g.seats", "g.cancelled_at", "g.closed_at", "g.released_at"]).where("g.id", "=", id).where("s.approved_at", "is not", null).forUpdate("g").executeTakeFirst()) as Locked | undefined;

/** From a link to a held seat: an alias and nothing else. Where none is free she waits, and it is said how offers come. */
export const saveSeat = (house: SeatHouse, wanted: SeatWanted): Promise<Saved | Refused> =>
  inTransaction(house, async (act): Promise<Saved | Refused> => {
    const session = await lock(act, wanted.sessionId);
    if (!session) return { refused: "cancelled" };
    const known = await seatWithKey(act, wanted.token);
    if (wanted.token && known?.session_id === session.id && known.released_at === null) return { seatId: known.id as SeatId, token: wanted.token, state: await stateNow(act, known.id as SeatId) };
    const person = personIn(house, session.series_id, wanted.person);
    await oneAtATime(act, person);
    const refused = refusalFor({ cancelled: session.cancelled_at !== null, closed: session.closed_at !== null, starts: session.starts_at, ...(await aheadOf(act.tx, session.series_id, session.id, person, act.now)), now: act.now });
    if (refused) return { refused };
    const [id, token] = [randomUUID() as SeatId, wanted.token && !known ? wanted.token : newToken()];
    const { language, zone, contact, nextDay } = wanted;
    const alias = distinctAlias(wanted.alias, await aliasesIn(act.tx, session.id));
    await act.tx
      .insertInto("seats")
      .values({ id, session_id: session.id, key_hash: hashToken(token), person, alias, language, zone, asked_at: act.now, standby_at: phaseAt(session.starts_at, act.now) === "standby" ? act.now : null, of_seats: session.seats, next_day: nextDay && contact !== undefined, ...sealedContact(house, id, contact, token) })
      .execute();
    await settleLocked(act, session, { asking: id });
    return { seatId: id, token, state: await stateNow(act, id) };
  });

/** One hand that asks for two meetings of a group at one moment waits for itself, so that its seats are counted right. */
const oneAtATime = ({ tx }: Act, person: Buffer) => sql`select pg_advisory_xact_lock(hashtextextended(${person.toString("hex")}, 0))`.execute(tx);

const seatWithKey = async ({ tx }: Act, token: string | undefined) => (token === undefined ? undefined : tx.selectFrom("seats").select(["id", "session_id", "released_at"]).where("key_hash", "=", hashToken(token)).executeTakeFirst());

/** The same hand in one group: of its browser's secret and the group, under the network's key. */
export const personIn = (house: Pick<House, "keys">, series: SeriesId, secret: string): Buffer => house.keys.fingerprint(`group person ${series}`, secret);

function sealedContact(house: Pick<House, "keys">, id: SeatId, contact: Contact | undefined, token: string) {
  if (!contact) return {};
  const { key, wrapped } = house.keys.makeDataKey(contactOf(id));
  return { way: contact.way, contact_sealed: seal(key, contact.address, contactOf(id)), key_sealed: seal(key, token, keyOf(id)), wrapped_key: wrapped };
}

const stateNow = async ({ tx }: Act, id: SeatId): Promise<SeatState> => stateOf(await tx.selectFrom("seats").select(["held_at", "offered_until", "released_at", "released_why"]).where("id", "=", id).executeTakeFirstOrThrow());

/** Runs the rule on a session that this act has locked, writes what it says, and comes back when the clock next has a say. */
async function settleLocked(act: Act, session: Locked, { asking, telling = true }: { readonly asking?: SeatId; /** Offers are told of; not where whoever asks for this tells her more. */ readonly telling?: boolean } = {}): Promise<void> {
  const { tx, now, tell, addJob } = act;
  if (session.cancelled_at) return;
  const facts = { starts: session.starts_at, of: session.seats, now, released: session.released_at !== null };
  const seats = await seatsToSettle(tx, session.series_id, session.id, now);
  const steps = settle(seats, { ...facts, asking });
  // Places are let go of before they are given.
  for (const step of steps.toSorted((a, b) => Number("place" in a) - Number("place" in b))) await take(act, step);
  for (const step of telling ? steps : []) if (step.to === "offered") await addJob("tell-seat", { seatId: step.seat, what: "offered" });
  const over = !facts.released && phaseAt(session.starts_at, now) === "over";
  if (over) await tx.updateTable("group_sessions").set({ released_at: now }).where("id", "=", session.id).execute();
  const look = nextLook(once(seats, steps, now), { ...facts, released: facts.released || over });
  if (look) await addJob("settle-session", { sessionId: session.id }, { runAt: look, key: `settle-session ${session.id}` });
  tell(topicOf(session.id));
}

async function take({ tx, now }: Act, step: Step): Promise<void> {
  const row = tx.updateTable("seats").where("id", "=", step.seat);
  if (step.to === "held") await row.set({ place: step.place, held_at: now, offered_until: null }).execute();
  else if (step.to === "offered") await row.set({ place: step.place, offered_at: now, offered_until: step.until }).execute();
  else if (step.to === "missed_offer") await row.set({ place: null, offered_until: null, offers_missed: sql`offers_missed + 1` }).execute();
  else await row.set({ place: null, released_at: now, released_why: "no_show" }).execute();
}

/** The same within another act, which has the session locked or waits for it here. */
export async function settleIn(act: Act, id: SessionId): Promise<void> {
  const session = await lock(act, id);
  if (session) await settleLocked(act, session);
}

/** By the clock: offers that ran out, seats of those who did not come. Safe to run twice. */
export const settleSession = (house: SeatHouse, id: SessionId): Promise<void> =>
  inTransaction(house, (act) => settleIn(act, id));

/** Does something with her own seat while nobody else touches the session's; false when it is too late for that. */
const withSeat = (house: SeatHouse, scope: SeatScope, change: (act: Act) => Promise<boolean>): Promise<boolean> =>
  inTransaction(house, async (act) => {
    const session = await lock(act, scope.sessionId as SessionId);
    if (!session || !(await change(act))) return false;
    await settleLocked(act, session);
    return true;
  });

const hers = ({ tx }: Act, { seatId }: SeatScope) => tx.updateTable("seats").where("id", "=", seatId).where("released_at", "is", null);

/** No way to reach her, and no key of one. */
export const noContact = { way: null, contact_sealed: null, key_sealed: null, wrapped_key: null };

/** She gives her seat, her offer or her wait back; whoever is next is offered it in the same moment. There is nothing to tell her any more, so how to reach her goes. */
export const giveBack = (house: SeatHouse, scope: SeatScope): Promise<boolean> =>
  withSeat(house, scope, async (act) => (await hers(act, scope).set({ place: null, released_at: act.now, released_why: "given_back", next_day: false, ...noContact }).executeTakeFirst()).numUpdatedRows > 0n);

/** She takes the seat that she is offered; false when the offer has ended. */
export const acceptOffer = (house: SeatHouse, scope: SeatScope): Promise<boolean> =>
  withSeat(house, scope, async (act) => (await hers(act, scope).where("offered_until", ">", act.now).where("held_at", "is", null).set({ held_at: act.now, offered_until: null }).executeTakeFirst()).numUpdatedRows > 0n);

/**
 * Another day suits her better: her seat, or her wait, goes to another meeting of the same group with her name, her link and how to reach her.
 * What she leaves is offered on in the same moment. Where no seat is free there any more, nothing changes, unless she `mayWait`. Not once she came to the lobby.
 */
export const moveSeat = (house: SeatHouse, scope: SeatScope, to: SessionId, mayWait: boolean): Promise<{ readonly state: SeatState } | Refused> =>
  inTransaction(house, async (act): Promise<{ readonly state: SeatState } | Refused> => {
    const { tx, now } = act;
    // In one order, so that two who change places do not wait for one another.
    const locked = new Map<string, Locked | undefined>();
    for (const id of [scope.sessionId as SessionId, to].toSorted()) locked.set(id, await lock(act, id));
    const [from, target] = [locked.get(scope.sessionId), locked.get(to)];
    if (!from || !target || from.id === target.id || from.series_id !== target.series_id) return { refused: "cancelled" };
    const seat = await tx.selectFrom("seats").select(["person", "alias"]).where("id", "=", scope.seatId).where("session_id", "=", from.id).where("released_at", "is", null).where("lobby_at", "is", null).where("came_at", "is", null).executeTakeFirst();
    if (!seat) return { refused: "over" };
    await oneAtATime(act, seat.person);
    const { ahead, ...hand } = await aheadOf(tx, target.series_id, target.id, seat.person, now);
    const refused = refusalFor({ cancelled: target.cancelled_at !== null, closed: target.closed_at !== null, starts: target.starts_at, ...hand, ahead: ahead - 1, now });
    if (refused) return { refused };
    await settleLocked(act, target);
    if (!mayWait && !(await hasRoom(act, target))) return { refused: "filled" };
    const asNew = { place: null, held_at: null, offered_at: null, offered_until: null, offers_missed: 0, standby_at: phaseAt(target.starts_at, now) === "standby" ? now : null };
    await tx.updateTable("seats").set({ ...asNew, session_id: target.id, of_seats: target.seats, alias: distinctAlias(seat.alias, await aliasesIn(tx, target.id)), asked_at: now }).where("id", "=", scope.seatId).execute();
    // What she was told was of another day.
    await tx.deleteFrom("seat_letters").where("seat_id", "=", scope.seatId).execute();
    await settleLocked(act, from);
    await settleLocked(act, target, { asking: scope.seatId as SeatId });
    return { state: await stateNow(act, scope.seatId as SeatId) };
  });

/** Is a seat free in it that is nobody's turn? It was settled before. */
async function hasRoom({ tx }: Act, { id, seats }: Locked): Promise<boolean> {
  const { taken } = await tx.selectFrom("seats").select((eb) => eb.fn.count<number>("place").as("taken")).where("session_id", "=", id).where("released_at", "is", null).executeTakeFirstOrThrow();
  return Number(taken) < seats;
}

/** She has no seat, is here, and would take one that is left. */
export const standBy = (house: SeatHouse, scope: SeatScope): Promise<boolean> =>
  withSeat(house, scope, async (act) => (await hers(act, scope).where("held_at", "is", null).set({ standby_at: act.now }).executeTakeFirst()).numUpdatedRows > 0n);

/** Leaves how to reach her, another way, or none: then what there was is gone with its key. `token`: of her seat, for the link in what she is sent. */
export const keepContact = (house: SeatHouse, { seatId }: SeatScope, contact: Contact | undefined, nextDay: boolean, token: string): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    await tx.updateTable("seats").set({ ...noContact, ...sealedContact(house, seatId as SeatId, contact, token), next_day: nextDay && contact !== undefined }).where("id", "=", seatId).where("released_at", "is", null).execute();
  });

/** The device is somebody else's from now on: where a push would tell of one of these seats, it goes with the way itself. */
export const endPushes = (house: SeatHouse, scopes: readonly SeatScope[]): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    if (scopes.length > 0) await tx.updateTable("seats").set({ ...noContact, next_day: false }).where("id", "in", scopes.map(({ seatId }) => seatId)).where("way", "=", "push").execute();
  });

/** How she leaves: one private tap, which a facilitator sees only where she asked for a talk. */
export const sayLeaving = (house: SeatHouse, { seatId, sessionId }: SeatScope, leaving: Leaving): Promise<void> =>
  inTransaction(house, async ({ tx, tell }) => {
    await tx.updateTable("seats").set({ leaving }).where("id", "=", seatId).where("came_at", "is not", null).execute();
    tell(topicOf(sessionId as SessionId));
  });

/** The seats of a meeting that is cancelled: nobody waits for it any more. Nothing where it was brought back meanwhile. */
export const releaseCancelled = (house: SeatHouse, id: SessionId): Promise<void> =>
  inTransaction(house, async (act) => {
    const { tx, now, tell } = act;
    if (!(await lock(act, id))?.cancelled_at) return;
    await tx.updateTable("seats").set({ place: null, released_at: now, released_why: "session_cancelled" }).where("session_id", "=", id).where("released_at", "is", null).execute();
    tell(topicOf(id));
  });

/**
 * The seats of a meeting that takes place after all: who had one is offered it first, as she may have made other plans by now, also if she once
 * let offers pass; whoever waited waits again, in her old turn. All are told. Not where the same hand asked anew meanwhile.
 */
export async function restoreSeats(act: Act, id: SessionId): Promise<void> {
  const { tx, addJob } = act;
  const session = await lock(act, id);
  if (!session) return;
  const letGo = sql<boolean>`session_id = ${id} and released_why = 'session_cancelled' and not exists (select from seats o where o.session_id = ${id} and o.person = seats.person and o.released_at is null)`;
  const standing = { released_at: null, released_why: null, held_at: null, offered_until: null };
  const held = await tx.updateTable("seats").set({ ...standing, offers_missed: 0 }).where(letGo).where("held_at", "is not", null).returning("id").execute();
  await settleLocked(act, session, { telling: false });
  const waited = await tx.updateTable("seats").set(standing).where(letGo).returning("id").execute();
  await settleLocked(act, session, { telling: false });
  for (const { id: seatId } of [...held, ...waited]) await addJob("tell-seat", { seatId, what: "back" });
}
