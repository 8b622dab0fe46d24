import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import { meetingsOf, seriesOf, sessionsOf } from "../queries.ts";
import type { SeriesId, Session, SessionId } from "../types.ts";
import { leadersNeeded, leadersOf, roomBound } from "./rules.ts";
import type { Answer, Coming, Cover, Evenings, Facilitator, Kept, Leading, Person, Written } from "./types.ts";

/** Who leads each of these meetings, and who of its group can't. Members who left are not among them. */
export async function leadingOf(db: Reader, ids: readonly SessionId[]): Promise<ReadonlyMap<SessionId, Leading>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ session_id: SessionId; id: MemberId; name: string; kind: Cover["kind"] | null }>`
    select l.session_id, m.id, m.name, l.kind
    from (
      select s.id as session_id, f.member_id, null as kind, f.since as at
      from group_sessions s join series_facilitators f on f.series_id = s.series_id and f.until is null where s.id = any(${[...ids]}::uuid[])
      union all
      select session_id, member_id, kind, at from session_covers where session_id = any(${[...ids]}::uuid[])
    ) l join members m on m.id = l.member_id and m.left_at is null
    order by l.at, m.name, m.id
  `.execute(db);
  const of = Map.groupBy(rows, ({ session_id }) => session_id);
  return new Map(ids.map((id) => [id, leadingFrom(of.get(id) ?? [])]));
}

function leadingFrom(rows: readonly { readonly id: MemberId; readonly name: string; readonly kind: Cover["kind"] | null }[]): Leading {
  const [pair, covers] = [rows.filter(({ kind }) => kind === null), rows.flatMap(({ id, kind }): Cover[] => (kind ? [{ memberId: id, kind }] : []))];
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const named = (id: MemberId): Person => ({ id, name: names.get(id) ?? "" });
  const leaders = leadersOf(pair.map(({ id }) => id), covers);
  return { leaders: leaders.map(named), absent: pair.filter(({ id }) => !leaders.includes(id)).map(({ id }) => named(id)) };
}

/** Who leads this meeting: the facilitators of its group without those who can't that day, and whoever covers. Only who holds the role at `now`. */
export async function leadersOfSession(db: Reader, sessionId: SessionId, now: Instant): Promise<MemberId[]> {
  const [leading, staff] = await Promise.all([leadingOf(db, [sessionId]), staffNow(db, now)]);
  const holds = new Set(staff.filter(({ roles }) => roles.includes("facilitator")).map(({ id }) => id));
  return (leading.get(sessionId)?.leaders ?? []).map(({ id }) => id).filter((id) => holds.has(id));
}

/** Does she lead this meeting? */
export const leads = async (db: Reader, { member }: StaffScope, session: SessionId, now: Instant): Promise<boolean> => (await leadersOfSession(db, session, now)).includes(member.memberId);

/** Whoever holds the role facilitator now, by name, with the last day on which she was trained. */
export async function facilitatorsNow(db: Reader, now: Instant): Promise<Facilitator[]> {
  const staff = (await staffNow(db, now)).filter(({ roles }) => roles.includes("facilitator"));
  if (staff.length === 0) return [];
  const rows = await db.selectFrom("facilitator_trainings").select((eb) => ["member_id", eb.fn.max("trained_on").as("on")]).groupBy("member_id").execute();
  const trained = new Map(rows.map(({ member_id, on }) => [member_id, on]));
  return staff.map(({ id, name }) => ({ id, name, trainedOn: trained.get(id) ?? undefined }));
}

/** Groups with who proposed them and what was answered; of all, or of these. For the gates, and after them. */
export async function keptOf(db: Reader, wanted: Parameters<typeof seriesOf>[1] = {}): Promise<Kept[]> {
  const all = await seriesOf(db, wanted);
  const ids = all.map(({ id }) => id as string);
  if (ids.length === 0) return [];
  const [proposers, answers] = await Promise.all([
    db
      .selectFrom("series")
      .leftJoin("members", "members.id", "series.proposed_by")
      .select(["series.id", "members.id as member_id", "members.name", sql<boolean>`room_sealed is not null`.as("has_address")])
      .where(sql<boolean>`series.id = any(${ids}::uuid[])`)
      .execute(),
    db.selectFrom("series_answers").leftJoin("members", "members.id", "answered_by").select(["series_id", "said", "answered_at", "members.name"]).where(sql<boolean>`series_id = any(${ids}::uuid[])`).orderBy("answered_at").execute(),
  ]);
  const [byId, said] = [new Map(proposers.map((row) => [row.id, row])), Map.groupBy(answers, ({ series_id }) => series_id)];
  return all.map((series) => {
    const row = byId.get(series.id);
    return {
      series,
      proposedBy: row?.member_id && row.name !== null ? { id: row.member_id as MemberId, name: row.name } : undefined,
      answers: (said.get(series.id) ?? []).map((one): Answer => ({ said: one.said, by: one.name ?? undefined, at: one.answered_at })),
      hasAddress: row?.has_address === true,
    };
  });
}

