import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { DeskScope, ModeratorScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { InItsRoom } from "../../safety/types.ts";
import { may } from "../policy.ts";
import { boundTo } from "../rules.ts";
import type { ConcernId, ConcernStep, ConversationId, MemberId, Worksheet } from "../types.ts";
import { say } from "./words.ts";

/** A concern as those see it who may work on it. Instants are when each thing happened; names are first names. */
export type Concern = {
  readonly id: ConcernId;
  readonly source: "parent_said" | "volunteer";
  readonly raisedAt: Instant;
  readonly raisedById: MemberId | undefined;
  readonly raisedBy: string | undefined;
  /** Undefined before the first save, and once the conversation is erased. */
  readonly worksheet: Worksheet | undefined;
  readonly step: ConcernStep | undefined;
  /** Names the saved sheet; another save gives another name. */
  readonly version: string;
  readonly acknowledgedBy: string | undefined;
  readonly acknowledgedAt: Instant | undefined;
  readonly closedBy: string | undefined;
  readonly closedAt: Instant | undefined;
  readonly erased: boolean;
  readonly pages: readonly { readonly name: string; readonly pagedAt: Instant }[];
};

/** What names a saved sheet: the tag under which it was sealed, new at every save. */
export const versionOf = (sealed: Buffer | null): string => sealed?.subarray(-16).toString("base64url") ?? "";

export function openSheet(keys: Keys, wrapped: Buffer | null, sealed: Buffer | null, conversationId: ConversationId): Worksheet | undefined {
  if (!wrapped || !sealed) return undefined;
  return JSON.parse(unseal(keys.openDataKey(wrapped, conversationId), sealed, boundTo(conversationId, "worksheet"))) as Worksheet;
}

/** The open concern of this conversation; without one, the last that was closed. */
export async function concernOf(reader: Reader, keys: Keys, scope: DeskScope): Promise<Concern | undefined> {
  const db = within(reader, scope);
  const row = await db
    .selectFrom("concerns as n")
    .innerJoin("conversations as c", "c.id", "n.conversation_id")
    .leftJoin("members as r", "r.id", "n.raised_by")
    .leftJoin("members as a", "a.id", "n.acknowledged_by")
    .leftJoin("members as d", "d.id", "n.closed_by")
    .select(["n.id", "n.source", "n.raised_at", "n.raised_by", "n.worksheet_sealed", "n.step", "n.acknowledged_at", "n.closed_at", "c.wrapped_key", "c.erased_at"])
    .select(["r.name as raised_name", "a.name as acknowledged_name", "d.name as closed_name"])
    .where("n.conversation_id", "=", scope.conversationId)
    .orderBy(sql`n.closed_at is null`, "desc")
    .orderBy("n.raised_at", "desc")
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id as ConcernId,
    source: row.source as Concern["source"],
    raisedAt: row.raised_at,
    raisedById: (row.raised_by ?? undefined) as MemberId | undefined,
    raisedBy: row.raised_name ?? undefined,
    worksheet: openSheet(keys, row.wrapped_key, row.worksheet_sealed, scope.conversationId),
    step: (row.step ?? undefined) as ConcernStep | undefined,
    version: versionOf(row.worksheet_sealed),
    acknowledgedBy: row.acknowledged_name ?? undefined,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    closedBy: row.closed_name ?? undefined,
    closedAt: row.closed_at ?? undefined,
    erased: row.erased_at !== null,
    pages: await pagesOf(db, row.id as ConcernId),
  };
}

async function pagesOf(db: Reader, id: ConcernId): Promise<Concern["pages"]> {
  const rows = await db
    .selectFrom("concern_pages as p")
    .innerJoin("members as m", "m.id", "p.member_id")
    .select(["m.name", "p.paged_at"])
    .where("p.concern_id", "=", id)
    .orderBy("p.paged_at")
    .execute();
  return rows.map((row) => ({ name: row.name, pagedAt: row.paged_at }));
}

/** How these concerns stand, for the safety desk: who said it and who has it, and nothing of what was written. The acting is done on the page of each. */
export async function concernsForDesk(db: Reader, { member }: ModeratorScope, language: Language, ids: readonly string[]): Promise<ReadonlyMap<string, InItsRoom>> {
  const t = say(language);
  const rows = await db
    .selectFrom("concerns as n")
    .innerJoin("conversations as c", "c.id", "n.conversation_id")
    .leftJoin("members as r", "r.id", "n.raised_by")
    .leftJoin("members as a", "a.id", "n.acknowledged_by")
    .select(["n.id", "n.conversation_id", "n.source", "n.acknowledged_by", "n.closed_at", "c.erased_at", "r.name as raised_name", "a.name as acknowledged_name"])
    .where("n.id", "in", [...ids])
    .execute();
  return new Map(
    rows.map((row) => {
      const holder = row.acknowledged_by ? { memberId: row.acknowledged_by as MemberId, name: row.acknowledged_name ?? "" } : undefined;
      const state = row.closed_at ? t("deskClosed") : holder ? t("deskHas", { name: holder.name }) : t("deskNobody");
      return [
        row.id,
        {
          // Whoever may not open the conversation works on it from the board.
          path: may("readConversation", member.roles, false) ? `/desk/conversations/${row.conversation_id}/concern` : "/board",
          where: row.source === "parent_said" ? t("source_parent_said") : t("raisedBy", { name: row.raised_name ?? "" }),
          state: row.erased_at ? `${state} · ${t("deskErased")}` : state,
          claim: { holder, takeAt: `/desk/concerns/${row.id}/acknowledge` },
        },
      ];
    }),
  );
}
