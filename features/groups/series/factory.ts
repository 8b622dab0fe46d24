import { randomUUID } from "node:crypto";
import { buildApp, type App } from "../../../platform/http/app.tsx";
import type { House } from "../../../platform/http/house.ts";
import { Room } from "../../../platform/http/room.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { NotHere, OurFault, TooLarge } from "../../safety/apologies/routes.tsx";
import { healthRoutes } from "../health/routes.tsx";
import { seriesOf, sessionsOf } from "../queries.ts";
import type { Plan, Series, SeriesId, Session } from "../types.ts";
import { approveSeries, proposeSeries } from "./proposing/commands.ts";
import { seriesRoutes } from "./routes.tsx";
import { recordTraining } from "./training/commands.ts";
import type { Proposal } from "./types.ts";

/** The pages of those who lead and look after groups, behind the front door. */
export function eveningsApp(house: House): App {
  const room = new Room(house);
  seriesRoutes(room);
  healthRoutes(room);
  return buildApp(house, [room], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });
}

export type Signed = Awaited<ReturnType<typeof makeSignedIn>>;

/** A facilitator who was trained in September. */
export async function makeFacilitator(house: House, coordinator: StaffScope, name: string): Promise<Signed> {
  const one = await makeSignedIn(house, ["facilitator"], { name });
  await recordTraining(house, coordinator, one.id, Temporal.PlainDate.from("2026-09-01"));
  return one;
}

/** Tuesdays at seven in Los Angeles, from today on. */
export const tuesdays: Plan = { rhythm: { every: "weeks", weeks: 1, days: ["TU"] }, starts: Temporal.PlainDate.from("2026-11-24"), at: Temporal.PlainTime.from("19:00"), zone: "America/Los_Angeles", minutes: 90 };

export const aProposal = (facilitators: readonly MemberId[], more: Partial<Proposal> = {}): Proposal => ({ kind: "after-birth", language: "en", about: "We sit together.", plan: tuesdays, seats: 6, camera: "welcome", partners: true, room: "embedded", address: undefined, facilitators, ...more });

/** A group as it was proposed, waiting for a yes. */
export async function propose(house: House, by: StaffScope, proposal: Proposal): Promise<SeriesId> {
  const id = randomUUID() as string as SeriesId;
  await proposeSeries(house, by, id, proposal);
  return id;
}

/** A group that meets. */
export async function makeGroup(house: House, coordinator: StaffScope, facilitators: readonly MemberId[], more: Partial<Proposal> = {}): Promise<SeriesId> {
  const id = await propose(house, coordinator, aProposal(facilitators, more));
  const refusal = await approveSeries(house, coordinator, id, house.now());
  if (refusal) throw new Error(JSON.stringify(refusal));
  return id;
}

export async function groupOf(house: House, id: SeriesId): Promise<{ series: Series; sessions: Session[] }> {
  const [series] = await seriesOf(house.db, { ids: [id] });
  if (!series) throw new Error("There is no such group.");
  return { series, sessions: await sessionsOf(house.db, { series: [id] }) };
}
