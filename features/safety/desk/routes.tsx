import type { z } from "zod";
import { isId } from "../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { ModeratorScope } from "../../../platform/http/scope.ts";
import { show, showPicture } from "../../../platform/http/show.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { topics } from "../events.ts";
import { deskOf } from "../gates.ts";
import type { SafetyAct } from "../policy.ts";
import type { CaseId, DeskPorts } from "../types.ts";
import { decideAppeal } from "./appeals/commands.ts";
import { appealRoutes } from "./appeals/routes.tsx";
import { handoversNow, mineOf, wishesToTalk } from "./care/queries.ts";
import { careRoutes, type QueueShown } from "./care/routes.tsx";
import { claimCase, decideCase, noteLook, releaseCase } from "./commands.ts";
import { answerForm, decisionForm, opinionForm, questionForm, strikeForm } from "./forms.ts";
import { deskLens, deskRefresh } from "./live.tsx";
import { noteShown } from "./looks/commands.ts";
import { looksOn, looksWaiting } from "./looks/queries.ts";
import { lookRoutes } from "./looks/routes.tsx";
import { isOpen, wordsClosed } from "./looks/rules.ts";
import type { PrivateThing } from "./looks/types.ts";
import { askForOpinion, giveOpinion, takeBackQuestion } from "./opinions/commands.ts";
import { showAtDesk } from "./pairing/commands.ts";
import { cannotSit, sitWith } from "./pairing/joining/commands.ts";
import { caseOf, deskNow, inItsRoom } from "./queries.ts";
import { giveStrike } from "./strikes/commands.ts";
import { isRefusal, type CaseShown, type Refusal } from "./types.ts";
import { CasePage, type Done } from "./views/case.tsx";
import { QueuePage } from "./views/queue.tsx";
import { say } from "./words.ts";

type Shown = { readonly done?: Done; readonly refused?: Refusal["refused"]; readonly problems?: Problems; readonly typed?: Typed };
type Made = Refusal | string | undefined;
const dones: readonly Done[] = ["joined", "claimed", "decided", "asked", "given", "told", "answered"];

