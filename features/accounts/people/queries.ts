import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId, StaffRole, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { HeldRole, HeldRoleId, Invitation, InvitationId, Person } from "../types.ts";

/** Everybody on the staff who has not left, by name, with the roles not ended by hand. Members of the community are nobody's list. */
export async function people(db: Reader, _scope: StaffScope): Promise<Person[]> {
  const members = await db.selectFrom("members").select(["id", "name", "sign_in_name", "joined_at"]).where("left_at", "is", null).where(({ not, exists, selectFrom }) => not(exists(selectFrom("member_roles").select("id").whereRef("member_id", "=", "members.id").where("role", "=", "member")))).orderBy("name").orderBy("id").execute();
  const held = await db.selectFrom("member_roles").select(["id", "member_id", "role", "expires_at", "ended_at"]).where("ended_at", "is", null).orderBy("given_at").execute();
  return members.map(({ id, name, sign_in_name, joined_at }) => ({
    id: id as MemberId,
    name,
    signInName: sign_in_name,
    joinedAt: joined_at,
    roles: held.filter(({ member_id }) => member_id === id).map((row): HeldRole => ({ id: row.id as HeldRoleId, role: row.role as StaffRole, expiresAt: row.expires_at ?? undefined, endedAt: row.ended_at ?? undefined })),
  }));
}

/** One of them; undefined where there is nobody of this id. */
export async function person(db: Reader, scope: StaffScope, id: string): Promise<Person | undefined> {
  return (await people(db, scope)).find((one) => one.id === id);
}

/** The member of the community who signs in with this name, or is known by it in the forum: that there is one, and nothing of her. */
export async function memberCalled(db: Reader, _scope: StaffScope, name: string): Promise<MemberId | undefined> {
  const row = await db
    .selectFrom("members as m")
    .leftJoin("handles as h", "h.member_id", "m.id")
    .select("m.id")
    .where("m.left_at", "is", null)
    .where(({ exists, selectFrom }) => exists(selectFrom("member_roles as r").select("r.id").whereRef("r.member_id", "=", "m.id").where("r.role", "=", "member")))
    .where((is) => is.or([is("m.sign_in_name", "=", name.toLowerCase()), is(is.fn<string>("lower", ["h.handle"]), "=", name.toLowerCase())]))
    .orderBy(({ eb }) => eb("m.sign_in_name", "=", name.toLowerCase()), "desc")
    .executeTakeFirst();
  return row && (row.id as MemberId);
}

/** Invitations that can still be accepted at `now`, the newest first. */
export async function openInvitations(db: Reader, _scope: StaffScope, now: Instant): Promise<Invitation[]> {
  const rows = await db.selectFrom("invitations").selectAll().where("accepted_at", "is", null).where("withdrawn_at", "is", null).where("expires_at", ">", now).orderBy("invited_at", "desc").execute();
  return rows.map((row) => ({
    id: row.id as InvitationId,
    forName: row.for_name,
    roles: row.roles as StaffRole[],
    rolesExpireAt: row.roles_expire_at ?? undefined,
    expiresAt: row.expires_at,
    acceptedAt: undefined,
    withdrawnAt: undefined,
  }));
}
