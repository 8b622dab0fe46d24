import { randomUUID } from "node:crypto";
import { startOf } from "../calendar/rules.ts";
import type { Plan, Series, SeriesId, Session, SessionId } from "../types.ts";

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
    closedAt: undefined,
    ...more,
  };
}
