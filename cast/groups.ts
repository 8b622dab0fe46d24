import { randomUUID } from "node:crypto";
import { approveSeries, proposeSeries } from "../features/groups/series/proposing/commands.ts";
import type { Proposal } from "../features/groups/series/types.ts";
import { recordTraining } from "../features/groups/series/training/commands.ts";
import { weekdays, type Plan, type SeriesId } from "../features/groups/types.ts";
import type { House } from "../platform/http/house.ts";
import { staffScope, type MemberId, type SessionId, type StaffRole, type StaffScope } from "../platform/http/scope.ts";
import { street, type staffOfTheStreet } from "./people.ts";

type OfTheStreet = Omit<Proposal, "plan" | "facilitators" | "address"> & { readonly plan: Omit<Plan, "starts" | "zone" | "at"> & { readonly at: string } };

/** The groups of the street. One begins each evening at nine, for whoever can't wait for Tuesday. */
export const groupsOfTheStreetAre = {
  evening: {
    kind: "after-birth",
    language: "en",
    about: "An hour at the end of the day. Say how today was, or just listen. Feed, rock, come late, leave early.",
    plan: { rhythm: { every: "weeks", weeks: 1, days: weekdays }, at: "21:00", minutes: 60 },
    seats: 6,
    camera: "off",
    partners: true,
    room: "embedded",
  },
  tarde: {
    kind: "after-birth",
    language: "es",
    about: "Nos juntamos a hablar de lo que nadie cuenta: el llanto, el sueño, la culpa. Puedes hablar o solo escuchar.",
    plan: { rhythm: { every: "weeks", weeks: 1, days: ["WE"] }, at: "18:00", minutes: 90 },
    seats: 6,
    camera: "welcome",
    partners: true,
    room: "embedded",
  },
  fathers: {
    kind: "fathers",
    language: "en",
    about: "Sleep, anger, work, being left out. Fathers who have been there lead it.",
    plan: { rhythm: { every: "weeks", weeks: 1, days: ["TH"] }, at: "20:00", minutes: 75 },
    seats: 6,
    camera: "welcome",
    partners: false,
    room: "embedded",
  },
  loss: {
    kind: "loss",
    language: "en",
    about: "A quiet group. You may say your baby’s name here.",
    plan: { rhythm: { every: "weeks", weeks: 2, days: ["SU"] }, at: "17:00", minutes: 90 },
    seats: 6,
    camera: "hello",
    partners: true,
    room: "embedded",
  },
  intensiveCare: {
    kind: "nicu",
    language: "en",
    about: "For the weeks at the incubator, and the months after.",
    plan: { rhythm: { every: "month", nth: 1, weekday: "SA" }, at: "10:00", minutes: 90 },
    seats: 6,
    camera: "welcome",
    partners: true,
    room: "embedded",
  },
} as const satisfies Record<string, OfTheStreet>;

/** Noor would like to begin this one; Lucía has not answered yet. */
const proposed: OfTheStreet = {
  kind: "anxiety",
  language: "en",
  about: "For heads that do not stop at night. We breathe first, then talk.",
  plan: { rhythm: { every: "weeks", weeks: 1, days: ["SU"] }, at: "02:30", minutes: 45 },
  seats: 6,
  camera: "off",
  partners: true,
  room: "embedded",
};

type People = Record<keyof typeof staffOfTheStreet, MemberId>;

/** Brings the groups of the street in: Noor and Tomás were trained and lead them, and their meetings are written down. */
export async function groupsOfTheStreet(house: House, people: People): Promise<void> {
  const [noor, lucia] = [asHerself(people.noor, "Noor", "facilitator"), asHerself(people.lucia, "Lucía", "coordinator")];
  const starts = house.now().toZonedDateTimeISO(street.zone).toPlainDate();
  for (const one of [people.noor, people.tomas]) await recordTraining(house, lucia, one, starts.subtract({ days: 60 }));
  const propose = async ({ plan, ...group }: OfTheStreet): Promise<SeriesId> => {
    const id = randomUUID() as string as SeriesId;
    await proposeSeries(house, noor, id, { ...group, address: undefined, facilitators: [people.noor, people.tomas], plan: { ...plan, starts, zone: street.zone, at: Temporal.PlainTime.from(plan.at) } });
    return id;
  };
  for (const group of Object.values(groupsOfTheStreetAre)) {
    const id = await propose(group);
    const { proposed_at } = await house.db.selectFrom("series").select("proposed_at").where("id", "=", id).executeTakeFirstOrThrow();
    const refusal = await approveSeries(house, lucia, id, proposed_at);
    if (refusal) throw new Error(`The groups of the street could not begin: ${JSON.stringify(refusal)}`);
  }
  await propose(proposed);
}

/** She acts as she would by her own session. */
const asHerself = (memberId: MemberId, name: string, role: StaffRole): StaffScope => staffScope({ memberId, sessionId: randomUUID() as string as SessionId, name, zone: street.zone, roles: new Set([role]), twoStep: true, hasTwoStep: true, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false });
