import { audit } from "../../../platform/audit/audit.ts";
import { hashToken, newToken, seal, unseal } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, StaffRole, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { makeSignInLink } from "../commands.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import { tellOfChange } from "../changes/commands.ts";
import type { InvitationId } from "../types.ts";
import { say } from "../words.ts";
import { invitationDays, leavesACoordinator } from "./rules.ts";

export type NewInvitation = {
  readonly forName: string;
  readonly roles: readonly StaffRole[];
  readonly rolesExpireAt: Instant | undefined;
  readonly email: string | undefined;
  readonly language: Language;
};

/** Invites somebody and answers the token of the one-time link; e-mails the link where an address was given and letters leave. The address is not kept. */
export function invite(house: House, { member }: StaffScope, { forName, roles, rolesExpireAt, email, language }: NewInvitation): Promise<string> {
  const token = newToken();
  return inTransaction(house, async (act) => {
    const { id } = await act.tx
      .insertInto("invitations")
      .values({ token_hash: hashToken(token), for_name: forName, roles: [...roles], roles_expire_at: rolesExpireAt ?? null, invited_by: member.memberId, invited_at: act.now, expires_at: act.now.add({ hours: invitationDays * 24 }) })
      .returning("id")
      .executeTakeFirstOrThrow();
    if (email !== undefined && house.delivery.email.canSend) await addInvitationLetter(house, act, id, { to: email, token, forName, from: member.name, language });
    await audit(act.tx, { memberId: member.memberId, act: "invited", subjectKind: "invitation", subjectId: id, reason: roles.join(" ") });
    return token;
  });
}

/** The waiting job holds address and link sealed, and is gone once the letter is sent. */
async function addInvitationLetter(house: House, { addJob }: Act, id: string, letter: InvitationLetter): Promise<void> {
  const { key, wrapped } = house.keys.makeDataKey(id);
  await addJob("send_invitation", { id, wrapped: wrapped.toString("base64"), sealed: seal(key, JSON.stringify(letter), id).toString("base64") }, { maxAttempts: 8 });
}

type InvitationLetter = { readonly to: string; readonly token: string; readonly forName: string; readonly from: string; readonly language: Language };

/** Sends the letter that a waiting job holds sealed; to nobody if the invitation was withdrawn meanwhile. */
export async function sendInvitation(house: House, { id, wrapped, sealed }: { id: string; wrapped: string; sealed: string }): Promise<void> {
  const open = await house.db.selectFrom("invitations").select("id").where("id", "=", id).where("withdrawn_at", "is", null).where("accepted_at", "is", null).executeTakeFirst();
  if (!open) return;
  const key = house.keys.openDataKey(Buffer.from(wrapped, "base64"), id);
  const { to, token, forName, from, language } = JSON.parse(unseal(key, Buffer.from(sealed, "base64"), id)) as InvitationLetter;
  const t = say(language);
  await house.delivery.email.send({ to, subject: t("invitationLetterSubject", { from }), text: t("invitationLetter", { forName, from, link: `${publicUrl(house)}/join/${token}` }) });
}

/** Takes an invitation back: its link opens nothing from now on. */
export async function withdrawInvitation(house: House, { member }: StaffScope, id: InvitationId): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    const { numUpdatedRows } = await tx.updateTable("invitations").set({ withdrawn_at: now }).where("id", "=", id).where("accepted_at", "is", null).where("withdrawn_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId: member.memberId, act: "withdrew_invitation", subjectKind: "invitation", subjectId: id });
  });
}

export type RoleChange = { readonly changed: true } | { readonly refused: "lastCoordinator" };

/** Gives a role until `expiresAt`, or until it is ended; in place of the same role held now. */
export function giveRole(house: House, { member }: StaffScope, memberId: MemberId, role: StaffRole, expiresAt: Instant | undefined): Promise<RoleChange> {
  return inTransaction(house, async ({ tx, now }) => {
    if (role === "coordinator" && expiresAt && !(await coordinatorsRemain(tx, memberId, expiresAt, now))) return { refused: "lastCoordinator" };
    await tx.updateTable("member_roles").set({ ended_at: now, ended_by: member.memberId }).where("member_id", "=", memberId).where("role", "=", role).where("ended_at", "is", null).execute();
    await tx.insertInto("member_roles").values({ member_id: memberId, role, given_by: member.memberId, given_at: now, expires_at: expiresAt ?? null }).execute();
    await audit(tx, { memberId: member.memberId, act: "gave_role", subjectKind: "member", subjectId: memberId, reason: role });
    return { changed: true };
  });
}

