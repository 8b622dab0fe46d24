import { inTransaction } from "../../../platform/db/transaction.ts";
import { hashToken } from "../../../platform/crypto/seal.ts";
import type { House } from "../../../platform/http/house.ts";
import { ownerScope, type OwnerScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Letter } from "../../../platform/delivery/delivery.ts";
import type { ServiceId } from "../types.ts";
import { sendAsk, type WaitingAsk } from "./asking/commands.ts";
import { sendOwnerLink } from "./commands.ts";
import { jobsWaiting } from "../../helpline/board/factory.ts";
import { sql } from "kysely";

type Lettered = House & { readonly letters: readonly Letter[] };

/** Sends every ask that waits, as the worker would, and takes it away. */
export async function sendAsks(house: House): Promise<number> {
  const waiting = await jobsWaiting(house, "ask-owner");
  for (const { payload } of waiting) await sendAsk(house, payload as unknown as WaitingAsk);
  await sql`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'ask-owner'`.execute(house.db);
  return waiting.length;
}

/** The token of a link in a letter or a text. */
export const tokenIn = (text: string): string => /\/keep\/([\w-]{43})(?![\w/-])/.exec(text)?.[1] ?? "";

/** A link to a listing, as it came by e-mail. */
export async function ownerLink(house: Lettered, serviceId: ServiceId, language: Language = "en", address = "moms@circle.example"): Promise<{ token: string; scope: OwnerScope; letter: Letter }> {
  await inTransaction(house, (act) => sendOwnerLink(house, act, serviceId, { way: "email", address, language }));
  await sendAsks(house);
  const letter = house.letters[0];
  if (!letter) throw new Error("no letter came");
  const token = tokenIn(letter.text);
  return { token, scope: ownerScope(serviceId, hashToken(token)), letter };
}
