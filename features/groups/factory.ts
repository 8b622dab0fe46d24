import { randomUUID } from "node:crypto";
import { inTransaction } from "../../platform/db/transaction.ts";
import type { House } from "../../platform/http/house.ts";
import { newToken } from "../../platform/crypto/seal.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import { writeSessions } from "./calendar/commands.ts";
import { sessionsOf } from "./queries.ts";
import { saveSeat, type Refused, type Saved, type SeatHouse, type SeatWanted } from "./seats/commands.ts";
import type { Camera, Rhythm, RoomKind, SeriesId, Session, SessionId } from "./types.ts";

/** A group as tests want one; what is not said is ordinary: every Tuesday at seven in the evening in Los Angeles, in English. */
export type GroupWanted = {
  readonly kind?: string;
  readonly language?: "en" | "es";
  readonly about?: string;
  readonly rhythm?: Rhythm;
  readonly starts?: string;
  readonly at?: string;
  readonly zone?: string;
  readonly minutes?: number;
  readonly seats?: number;
  readonly camera?: Camera;
  readonly room?: Exclude<RoomKind, "link">;
  readonly approved?: boolean;
  readonly ledBy?: readonly MemberId[];
};

/** A group with its meetings written down, unless it is still to be approved. */
export const makeGroup = (house: Pick<House, "db" | "bus" | "now">, wanted: GroupWanted = {}): Promise<SeriesId> =>
  inTransaction(house, async (act) => {
    const { kind = "after-birth", language = "en", rhythm = { every: "weeks", weeks: 1, days: ["TU"] }, starts = "2026-11-24", at = "19:00", zone = "America/Los_Angeles", minutes = 90, seats = 8, camera = "welcome", room = "embedded", approved = true } = wanted;
    const id = randomUUID() as SeriesId;
    await act.tx
      .insertInto("series")
      .values({ id, kind, language, about: wanted.about ?? null, rhythm: JSON.stringify(rhythm), starts_on: Temporal.PlainDate.from(starts), at: Temporal.PlainTime.from(at), zone, minutes, seats, camera, room, proposed_at: act.now, approved_at: approved ? act.now : null })
      .execute();
    for (const member_id of wanted.ledBy ?? []) await act.tx.insertInto("series_facilitators").values({ series_id: id, member_id, since: act.now }).execute();
    if (approved) await writeSessions(act, id);
    return id;
  });

/** The next meeting of a group. */
export async function nextSession(house: Pick<House, "db" | "now">, series: SeriesId): Promise<Session> {
  const [first] = await sessionsOf(house.db, { from: house.now(), series: [series] });
  if (!first) throw new Error("This group does not meet.");
  return first;
}

/** Somebody at the page of a meeting; a hand of her own unless one is given. */
export const aSeat = (house: SeatHouse, sessionId: SessionId, more: Partial<SeatWanted> = {}): Promise<Saved | Refused> =>
  saveSeat(house, { sessionId, alias: "Maya", language: "en", zone: "America/Los_Angeles", person: newToken(), contact: undefined, nextDay: false, ...more });
