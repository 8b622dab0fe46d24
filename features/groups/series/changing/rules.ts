import type { Instant } from "../../../../platform/time/time.ts";
import { changesOf, meetingsOf, writtenAhead } from "../../calendar/rules.ts";
import type { Plan, Session } from "../../types.ts";
import type { PlanChange } from "../types.ts";

/** What a plan would make of the meetings that were written down, as `writeSessions` will do it. Days that were left out or moved by hand stay so. */
export function changeBy(plan: Plan, written: readonly Session[], now: Instant): PlanChange {
  const to = now.add({ hours: writtenAhead * 7 * 24 });
  const { changed, gone } = changesOf(meetingsOf(plan, now, to.add({ hours: writtenAhead * 7 * 24 })), written, now, to);
  const starts = new Map(written.map((session) => [session.id, session.starts]));
  const was = (id: Session["id"]) => starts.get(id) ?? now;
  return { moved: changed.filter(({ id, to: there }) => !was(id).equals(there.starts)).map(({ id, to: there }) => ({ from: was(id), to: there.starts })), gone: gone.map(was) };
}