export const keptSeries = async (db: Reader, id: SeriesId): Promise<Kept | undefined> => (await keptOf(db, { ids: [id] }))[0];

/** A group as this person may see it: a coordinator any; its facilitators, and who proposed it, theirs. */
export async function seriesFor(db: Reader, { member }: StaffScope, id: SeriesId): Promise<Kept | undefined> {
  const kept = await keptSeries(db, id);
  const hers = kept?.proposedBy?.id === member.memberId || kept?.series.facilitators.some((one) => one.id === member.memberId);
  return hers || member.roles.has("coordinator") ? kept : undefined;
}

/** The address of a group's own room, opened: for an admitted seat and those who lead alone. Undefined where its room is ours. */
export async function roomAddress(house: { readonly db: Reader; readonly keys: Keys }, id: SeriesId): Promise<string | undefined> {
  const row = await house.db.selectFrom("series").select(["room_sealed", "wrapped_key"]).where("id", "=", id).executeTakeFirst();
  return row?.room_sealed && row.wrapped_key ? unseal(house.keys.openDataKey(row.wrapped_key, roomBound(id)), row.room_sealed, roomBound(id)) : undefined;
}

/** So far ahead the desk shows meetings. */
const deskDays = 28;

export async function eveningsOf(db: Reader, { member }: StaffScope, now: Instant): Promise<Evenings> {
  const coordinator = member.roles.has("coordinator");
  const [meetings, proposed, staff, groups] = await Promise.all([
    meetingsOf(db, { from: now, to: now.add({ hours: deskDays * 24 }) }),
    keptOf(db, { state: "proposed" }),
    facilitatorsNow(db, now),
    seriesOf(db, { state: "meets", ...(coordinator ? {} : { ledBy: member.memberId }) }),
  ]);
  const open = meetings.filter(({ session, series }) => !session.cancelledAt && !session.closedAt && !series.endedAt);
  const leading = await leadingOf(db, open.map(({ session }) => session.id));
  const holds = new Set(staff.map(({ id }) => id));
  const all = open.map((meeting): Coming => {
    const { leaders = [], absent = [] } = leading.get(meeting.session.id) ?? {};
    const held = leaders.filter(({ id }) => holds.has(id));
    return { ...meeting, leaders: held, absent, wanted: held.length < leadersNeeded };
  });
  const me = ({ id }: Person) => id === member.memberId;
  const trained = staff.some((one) => me(one) && one.trainedOn !== undefined);
  return {
    hers: all.filter(({ leaders, absent }) => leaders.some(me) || absent.some(me)),
    all: coordinator ? all : [],
    toCover: trained ? all.filter(({ wanted, leaders, absent, session }) => wanted && !leaders.some(me) && !absent.some(me) && Temporal.Instant.compare(now, session.starts) < 0) : [],
    proposals: proposed.filter((kept) => coordinator || kept.proposedBy?.id === member.memberId || kept.series.facilitators.some(me)),
    groups,
    trained,
  };
}

/** The meetings of a group that were written down and are not over, cancelled ones too, with who leads them. */
export async function comingOf(db: Reader, id: SeriesId, now: Instant): Promise<readonly Written[]> {
  const sessions = await sessionsOf(db, { series: [id], from: now });
  const leading = await leadingOf(db, sessions.map((session) => session.id));
  return sessions.map((session) => ({ ...session, ...(leading.get(session.id) ?? { leaders: [], absent: [] }) }));
}

/** A meeting of this day, where it was written down. */
export async function sessionOn(db: Reader, id: SeriesId, day: Temporal.PlainDate): Promise<Session | undefined> {
  const row = await db.selectFrom("group_sessions").select("id").where("series_id", "=", id).where("day", "=", day).executeTakeFirst();
  return row && (await sessionsOf(db, { ids: [row.id as SessionId] }))[0];
}

export const sessionWith = async (db: Reader, id: SessionId): Promise<Session | undefined> => (await sessionsOf(db, { ids: [id] }))[0];
