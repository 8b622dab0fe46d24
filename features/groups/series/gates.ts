import { isId } from "../../../platform/http/ids.ts";
import { staff, type Door, type Gate } from "../../../platform/http/room.ts";
import { eveningScope, staffRoles, type EveningScope, type StaffScope } from "../../../platform/http/scope.ts";
import { admitted, may, type GroupsAct } from "../policy.ts";
import type { SeriesId, SessionId } from "../types.ts";
import { keptSeries, leads } from "./queries.ts";

/** Who works with groups: what she reads of them she asks for as `here`, so that the wall shows her no other meeting's. */
export type GroupsScope = StaffScope & { readonly here: EveningScope };

/** Staff whose role the policy names for this act on some condition. */
export function staffWho(act: GroupsAct): Gate<GroupsScope> {
  const door = staff(...staffRoles.filter((role) => admitted(act).includes(role)));
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      return scope === undefined || scope instanceof Response ? scope : { ...scope, here: eveningScope(scope.member, undefined, false) };
    },
  };
}

/** The group that a page is of, `:series`; undefined for what is no id at all. */
export function seriesAt(c: Door): SeriesId | undefined {
  const id = c.req.param("series");
  return isId(id) ? (id as SeriesId) : undefined;
}

/** The meeting that an act is about, `:session`. */
export function sessionAt(c: Door): SessionId | undefined {
  const id = c.req.param("session");
  return isId(id) ? (id as SessionId) : undefined;
}

/** Staff who may do this with the group of `:series`; on the condition `leads` its facilitators. For anyone else it is not there (404). */
export const withSeries = (act: GroupsAct): Gate<GroupsScope> =>
  on(act, async (c, { db }, { member }) => {
    const id = seriesAt(c);
    const kept = id && (await keptSeries(db, id));
    return kept && kept.series.facilitators.some((one) => one.id === member.memberId);
  });

/** The same with the meeting of `:session`, of whoever leads it. */
export const withSession = (act: GroupsAct): Gate<GroupsScope> =>
  on(act, async (c, { db, now }, scope) => {
    const id = sessionAt(c);
    return id && leads(db, scope, id, now());
  });

/** `asksIf` she leads it answers undefined where there is nothing here. */
function on(act: GroupsAct, asksIf: (...asked: [...Parameters<Gate<StaffScope>["open"]>, StaffScope]) => Promise<boolean | undefined>): Gate<GroupsScope> {
  const door = staffWho(act);
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      if (scope === undefined || scope instanceof Response) return scope;
      const hers = await asksIf(c, house, scope);
      return hers !== undefined && may(act, scope.member.roles, hers) ? { ...scope, here: eveningScope(scope.member, sessionAt(c), hers) } : undefined;
    },
  };
}