/** The safety desk: what waits, one case, and what is done with it. */
export function deskRoutes(room: Room, ports: DeskPorts): void {
  const { subjects, pictures = {}, nameBehind = {} } = ports;
  const { house } = room;
  const seesIt = deskOf("seeDesk");

  const queue = async (c: Door, scope: ModeratorScope, status = 200, shown: QueueShown = {}) => {
    const { db, keys } = house;
    const now = house.now();
    const [waiting, mine, handovers, wishes, looks] = await Promise.all([deskNow(db, keys, ports, scope, visitOf(c).language, now), mineOf(db, scope, now), handoversNow(db, keys, scope, now), wishesToTalk(db, scope), looksWaiting(db, keys, scope)]);
    return show(c, <QueuePage staffed={staffedOf(c, house, scope)} {...{ waiting, mine, handovers, wishes, looks, now }} {...shown} />, status);
  };
  room.get("/safety", seesIt, async (c, scope) => {
    await showAtDesk(house, scope);
    return queue(c, scope);
  });
  const refresh = deskRefresh(house, ports);
  room.get("/safety/stream", seesIt, (c, scope) => {
    const still = stillSignedIn(c, house, scope.member);
    // An open desk says that she is there, as long as it is open.
    const stillAllowed = async () => ((await still()) ? (await showAtDesk(house, scope), true) : false);
    return openStream(c, house, { key: scope.member.sessionId, lens: deskLens(scope, visitOf(c).language), seen: 0, stillAllowed }, [{ topic: topics.desk, refresh, atOnce: true }]);
  });

  /** What of a case is open to her now: which looks were asked for, and whether its words are closed. */
  const openTo = async (scope: ModeratorScope, one: CaseShown) => {
    const looks = await looksOn(house.db, house.keys, scope, one.id);
    const opened = (what: PrivateThing) => looks.some((look) => look.what === what && look.askedBy === scope.member.memberId && isOpen(look, house.now()));
    return { looks, opened, closed: wordsClosed(one.state) && !opened("words") };
  };

  const page = async (c: Door, scope: ModeratorScope, status = 200, shown: Shown = {}) => {
    const id = c.req.param("case");
    const one = isId(id) ? await caseOf(house.db, house.keys, scope, id as CaseId, house.now()) : undefined;
    if (!one) return c.notFound();
    await noteLook(house, scope, one.id);
    await showAtDesk(house, scope);
    const { looks, opened, closed } = await openTo(scope, one);
    if (wordsClosed(one.state) && !closed) await noteShown(house, scope, one.id, "words");
    const subject = one.erased || closed ? undefined : await subjects[one.subjectKind]?.(house.db, scope, one.subjectId);
    const standing = await inItsRoom(house.db, ports, scope, visitOf(c).language, one);
    const name = one.withoutName && opened("name") ? await nameBehind[one.subjectKind]?.(house.db, scope, one.subjectId) : undefined;
    if (name !== undefined) await noteShown(house, scope, one.id, "name");
    return show(c, <CasePage staffed={staffedOf(c, house, scope)} {...{ one, subject, closed, looks }} room={standing} nameBehind={name} now={house.now()} {...shown} />, status);
  };
  room.get("/safety/cases/:case", seesIt, (c, scope) => {
    const done = dones.find((name) => c.req.query(name) !== undefined);
    return page(c, scope, 200, done ? { done } : {});
  });

  room.get("/safety/cases/:case/pictures/:picture", seesIt, async (c, scope) => {
    const [id, picture] = [c.req.param("case"), c.req.param("picture")];
    const one = isId(id) ? await caseOf(house.db, house.keys, scope, id as CaseId, house.now()) : undefined;
    const bytes = one && isId(picture) && !one.erased && !(await openTo(scope, one)).closed ? await pictures[one.subjectKind]?.(house.db, scope, one.subjectId, picture) : undefined;
    return bytes ? showPicture(c, bytes) : c.notFound();
  });

  /** What came of an act: back to the case, to what is to be mended, or (`to`) on. */
  const answer = (c: Door, scope: ModeratorScope, made: Made, done: Done | undefined, typed?: Typed) => {
    if (made === undefined) return c.notFound();
    if (isRefusal(made)) return page(c, scope, 409, { ...made, ...(typed ? { typed } : {}) });
    return c.redirect(done ? `/safety/cases/${c.req.param("case")}?${done}` : "/safety", 303);
  };
  const act = (path: string, may: SafetyAct, done: Done | undefined, work: (scope: ModeratorScope, id: CaseId) => Promise<Made>) =>
    room.post(`/safety/cases/:case/${path}`, deskOf(may), async (c, scope) => {
      const id = c.req.param("case");
      return answer(c, scope, isId(id) ? await work(scope, id as CaseId) : undefined, done);
    });
  const actWith = <S extends z.ZodType>(path: string, may: SafetyAct, schema: S, done: Done, work: (scope: ModeratorScope, id: CaseId, form: z.output<S>) => Promise<Made>) =>
    room.post(`/safety/cases/:case/${path}`, deskOf(may), async (c, scope) => {
      const id = c.req.param("case");
      const form = await readForm(c, schema);
      if (!form.ok) return page(c, scope, 422, form);
      return answer(c, scope, isId(id) ? await work(scope, id as CaseId, form.value) : undefined, done, form.typed);
    });

  act("claim", "claimCase", "claimed", (scope, id) => claimCase(house, scope, id));
  act("sit", "sitWith", "joined", (scope, id) => sitWith(house, scope, id));
  act("cannot-sit", "sitWith", undefined, (scope, id) => cannotSit(house, scope, id));
  act("release", "claimCase", undefined, (scope, id) => releaseCase(house, scope, id));
  act("take-back", "askForOpinion", "claimed", (scope, id) => takeBackQuestion(house, scope, id));
  actWith("decide", "decide", decisionForm, "decided", (scope, id, { decision, rule, phrase, postLanguage, note }) => {
    const words = [phrase && say(postLanguage)(`phrase_${phrase}`), note].filter(Boolean).join("\n\n");
    return decideCase(house, scope, id, { decision, rule, note: words });
  });
  actWith("ask", "askForOpinion", questionForm, "asked", (scope, id, { question }) => askForOpinion(house, scope, id, question));
  actWith("opinion", "giveOpinion", opinionForm, "given", (scope, id, { would, opinion }) => giveOpinion(house, scope, id, { would, words: opinion }));
  actWith("strike", "giveStrike", strikeForm, "told", (scope, id, { kind, strikeRule, days, strikeNote }) => giveStrike(house, scope, id, { kind, rule: strikeRule, days, note: strikeNote }));
  actWith("appeal", "decideAppeal", answerForm, "answered", (scope, id, { outcome, answer: words }) => decideAppeal(house, scope, id, { outcome, words }));
  careRoutes(room, queue);
  lookRoutes(room, page);
  appealRoutes(room);
}
