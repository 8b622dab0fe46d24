import { hashToken } from "../../../platform/crypto/seal.ts";
import { hashPassphrase } from "../../../platform/crypto/passphrase.ts";
import type { WebAuthnCredential } from "@simplewebauthn/server";
import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, StaffRole } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { addMember, openSession, refusingTwins, type NotMade } from "../commands.ts";
import { keepPasskey } from "../passkeys/commands.ts";

export type Joining = {
  readonly name: string;
  readonly signInName: string;
  readonly language: Language;
  readonly zone: string;
  readonly email: string | undefined;
  readonly device: string;
  /** Others use it. */
  readonly shared: boolean;
  /** One of the two. A passkey was made for the member id that it carries. */
  readonly by: { readonly passphrase: string } | { readonly passkey: WebAuthnCredential; readonly memberId: MemberId };
};

/** Accepts an invitation and answers the token of the first session. Of two who accept one invitation, one joins. */
export async function acceptInvitation(house: House, invitationToken: string, joining: Joining): Promise<{ token: string } | NotMade | { refused: "invitationOver" }> {
  const { by } = joining;
  const passphraseHash = "passphrase" in by ? await hashPassphrase(by.passphrase) : undefined;
  return refusingTwins(() =>
    inTransaction(house, async (act) => {
      const { tx, now } = act;
      const invitation = await tx.updateTable("invitations").set({ accepted_at: now }).where("token_hash", "=", hashToken(invitationToken)).where("accepted_at", "is", null).where("withdrawn_at", "is", null).where("expires_at", ">", now).returningAll().executeTakeFirst();
      if (!invitation) return { refused: "invitationOver" };
      const roles = invitation.roles.map((role) => ({ role: role as StaffRole, expiresAt: invitation.roles_expire_at ?? undefined }));
      const id = await addMember(house, act, { ...joining, ...("passkey" in by ? { id: by.memberId } : {}), passphraseHash, roles, givenBy: (invitation.invited_by as MemberId | null) ?? undefined });
      await tx.updateTable("invitations").set({ accepted_by: id }).where("id", "=", invitation.id).execute();
      if ("passkey" in by) await keepPasskey(act, id, by.passkey, joining.device);
      await audit(tx, { memberId: id, act: "accepted_invitation", subjectKind: "invitation", subjectId: invitation.id });
      return { token: await openSession(house, act, { memberId: id, way: "invitation", device: joining.device, shared: joining.shared, twoStep: "passkey" in by }) };
    }),
  );
}
