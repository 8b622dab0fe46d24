import { randomUUID } from "node:crypto";
import { readForm, readTyped, type FormRead, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handOn } from "../../../../platform/http/step.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { roomsOf } from "../../../../platform/rooms/rooms.ts";
import { z } from "zod";
import { groupKinds } from "../../queries.ts";
import type { SeriesId } from "../../types.ts";
import { seriesAt, staffWho } from "../gates.ts";
import { facilitatorsNow, seriesFor } from "../queries.ts";
import { nextOf, standingOf } from "../rules.ts";
import type { Kept, Proposal } from "../types.ts";
import type { Again } from "../views/mend.tsx";
import { proposeAgain, proposeSeries } from "./commands.ts";
import { keyForm, proposalForm, proposalTyped } from "./forms.ts";
import { namesBoth, pairOf, proposalProblems } from "./rules.ts";
import { CheckPage } from "./views/check.tsx";
import { ProposePage } from "./views/propose.tsx";

/** So many dates are read back before a proposal is sent. */
export const datesShown = 6;

/** A new proposal, or the one that is changed and sent again: the same form, check and act at two addresses. */
export function proposingRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;
  const gate = staffWho("proposeSeries");

  const page = async (c: Door, scope: StaffScope, kept: Kept | undefined, { status = 200, ...again }: Again & { status?: number } = {}) => {
    const [kinds, staff] = await Promise.all([groupKinds(db), facilitatorsNow(db, house.now())]);
    return show(c, <ProposePage {...{ kinds, staff, kept, ...again }} base={baseOf(kept)} staffed={staffedOf(c, house, scope)} />, status);
  };

  const read = async (c: Door, { member }: StaffScope, kept: Kept | undefined): Promise<FormRead<Proposal>> => {
    const form = await readForm(c, proposalForm, ["days"]);
    if (!form.ok) return form;
    const [kinds, staff] = await Promise.all([groupKinds(db), facilitatorsNow(db, house.now())]);
    const problems = proposalProblems(form.value, { member, kinds, staff, kept, bears: roomsOf(house.rooms, form.value.proposal.room).bears, now: house.now() });
    if (Object.keys(problems).length > 0) return { ok: false, problems, typed: form.typed };
    return { ok: true, typed: form.typed, value: { ...form.value.proposal, facilitators: pairOf(form.value, member) } };
  };

  const check = async (c: Door, scope: StaffScope, kept: Kept | undefined) => {
    const form = await read(c, scope, kept);
    if (!form.ok) return page(c, scope, kept, { ...form, status: 422 });
    const { value: proposal, typed } = form;
    const [kinds, staff] = await Promise.all([groupKinds(db), facilitatorsNow(db, house.now())]);
    const kind = kinds.find(({ id }) => id === proposal.kind);
    if (!kind) return c.notFound();
    const facilitators = proposal.facilitators.flatMap((id) => staff.find((one) => one.id === id) ?? []);
    return show(c, <CheckPage {...{ proposal, kind, facilitators, typed }} keyed={keyOf(typed)} base={baseOf(kept)} next={nextOf(proposal.plan, house.now(), datesShown)} now={house.now()} staffed={staffedOf(c, house, scope)} />);
  };

  const again = async (c: Door, scope: StaffScope, kept: Kept | undefined) => page(c, scope, kept, { typed: (await readForm(c, z.unknown())).typed });

  const send = async (c: Door, scope: StaffScope, kept: Kept | undefined) => {
    const form = await read(c, scope, kept);
    if (!form.ok) return page(c, scope, kept, { ...form, status: 422 });
    const id = kept?.series.id ?? (keyOf(form.typed) as SeriesId);
    const refusal = kept ? await proposeAgain(house, scope, id, form.value) : await proposeSeries(house, scope, id, form.value);
    handOn(c, "said", refusal ? "groups_decided" : "groups_proposed");
    return c.redirect(kept ? `/evenings/series/${id}` : "/evenings", 303);
  };

  room.get("/evenings/propose", gate, (c, scope) => page(c, scope, undefined));
  room.post("/evenings/propose/check", gate, (c, scope) => check(c, scope, undefined));
  room.post("/evenings/propose/again", gate, (c, scope) => again(c, scope, undefined));
  room.post("/evenings/propose", gate, (c, scope) => send(c, scope, undefined));

  /** The same of a proposal that she may see and that nobody said yes to. */
  const ofKept = (then: typeof page) => async (c: Door, scope: StaffScope) => {
    const id = seriesAt(c);
    const kept = id && (await seriesFor(db, scope, id));
    return kept && ["waits", "back"].includes(standingOf(kept)) ? then(c, scope, kept) : c.notFound();
  };
  room.get("/evenings/series/:series/proposal", gate, ofKept((c, scope, kept) => page(c, scope, kept, kept ? { typed: proposalTyped(kept, scope.member.memberId, namesBoth(scope.member)) } : {})));
  room.post("/evenings/series/:series/proposal/check", gate, ofKept(check));
  room.post("/evenings/series/:series/proposal/again", gate, ofKept(again));
  room.post("/evenings/series/:series/proposal", gate, ofKept(send));
}

const baseOf = (kept: Kept | undefined): string => (kept ? `/evenings/series/${kept.series.id}/proposal` : "/evenings/propose");

/** The id that this proposal was given on its check page, or one for it. */
function keyOf(typed: Typed): string {
  const form = readTyped(typed, keyForm);
  return form.ok ? form.value.key : randomUUID();
}
