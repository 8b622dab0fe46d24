import { audit } from "../../../../../platform/audit/audit.ts";
import { inTransaction, type Act } from "../../../../../platform/db/transaction.ts";
import type { House } from "../../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../../platform/http/scope.ts";
import { networkNow } from "../../../../network/queries.ts";
import { topics } from "../../../events.ts";
import { relist } from "../../../listing/commands.ts";
import type { ServiceId, SourceId } from "../../../types.ts";
import { takeTurn } from "../../commands.ts";
import { WholeRefused, type WholeReason } from "../../types.ts";
import { idsOnlyFrom } from "./queries.ts";

/**
 * Another directory is read no more. What only it stated is stated by nobody from now on, and shown no more; its crisis lines stay, in our own name,
 * unchecked, and so come first in the queue. What one of ours or the owner speaks for stays as it is. Nothing is deleted: added again, the directory
 * finds its records, and what it still gives is shown again. Refused while it is being read, and where it is gone already.
 */
export const takeAway = (house: House, { member }: StaffScope, sourceId: SourceId): Promise<{ readonly refused: "beingRead" | "notHere" } | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now, tell } = act;
    if (!(await takeTurn(tx, sourceId))) return { refused: "beingRead" };
    const source = await tx.updateTable("directory_sources").set({ taken_away_at: now, trouble: null, trouble_since: null }).where("id", "=", sourceId).where("kind", "=", "api").where("taken_away_at", "is", null).returning("id").executeTakeFirst();
    if (!source) return { refused: "notHere" };
    const { going, lines } = await idsOnlyFrom(tx, sourceId);
    await close(act, going);
    await keepLines(act, lines);
    // What is half read stays so: a reading that was cut does not go on, and what differs waits for nobody's decision.
    const reason: WholeReason = "takenAway";
    await tx.deleteFrom("directory_pages").where("import_id", "in", tx.selectFrom("directory_imports").select("id").where("source_id", "=", sourceId)).execute();
    await tx.updateTable("directory_imports").set({ finished_at: now, refused: reason, counts: "{}" }).where("source_id", "=", sourceId).where("finished_at", "is", null).execute();
    await tx.deleteFrom("listing_conflicts").where("source_id", "=", sourceId).where("decided_at", "is", null).execute();
    await tx.deleteFrom("listing_duplicates").where("decided_at", "is", null).where((eb) => eb.or([eb("service_a", "=", eb.fn.any(eb.val(going))), eb("service_b", "=", eb.fn.any(eb.val(going)))])).execute();
    await audit(tx, { memberId: member.memberId, act: "took_directory_away", subjectKind: "import", subjectId: sourceId });
    await relist(act, [...going, ...lines]);
    tell(topics.tending);
    return undefined;
  });

/** Shown no more, and without their digest, so that they open again when the source gives them again as they were. */
async function close({ tx, now }: Act, ids: readonly ServiceId[]): Promise<void> {
  await tx.updateTable("services").set({ status: "inactive", digest: null, edited_at: now }).where((eb) => eb("id", "=", eb.fn.any(eb.val(ids)))).execute();
  await tx.updateTable("listing_claims").set({ superseded_at: now }).where((eb) => eb("service_id", "=", eb.fn.any(eb.val(ids)))).where("superseded_at", "is", null).execute();
}

/** Said by us from now on, as old as it is: nobody has confirmed it, and it grows no younger. */
async function keepLines({ tx, now }: Act, ids: readonly ServiceId[]): Promise<void> {
  const ours = (await networkNow(tx))?.name ?? "Small Hours";
  const said = await tx.updateTable("listing_claims").set({ superseded_at: now }).where((eb) => eb("service_id", "=", eb.fn.any(eb.val(ids)))).where("superseded_at", "is", null).returning(["service_id", "field", "value", "stated_at"]).execute();
  if (said.length > 0) await tx.insertInto("listing_claims").values(said.map((claim) => ({ ...claim, source: ours, method: "edit" }))).execute();
}

/** Nothing comes in of a source that was taken away while it was being asked. */
export async function refuseTakenAway(act: Pick<Act, "tx">, sourceId: SourceId): Promise<void> {
  const { taken_away_at } = await act.tx.selectFrom("directory_sources").select("taken_away_at").where("id", "=", sourceId).executeTakeFirstOrThrow();
  if (taken_away_at) throw new WholeRefused("takenAway");
}
