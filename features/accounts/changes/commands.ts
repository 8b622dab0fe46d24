import { unseal } from "../../../platform/crypto/seal.ts";
import type { Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import type { MemberId, SessionId, StaffScope } from "../../../platform/http/scope.ts";
import { isLanguage } from "../../../platform/i18n/words.ts";
import { dayAndTime, zoneName, type Instant } from "../../../platform/time/time.ts";
import { emailBound, emailOf } from "../queries.ts";
import { say } from "../words.ts";
import type { Change } from "./types.ts";

/**
 * A letter to her once this act has committed, so that somebody else's change does not stay unseen. `to`: her address as it is sealed
 * with her key, where it is not the present one. Whom no letter reaches is told on her next page, in every session but `sessionId`, which did it.
 */
export async function tellOfChange({ delivery }: House, { tx, addJob, now }: Act, { memberId, sessionId }: { readonly memberId: MemberId; readonly sessionId?: SessionId }, change: Change, to?: Buffer): Promise<void> {
  const reached = delivery.email.canSend && (to ?? (await tx.selectFrom("members").select("email_sealed").where("id", "=", memberId).executeTakeFirst())?.email_sealed);
  if (!reached) {
    await tx.insertInto("change_notices").values({ member_id: memberId, change, by_session: sessionId ?? null, at: now }).execute();
    return;
  }
  await addJob("tell_of_change", { memberId, change, at: now.toString(), ...(to ? { to: to.toString("base64") } : {}) }, { maxAttempts: 8 });
}

/** She knows of what this page told her, the last of which was at `until`. */
export async function knowOfChanges({ db }: Pick<House, "db">, { member }: StaffScope, until: Instant): Promise<void> {
  const hers = await db.selectFrom("change_notices").select("id").where("member_id", "=", member.memberId).where("at", "<=", until).execute();
  if (hers.length > 0) await db.insertInto("change_notices_seen").values(hers.map(({ id }) => ({ notice_id: id, session_id: member.sessionId }))).onConflict((twin) => twin.doNothing()).execute();
}

export type Told = { readonly memberId: MemberId; readonly change: Change; readonly at: Instant; readonly to?: string | undefined };

/** Sends the letter, in her language. It holds no code, no name of a device and no link that signs in. */
export async function sendChangeLetter(house: House, { memberId, change, at, to: sealed }: Told): Promise<void> {
  const member = await house.db.selectFrom("members").select(["name", "language", "zone", "wrapped_key"]).where("id", "=", memberId).where("left_at", "is", null).executeTakeFirst();
  if (!member) return;
  const to = sealed ? unseal(house.keys.openDataKey(member.wrapped_key, memberId), Buffer.from(sealed, "base64"), emailBound(memberId)) : await emailOf(house, memberId);
  if (!to) return;
  const { name, zone } = member;
  const language = isLanguage(member.language) ? member.language : "en";
  const t = say(language);
  const when = { time: dayAndTime(at, zone, language), zone: zoneName(zone, language, at) };
  await house.delivery.email.send({ to, subject: t("changeLetterSubject"), text: t("changeLetter", { name, what: t(`change_${change}`), ...when, link: `${publicUrl(house)}/account` }) });
}
