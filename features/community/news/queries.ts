import { within } from "../../../platform/db/database.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { waysOf } from "../../accounts/queries.ts";
import type { Every, Telling } from "./types.ts";

/** What she asked for, and by which ways she could be told. */
export async function tellingOf({ db, delivery }: Pick<House, "db" | "delivery">, scope: MemberScope): Promise<Telling> {
  const me = scope.member.memberId;
  const [row, ways] = await Promise.all([within(db, scope).selectFrom("news_asks").select("every").where("member_id", "=", me).executeTakeFirst(), waysOf(db, me)]);
  return { every: row?.every as Every | undefined, devices: ways.devices, email: ways.email && delivery.email.canSend };
}
