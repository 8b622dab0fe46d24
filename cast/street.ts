import { randomUUID } from "node:crypto";
import { createMember, makeSignInLink } from "../features/accounts/commands.ts";
import { openConversation } from "../features/helpline/commands.ts";
import type { House } from "../platform/http/house.ts";
import type { MemberId } from "../platform/http/scope.ts";
import { communityOfTheStreet } from "./community.ts";
import { groupsOfTheStreet } from "./groups.ts";
import { listTheStreet } from "./listings.ts";
import { parentsOfTheStreet, phrasesOfTheStreet, staffOfTheStreet, street } from "./people.ts";

/** Brings the demo street in on the first start, and makes sign-in links for one of each role on every start. */
export async function seedTheStreet(house: House): Promise<{ volunteer: string; facilitator: string; coordinator: string; supervisor: string; member: string; moderator: string }> {
  if (!(await house.db.selectFrom("network").select("name").executeTakeFirst())) await fillTheStreet(house);
  const link = async (signInName: string) => {
    const { id } = await house.db.selectFrom("members").select("id").where("sign_in_name", "=", signInName).executeTakeFirstOrThrow();
    return makeSignInLink(house, id as MemberId);
  };
  return { volunteer: await link("ana"), facilitator: await link("noor"), coordinator: await link("lucia"), supervisor: await link("judith"), member: await link("heron"), moderator: await link("wren") };
}

/** The street's network, staff, hours and phrases; no conversations. */
export async function furnishTheStreet(house: House): Promise<Record<keyof typeof staffOfTheStreet, MemberId>> {
  await house.db.insertInto("network").values({ name: street.name, host_organisation: street.host, country: street.country, zone: street.zone, languages: ["en", "es"] }).execute();
  for (let weekday = 1; weekday <= 7; weekday++) await house.db.insertInto("opening_hours").values({ weekday, opens: Temporal.PlainTime.from("08:00"), closes: Temporal.PlainTime.from("23:00") }).execute();
  for (const phrase of phrasesOfTheStreet) await house.db.insertInto("phrases").values(phrase).execute();
  const ids: Record<string, MemberId> = {};
  for (const [key, { roles, ...member }] of Object.entries(staffOfTheStreet)) {
    const made = await createMember(house, { ...member, zone: street.zone, roles: roles.map((role) => ({ role })) });
    if (typeof made !== "string") throw new Error(`The street could not be furnished: ${made.refused}`);
    ids[key] = made;
  }
  return ids as Record<keyof typeof staffOfTheStreet, MemberId>;
}

async function fillTheStreet(house: House): Promise<void> {
  const people = await furnishTheStreet(house);
  await listTheStreet(house);
  await groupsOfTheStreet(house, people);
  await communityOfTheStreet(house, people);
  for (const parent of [parentsOfTheStreet.rosa, parentsOfTheStreet.daniel])
    await openConversation(house, { openingKey: randomUUID(), inDanger: false, zone: street.zone, ...parent });
}
