import { randomBytes, randomUUID } from "node:crypto";
import { hashToken, newToken } from "../../../platform/crypto/seal.ts";
import { buildApp, type App } from "../../../platform/http/app.tsx";
import type { House } from "../../../platform/http/house.ts";
import { Room } from "../../../platform/http/room.ts";
import { NotHere, OurFault, TooLarge } from "../../safety/apologies/routes.tsx";
import { startOf } from "../calendar/rules.ts";
import type { Plan, SeatId, Series, SeriesId, Session, SessionId } from "../types.ts";
import { feedRoutes, type FeedParts } from "./routes.tsx";
import type { SeatInHand } from "./types.ts";

/** The front door with these pages alone behind it. */
export function feedsApp(house: House, parts: FeedParts): App {
  const room = new Room(house);
  feedRoutes(room, parts);
  return buildApp(house, [room], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });
}

/** A group as the database has it, approved unless said otherwise. */
export async function keepSeries({ db }: Pick<House, "db">, wanted: Series, room?: { readonly sealed: Buffer }): Promise<Series> {
  const { id, kind, language, about, plan, seats, camera, partners, proposedAt, approvedAt, endedAt } = wanted;
  const sealed = room ? { room: "link", room_sealed: room.sealed, wrapped_key: randomBytes(60) } : {};
  await db
    .insertInto("series")
    .values({ id, kind: kind.id, language, about: about ?? null, rhythm: JSON.stringify(plan.rhythm), starts_on: plan.starts, at: plan.at, zone: plan.zone, minutes: plan.minutes, until: plan.until ?? null, count: plan.count ?? null, seats, camera, partners, proposed_at: proposedAt, approved_at: approvedAt ?? null, ended_at: endedAt ?? null, ...sealed })
    .execute();
  return wanted;
}

export async function keepSession({ db }: Pick<House, "db">, { id, seriesId, day, starts, ends, shifted, moved, seats, sequence, changedAt, cancelledAt, cancelReason }: Session): Promise<SessionId> {
  await db
    .insertInto("group_sessions")
    .values({ id, series_id: seriesId, day, starts_at: starts, ends_at: ends, shifted, moved, zones: "2026c", seats, sequence, changed_at: changedAt, cancelled_at: cancelledAt ?? null, cancel_reason: cancelReason ?? null })
    .execute();
  return id;
}

/** A seat of a meeting, with a key that one browser holds: held in this place, or waiting. */
export async function keepSeat({ db, now }: Pick<House, "db" | "now">, session: Session, place: number | undefined): Promise<SeatInHand> {
  const inHand = { id: randomUUID() as SeatId, keyHash: hashToken(newToken()) };
  await db
    .insertInto("seats")
    .values({ id: inHand.id, session_id: session.id, key_hash: inHand.keyHash, person: randomBytes(16), alias: "Wren", language: "en", zone: "America/Los_Angeles", asked_at: now(), of_seats: session.seats, place: place ?? null, held_at: place === undefined ? null : now() })
    .execute();
  return inHand;
}

const instant = (text: string) => Temporal.Instant.from(text);

/** A group that never was in a database. */
export function aSeries({ plan, ...more }: Partial<Omit<Series, "plan">> & { readonly plan?: Partial<Plan> } = {}): Series {
  return {
    id: "7d2f6f0c-5b11-4a56-9a0d-6c1f2f0e6b8e" as SeriesId,
    kind: { id: "after-birth", name: { en: "Pregnancy and after birth", es: "Embarazo y después del parto" }, who: { en: "Parents.", es: "Madres y padres." }, notFor: undefined },
    language: "en",
    about: undefined,
    plan: { rhythm: { every: "weeks", weeks: 1, days: ["TU"] }, starts: Temporal.PlainDate.from("2026-11-24"), at: Temporal.PlainTime.from("19:00"), zone: "America/Los_Angeles", minutes: 90, ...plan },
    seats: 8,
    camera: "welcome",
    partners: true,
    room: "embedded",
    facilitators: [],
    proposedAt: instant("2026-11-01T12:00Z"),
    approvedAt: instant("2026-11-02T12:00Z"),
    endedAt: undefined,
    ...more,
  };
}

/** Its meeting of this day, as it would be written down. */
export function aSession({ id, plan, seats }: Series, day: string, more: Partial<Session> = {}): Session {
  const on = Temporal.PlainDate.from(day);
  const { starts, shifted } = startOf(on, plan.at, plan.zone);
  return {
    id: randomUUID() as SessionId,
    seriesId: id,
    day: on,
    starts,
    ends: starts.add({ minutes: plan.minutes }),
    shifted,
    moved: false,
    seats,
    sequence: 0,
    changedAt: instant("2026-11-02T12:00Z"),
    cancelledAt: undefined,
    cancelReason: undefined,
    openedAt: undefined,
    closedAt: undefined, roomMovedAt: undefined,
    ...more,
  };
}
