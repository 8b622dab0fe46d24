import { randomBytes } from "node:crypto";
import { audit } from "../../../platform/audit/audit.ts";
import { hashToken, newToken, seal, unseal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { owesASecondStep } from "../../../platform/http/room.ts";
import type { MemberId, SignedIn, StaffScope } from "../../../platform/http/scope.ts";
import { tellOfChange } from "../changes/commands.ts";
import { dataKeyOf } from "../queries.ts";
import { recoveryCodeHash, useRecoveryCode, type Entered, type Refusal, type SignInTries } from "../sign-in/commands.ts";
import { recoveryCodeFrom } from "../sign-in/rules.ts";
import { newSecret, stepOfCode } from "./rules.ts";

const codesAtOnce = 10;
const boundTo = (memberId: MemberId): string => `authenticator/${memberId}`;

/** A fresh secret for an authenticator app: to show, and sealed for the form, so that nothing is kept before a code was right. */
export async function offerApp(house: House, { member }: StaffScope): Promise<{ secret: string; sealed: string }> {
  const secret = newSecret();
  const key = await dataKeyOf(house.db, house.keys, member.memberId);
  return { secret, sealed: seal(key, secret, boundTo(member.memberId)).toString("base64url") };
}

/** The secret that `offerApp` sealed for her; undefined when the text is not ours or not hers. */
export async function offeredSecret(house: House, { member }: StaffScope, sealed: string): Promise<string | undefined> {
  const key = await dataKeyOf(house.db, house.keys, member.memberId);
  try {
    return unseal(key, Buffer.from(sealed, "base64url"), boundTo(member.memberId));
  } catch {
    return undefined;
  }
}

export type StepSet = { readonly token: string; /** Shown once, where she had none left. */ readonly codes: readonly string[] } | Refusal;

/** Puts the app in force once its first code is right; that code has counted. */
export async function confirmApp(house: House, tries: SignInTries, { member }: StaffScope, secret: string, code: string): Promise<StepSet> {
  const { memberId } = member;
  const seconds = await tries.take(memberId, "");
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  const step = stepOfCode(secret, code, house.now(), undefined);
  if (step === undefined) return { refused: "codeWrong" };
  await tries.forget(memberId, "");
  return inTransaction(house, async (act) => {
    const sealed = seal(await dataKeyOf(act.tx, house.keys, memberId), secret, boundTo(memberId));
    const values = { secret_sealed: sealed, confirmed_at: act.now, last_step: step };
    await act.tx.insertInto("authenticator_apps").values({ member_id: memberId, ...values }).onConflict((twin) => twin.column("member_id").doUpdateSet(values)).execute();
    await audit(act.tx, { memberId, act: "set_up_app", subjectKind: "member", subjectId: memberId });
    await tellOfChange(house, act, member, "app_set_up");
    return { token: await takeStep(act, member), codes: await firstCodes(house, act, memberId) };
  });
}

/** Takes the second step by the app's code or by a recovery code, and answers the session's new token. */
export async function takeStepByCode(house: House, tries: SignInTries, { member }: StaffScope, code: string): Promise<Entered> {
  const { memberId } = member;
  const seconds = await tries.take(memberId, "");
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  const token = await inTransaction(house, async (act) => {
    const right = (await useAppCode(house, act, memberId, code)) || (await useCodeAsSecond(house, act, member, code));
    return right ? takeStep(act, member) : undefined;
  });
  if (token === undefined) return { refused: "codeWrong" };
  await tries.forget(memberId, "");
  return { token };
}

/** One row, locked: of two posts with one code the second finds the step taken. */
async function useAppCode(house: House, { tx, now }: Act, memberId: MemberId, code: string): Promise<boolean> {
  const app = await tx.selectFrom("authenticator_apps").select(["secret_sealed", "last_step"]).where("member_id", "=", memberId).where("confirmed_at", "is not", null).forUpdate().executeTakeFirst();
  if (!app) return false;
  const secret = unseal(await dataKeyOf(tx, house.keys, memberId), app.secret_sealed, boundTo(memberId));
  const step = stepOfCode(secret, code, now, app.last_step ?? undefined);
  if (step === undefined) return false;
  await tx.updateTable("authenticator_apps").set({ last_step: step }).where("member_id", "=", memberId).execute();
  return true;
}

/** A recovery code is no second step for who came in by another one: two papers of one list are one thing. */
async function useCodeAsSecond(house: House, act: Act, { memberId, sessionId }: SignedIn, code: string): Promise<boolean> {
  const session = await act.tx.selectFrom("member_sessions").select("way").where("id", "=", sessionId).executeTakeFirst();
  return session !== undefined && session.way !== "recovery_code" && useRecoveryCode(house, act, memberId, code);
}

/** Marks the step in her session and gives the session another token: who had the old one has nothing. */
export async function takeStep({ tx, now }: Pick<Act, "tx" | "now">, { memberId, sessionId }: SignedIn): Promise<string> {
  const token = newToken();
  await tx.updateTable("member_sessions").set({ token_hash: hashToken(token), two_step_at: now }).where("id", "=", sessionId).execute();
  await audit(tx, { memberId, act: "took_second_step", subjectKind: "session", subjectId: sessionId });
  return token;
}

/** Ten codes for who has none left; none for who still has some. */
export async function firstCodes(house: House, act: Act, memberId: MemberId): Promise<string[]> {
  const left = await act.tx.selectFrom("recovery_codes").select("code_hash").where("member_id", "=", memberId).where("used_at", "is", null).limit(1).executeTakeFirst();
  return left ? [] : makeCodes(house, act, memberId);
}

/** Ten new recovery codes in place of all earlier ones; only their keyed hashes stay. */
export function makeRecoveryCodes(house: House, { member }: StaffScope): Promise<string[]> {
  return inTransaction(house, async (act) => {
    await tellOfChange(house, act, member, "codes_renewed");
    return makeCodes(house, act, member.memberId);
  });
}

async function makeCodes(house: House, { tx }: Act, memberId: MemberId): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => recoveryCodeFrom(randomBytes(12)));
  await tx.deleteFrom("recovery_codes").where("member_id", "=", memberId).execute();
  await tx.insertInto("recovery_codes").values(codes.map((code) => ({ code_hash: recoveryCodeHash(house, memberId, code), member_id: memberId }))).execute();
  await audit(tx, { memberId, act: "made_recovery_codes", subjectKind: "member", subjectId: memberId });
  return codes;
}

/** Takes the app away. Refused for who works here and would have no second step left. */
export function removeApp(house: House, { member }: StaffScope): Promise<{ removed: true } | { refused: "lastStep" }> {
  return inTransaction(house, async (act) => {
    const { tx } = act;
    await tx.selectFrom("members").select("id").where("id", "=", member.memberId).forUpdate().execute();
    const passkey = await tx.selectFrom("passkeys").select("id").where("member_id", "=", member.memberId).limit(1).executeTakeFirst();
    if (!passkey && owesASecondStep(member)) return { refused: "lastStep" };
    const { numDeletedRows } = await tx.deleteFrom("authenticator_apps").where("member_id", "=", member.memberId).executeTakeFirst();
    if (numDeletedRows === 0n) return { removed: true };
    await audit(tx, { memberId: member.memberId, act: "removed_app", subjectKind: "member", subjectId: member.memberId });
    await tellOfChange(house, act, member, "app_removed");
    return { removed: true };
  });
}