/** Ends a role now. Refused for the last coordinator there is: a network without one could not be looked after. */
export function endRole(house: House, { member }: StaffScope, memberId: MemberId, role: StaffRole): Promise<RoleChange> {
  return inTransaction(house, async ({ tx, now }) => {
    if (role === "coordinator" && !(await coordinatorsRemain(tx, memberId, now, now))) return { refused: "lastCoordinator" };
    const { numUpdatedRows } = await tx.updateTable("member_roles").set({ ended_at: now, ended_by: member.memberId }).where("member_id", "=", memberId).where("role", "=", role).where("ended_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId: member.memberId, act: "ended_role", subjectKind: "member", subjectId: memberId, reason: role });
    return { changed: true };
  });
}

/** Locks the coordinators' rows first, so that two who end each other at one moment do not both succeed. */
async function coordinatorsRemain(tx: Tx, memberId: MemberId, endsAt: Instant, now: Instant): Promise<boolean> {
  const rows = await tx
    .selectFrom("member_roles")
    .innerJoin("members", "members.id", "member_roles.member_id")
    .select(["member_roles.member_id", "expires_at", "ended_at"])
    .where("role", "=", "coordinator")
    .where("ended_at", "is", null)
    .where("left_at", "is", null)
    .orderBy("member_roles.id")
    .forUpdate("member_roles")
    .execute();
  return leavesACoordinator(rows.map((row) => ({ memberId: row.member_id as MemberId, expiresAt: row.expires_at ?? undefined, endedAt: row.ended_at ?? undefined })), memberId, endsAt, now);
}

/** Signs somebody out on every device: a phone was lost, or a role has ended in anger. She is told. */
export function endSessionsOf(house: House, { member }: StaffScope, memberId: MemberId): Promise<void> {
  return inTransaction(house, async (act) => {
    const { tx, now } = act;
    const { numUpdatedRows } = await tx.updateTable("member_sessions").set({ revoked_at: now }).where("member_id", "=", memberId).where("revoked_at", "is", null).where("expires_at", ">", now).executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await audit(tx, { memberId: member.memberId, act: "signed_out_everywhere", subjectKind: "member", subjectId: memberId });
    await tellOfChange(house, act, { memberId }, "sessions_ended");
  });
}

/**
 * Takes away the second steps of somebody who lost them, and signs her out everywhere: when she is back in she sets up another. She is told.
 * Without her phone and her codes nobody else could let her in; that a coordinator could come in for her is why it stands in the audit and on her page.
 */
export function takeStepsAway(house: House, { member }: StaffScope, memberId: MemberId): Promise<void> {
  return inTransaction(house, async (act) => {
    const { tx, now } = act;
    for (const table of ["authenticator_apps", "passkeys", "recovery_codes"] as const) await tx.deleteFrom(table).where("member_id", "=", memberId).execute();
    await tx.updateTable("member_sessions").set({ revoked_at: now }).where("member_id", "=", memberId).where("revoked_at", "is", null).execute();
    await audit(tx, { memberId: member.memberId, act: "took_steps_away", subjectKind: "member", subjectId: memberId });
    await tellOfChange(house, act, { memberId }, "steps_taken_away");
  });
}

/** A link that lets somebody back in who lost her way in, for a coordinator to hand over herself. Her second step stays. */
export async function helpBackIn(house: House, { member }: StaffScope, memberId: MemberId): Promise<string> {
  const path = await makeSignInLink(house, memberId, "email_link");
  await audit(house.db, { memberId: member.memberId, act: "made_sign_in_link", subjectKind: "member", subjectId: memberId });
  return path;
}
