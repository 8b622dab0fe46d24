import { seal } from "../../../../platform/crypto/seal.ts";
import { audit } from "../../../../platform/audit/audit.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import { roomsOf } from "../../../../platform/rooms/rooms.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { writeSessions } from "../../calendar/commands.ts";
import type { Plan, SeriesId } from "../../types.ts";
import { facilitatorsNow, keptSeries } from "../queries.ts";
import { lacksOf, roomBound, roomLacks, standingOf } from "../rules.ts";
import type { Lack, Proposal } from "../types.ts";

/** A plan as its row keeps it. */
export const planColumns = ({ rhythm, starts, at, zone, minutes, until, count }: Plan) => ({ rhythm: JSON.stringify(rhythm), starts_on: starts, at, zone, minutes, until: until ?? null, count: count ?? null });

const whatColumns = ({ kind, language, about, plan, seats, camera, partners, room }: Proposal) => ({ kind, language, about: about ?? null, ...planColumns(plan), seats, camera, partners, room });

/** The address of a room of one's own under a key of this group alone. */
export function sealedAddress({ keys }: Pick<House, "keys">, id: SeriesId, address: string) {
  const { key, wrapped } = keys.makeDataKey(roomBound(id));
  return { room_sealed: seal(key, address, roomBound(id)), wrapped_key: wrapped };
}

function addressColumns(house: House, id: SeriesId, { room, address }: Proposal) {
  if (room !== "link") return { room_sealed: null, wrapped_key: null };
  return address === undefined ? {} : sealedAddress(house, id, address);
}

/** Makes these the facilitators of a group from now on. */
export async function setFacilitators(tx: Tx, id: SeriesId, wanted: readonly MemberId[], now: Instant): Promise<void> {
  const rows = await tx.selectFrom("series_facilitators").select("member_id").where("series_id", "=", id).where("until", "is", null).execute();
  const before = rows.map(({ member_id }) => member_id as MemberId);
  for (const gone of before.filter((one) => !wanted.includes(one))) await tx.updateTable("series_facilitators").set({ until: now }).where("series_id", "=", id).where("member_id", "=", gone).where("until", "is", null).execute();
  for (const come of wanted.filter((one) => !before.includes(one))) await tx.insertInto("series_facilitators").values({ series_id: id, member_id: come, since: now }).onConflict((conflict) => conflict.columns(["series_id", "member_id", "since"]).doUpdateSet({ until: null })).execute();
}

/** Proposes a group, which then waits for a coordinator's yes. The same `id` a second time is the same proposal. */
export const proposeSeries = (house: House, { member }: StaffScope, id: SeriesId, proposal: Proposal): Promise<void> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const made = await tx
      .insertInto("series")
      .values({ id, ...whatColumns(proposal), ...addressColumns(house, id, proposal), proposed_by: member.memberId, proposed_at: now })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) return;
    await setFacilitators(tx, id, proposal.facilitators, now);
    await audit(tx, { memberId: member.memberId, act: "proposed_group", subjectKind: "group", subjectId: id });
    await addJob("tell-staff", { what: "proposed", id, by: member.memberId }, { key: `tell-staff proposed ${id}` });
  });

export type ProposalRefusal = { readonly refused: "decided" } | { readonly refused: "changedMeanwhile" } | { readonly refused: "lacks"; readonly lacks: readonly Lack[] };

/** Changes a proposal and sends it again. Refused once a coordinator said yes, or it was ended. */
export const proposeAgain = (house: House, { member }: StaffScope, id: SeriesId, proposal: Proposal): Promise<ProposalRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const open = await tx.selectFrom("series").select("id").where("id", "=", id).where("approved_at", "is", null).where("ended_at", "is", null).forUpdate().executeTakeFirst();
    if (!open) return { refused: "decided" };
    await tx.updateTable("series").set({ ...whatColumns(proposal), ...addressColumns(house, id, proposal), proposed_at: now }).where("id", "=", id).execute();
    await setFacilitators(tx, id, proposal.facilitators, now);
    await audit(tx, { memberId: member.memberId, act: "proposed_group_again", subjectKind: "group", subjectId: id });
    await addJob("tell-staff", { what: "proposed", id, by: member.memberId }, { key: `tell-staff proposed ${id}` });
    return undefined;
  });

/** What waits under this id, locked to the end of the transaction, if it is what she saw (sent at `seen`). */
async function waiting(tx: Tx, id: SeriesId, seen: Instant) {
  await tx.selectFrom("series").select("id").where("id", "=", id).forUpdate().execute();
  const kept = await keptSeries(tx, id);
  if (!kept || standingOf(kept) !== "waits") return { refused: "decided" } as const;
  return kept.series.proposedAt.equals(seen) ? kept : ({ refused: "changedMeanwhile" } as const);
}

/** A coordinator's yes: from now on the group meets, and its meetings are written down. `seen`: when what she read was sent. */
export const approveSeries = (house: House, { member }: StaffScope, id: SeriesId, seen: Instant): Promise<ProposalRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const kept = await waiting(tx, id, seen);
    if ("refused" in kept) return kept;
    const lacks = [...lacksOf(kept.series, await facilitatorsNow(tx, now), now), ...roomLacks(kept.series, roomsOf(house.rooms, kept.series.room).bears)];
    if (lacks.length > 0) return { refused: "lacks", lacks };
    await tx.updateTable("series").set({ approved_at: now, approved_by: member.memberId }).where("id", "=", id).execute();
    await writeSessions(act, id);
    await audit(tx, { memberId: member.memberId, act: "approved_group", subjectKind: "group", subjectId: id });
    await act.addJob("tell-staff", { what: "answered", id, by: member.memberId }, { key: `tell-staff answered ${id}` });
    return undefined;
  });

/** Not a yes yet: what she would like to be otherwise, for those who proposed it. */
export const sendBack = (house: House, { member }: StaffScope, id: SeriesId, seen: Instant, said: string): Promise<ProposalRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const kept = await waiting(tx, id, seen);
    if ("refused" in kept) return kept;
    await tx.insertInto("series_answers").values({ series_id: id, said, answered_by: member.memberId, answered_at: now }).execute();
    await audit(tx, { memberId: member.memberId, act: "sent_group_back", subjectKind: "group", subjectId: id });
    await addJob("tell-staff", { what: "answered", id, by: member.memberId }, { key: `tell-staff answered ${id}` });
    return undefined;
  });
