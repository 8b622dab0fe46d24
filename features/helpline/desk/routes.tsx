import { randomUUID } from "node:crypto";
import { audit } from "../../../platform/audit/audit.ts";
import { readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { ConversationId, DeskScope, MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { show, showInFrame } from "../../../platform/http/show.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { cursorOf, isCursor } from "../../../platform/live/hub.ts";
import { listingsToName, listingToName, type Naming } from "../../directory/queries.ts";
import { networkNow, zoneFor } from "../../network/queries.ts";
import { parentLinesFor } from "../../safety/queries.ts";
import { markShown, sendMessage } from "../commands.ts";
import { topics } from "../events.ts";
import { inConversation, staffWho } from "../gates.ts";
import { asLens, listeningTo } from "../live.ts";
import { shownForm } from "../parent/forms.ts";
import { conversationsHeld, conversationsWaiting, entriesAfter, standingOf } from "../queries.ts";
import { isRefusal, type RefusalKey } from "../types.ts";
import { goOffDuty, goOnDuty, handOver, inviteSupervisor, joinConversation, leaveConversation, refer, signOfLife, takeConversation, writeNote } from "./commands.ts";
import { handoverForm, lookForm, noteForm, referralForm, shiftForm } from "./forms.ts";
import { queueRefresh } from "./live.tsx";
import { colleaguesFree, deskFacts, myShift, openedLately, phrasesIn } from "./queries.ts";
import { DeskConversation } from "./views/conversation.tsx";
import { Desk, refusalWords } from "./views/desk.tsx";
import { Handover } from "./views/handover.tsx";
import { DeskNewWords } from "./views/new-words.tsx";
import { Referral, type Looked } from "./views/referral.tsx";
import { say } from "./words.ts";

/** The volunteer's side: duty, queue, conversations. */
export function deskRoutes(room: Room): void {
  const { house } = room;
  const { assets, db, keys } = house;
  const limits = limitsOf(house);
  const at = (scope: DeskScope) => `/desk/conversations/${scope.conversationId}`;

  const desk = async (c: Door, scope: StaffScope, more: { refused?: RefusalKey; problems?: Problems; typed?: Typed } = {}) => {
    await signOfLife(house, scope.member.memberId);
    const [shift, waiting, held, zone] = await Promise.all([myShift(db, scope), conversationsWaiting(db, scope), conversationsHeld(db, scope), zoneFor(db, visitOf(c))]);
    return show(c, <Desk visit={visitOf(c)} member={scope.member} now={house.now()} {...{ assets, shift, waiting, held, zone, ...more }} />, more.problems ? 422 : more.refused ? 409 : 200);
  };

  room.get("/desk", staffWho("seeQueue"), (c, scope) => desk(c, scope));

  room.get("/desk/stream", staffWho("seeQueue"), (c, scope) => {
    const lens = JSON.stringify({ language: visitOf(c).language, memberId: scope.member.memberId });
    return openStream(c, house, { key: scope.member.sessionId, lens, seen: 0, stillAllowed: stillSignedIn(c, house, scope.member) }, [{ topic: topics.queue, refresh: queueRefresh(house), atOnce: true }]);
  });

  room.post("/desk/alive", staffWho("goOnDuty"), async (c, scope) => {
    await signOfLife(house, scope.member.memberId);
    return c.body(null, 204);
  });

  room.post("/desk/shift", staffWho("goOnDuty"), async (c, scope) => {
    const form = await readForm(c, shiftForm, ["languages"]);
    if (!form.ok) return desk(c, scope, { problems: form.problems, typed: form.typed });
    await goOnDuty(house, scope, form.value);
    return c.redirect("/desk", 303);
  });

  room.post("/desk/shift/end", staffWho("goOnDuty"), async (c, scope) => {
    await goOffDuty(house, scope);
    return c.redirect("/desk", 303);
  });

  room.post("/desk/conversations/:id/claim", staffWho("takeConversation"), async (c, scope) => {
    const id = c.req.param("id");
    if (!isId(id)) return c.notFound();
    const taken = await takeConversation(house, scope, id as ConversationId);
    return isRefusal(taken) ? desk(c, scope, { refused: taken.refused }) : c.redirect(at(taken), 303);
  });

  const noteOpened = (scope: DeskScope) => audit(db, { memberId: scope.member.memberId, act: "opened", subjectKind: "conversation", subjectId: scope.conversationId });

  const conversation = async (c: Door, scope: DeskScope, again: { problem?: string; typed?: string; note?: { problem: string; typed: Typed } } = {}) => {
    const visit = visitOf(c);
    const standing = await standingOf(db, scope);
    if (!standing) return c.notFound();
    const [entries, facts, phrases, zone] = await Promise.all([entriesAfter(db, keys, scope, 0), deskFacts(db, keys, scope), phrasesIn(db, scope, standing.language), zoneFor(db, visitOf(c))]);
    await noteOpened(scope);
    if (scope.holding) await markShown(house, scope, standing.lastSeq);
    return show(c, <DeskConversation {...{ visit, assets, zone, standing, entries, facts, phrases, ...again }} member={scope.member} holding={scope.holding} messageKey={randomUUID()} noteKey={randomUUID()} />, again.problem || again.note ? 422 : 200);
  };

  room.get("/desk/conversations/:id", inConversation("readConversation"), (c, scope) => conversation(c, scope));

  room.get("/desk/conversations/:id/stream", inConversation("readConversation"), async (c, scope) => {
    const zone = await zoneFor(db, visitOf(c));
    const lens = asLens({ side: "desk", language: visitOf(c).language, zone, memberId: scope.member.memberId, roles: [...scope.member.roles] });
    const seen = cursorOf(c.req.header("last-event-id") ?? c.req.query("after"));
    await noteOpened(scope);
    return openStream(c, house, { key: scope.member.sessionId, lens, seen, stillAllowed: stillSignedIn(c, house, scope.member) }, listeningTo(house, scope.conversationId, "desk"));
  });

  room.get("/desk/conversations/:id/new/:after", inConversation("readConversation"), async (c, scope) => {
    const after = c.req.param("after");
    const standing = isCursor(after) ? await standingOf(db, scope) : undefined;
    if (!standing) return c.notFound();
    const [entries, zone] = await Promise.all([entriesAfter(db, keys, scope, cursorOf(after)), zoneFor(db, visitOf(c))]);
    if (!(await openedLately(db, scope))) await noteOpened(scope);
    if (scope.holding) await markShown(house, scope, standing.lastSeq);
    return showInFrame(c, <DeskNewWords visit={visitOf(c)} {...{ assets, standing, entries, zone }} />);
  });

  room.post("/desk/conversations/:id/messages", inConversation("writeMessage"), async (c, scope) => {
    const t = say(visitOf(c).language);
    const quick = c.req.header("accept") === "application/json";
    const form = await readForm(c, noteForm);
    const refuse = (key: string) => (quick ? c.json({ problem: t(key as "sendFailed") }, 422) : conversation(c, scope, { problem: t(key as "sendFailed"), typed: typedText(form.typed, "words") }));
    if (!form.ok) return refuse(Object.values(form.problems)[0] ?? "problemForm");
    if (await limits.tooManyMessages(`desk ${scope.conversationId}`)) return refuse("tooFast");
    const sent = await sendMessage(house, scope, form.value.words, form.value.key);
    if (isRefusal(sent)) return refuse(refusalWords[sent.refused]);
    return quick ? c.json(sent) : c.redirect(`${at(scope)}#words`, 303);
  });

  room.post("/desk/conversations/:id/writing", inConversation("writeMessage"), async (c, scope) => {
    if (await limits.tooManyActs(`writing ${scope.member.memberId} ${scope.conversationId}`)) return c.body(null, 429);
    house.bus.tell([topics.writing(scope.conversationId, "desk")]);
    return c.body(null, 204);
  });

  room.post("/desk/conversations/:id/shown", inConversation("writeMessage"), async (c, scope) => {
    if (await limits.tooManyActs(`shown ${scope.member.memberId} ${scope.conversationId}`)) return c.body(null, 429);
    const form = await readForm(c, shownForm);
    if (form.ok) await markShown(house, scope, form.value.seq);
    return c.body(null, 204);
  });

  room.post("/desk/conversations/:id/notes", inConversation("writeNote"), async (c, scope) => {
    const form = await readForm(c, noteForm.omit({ words: true }).extend({ note: noteForm.shape.words }));
    if (!form.ok) return conversation(c, scope, { note: { problem: say(visitOf(c).language)(Object.values(form.problems)[0] as "problemForm"), typed: form.typed } });
    await writeNote(house, scope, form.value.note, form.value.key);
    return c.redirect(at(scope), 303);
  });

  const handover = async (c: Door, scope: DeskScope, problems?: Problems, typed?: Typed) => {
    const colleagues = await colleaguesFree(db, scope, house.now());
    return show(c, <Handover visit={visitOf(c)} member={scope.member} at={at(scope)} {...{ assets, colleagues, problems, typed }} />, problems ? 422 : 200);
  };

  room.get("/desk/conversations/:id/handover", inConversation("handOver"), (c, scope) => handover(c, scope));

  room.post("/desk/conversations/:id/handover", inConversation("handOver"), async (c, scope) => {
    const form = await readForm(c, handoverForm);
    if (!form.ok) return handover(c, scope, form.problems, form.typed);
    const refusal = await handOver(house, scope, form.value.to === "queue" ? undefined : (form.value.to as MemberId), form.value.note);
    if (refusal) return handover(c, scope, { [refusal.refused === "noteMissing" ? "note" : "to"]: refusalWords[refusal.refused] }, form.typed);
    return c.redirect("/desk", 303);
  });

  room.post("/desk/conversations/:id/invitation", inConversation("inviteSupervisor"), async (c, scope) => {
    await inviteSupervisor(house, scope);
    return c.redirect(at(scope), 303);
  });

  room.post("/desk/conversations/:id/join", inConversation("joinConversation"), async (c, scope) => {
    await joinConversation(house, scope);
    return c.redirect(at(scope), 303);
  });

  room.post("/desk/conversations/:id/leave", inConversation("joinConversation"), async (c, scope) => {
    await leaveConversation(house, scope);
    return c.redirect("/desk", 303);
  });

  /** In whose language, and for which country, something is named to the parent of this conversation. */
  const namingFor = async (c: Door, scope: DeskScope): Promise<Naming> => {
    const [standing, network] = await Promise.all([standingOf(db, scope), networkNow(db)]);
    return { language: standing?.language ?? "en", country: network?.country ?? visitOf(c).country ?? "US", zone: network?.zone ?? "UTC", now: house.now() };
  };
  const linesFor = ({ language, country }: Naming) => parentLinesFor(language, country).map(({ name, acts, site }) => ({ name, contact: [...acts.map(({ label }) => label), site?.label ?? ""].filter(Boolean).join(" · ") }));

  const referral = async (c: Door, scope: DeskScope, naming: Naming, looked?: Looked) => {
    const lines = linesFor(naming).map(({ name, contact }) => ({ value: name, name, more: contact }));
    return show(c, <Referral visit={visitOf(c)} assets={assets} member={scope.member} at={at(scope)} messageKey={randomUUID()} lines={lines} looked={looked} />);
  };

  room.get("/desk/conversations/:id/referral", inConversation("refer"), async (c, scope) => referral(c, scope, await namingFor(c, scope)));

  room.post("/desk/conversations/:id/referral/find", inConversation("refer"), async (c, scope) => {
    const form = await readForm(c, lookForm);
    const naming = await namingFor(c, scope);
    if (!form.ok) return referral(c, scope, naming);
    const found = await listingsToName(db, form.value, { ...naming, language: visitOf(c).language });
    return referral(c, scope, naming, { ...form.value, found: found.map(({ id, name, what, contact, mark }) => ({ value: id, name, more: [what, contact, mark].filter(Boolean).join("\n") })) });
  });

  room.post("/desk/conversations/:id/referral", inConversation("refer"), async (c, scope) => {
    const form = await readForm(c, referralForm);
    const naming = await namingFor(c, scope);
    const line = form.ok ? linesFor(naming).find(({ name }) => name === form.value.line) : undefined;
    const listing = form.ok && form.value.listing ? await listingToName(db, form.value.listing, naming) : undefined;
    const named = listing ?? line;
    if (!form.ok || !named) return c.redirect(`${at(scope)}/referral`, 303);
    await refer(house, scope, named.name, say(naming.language)(listing ? "referListing" : "referText", named), form.value.key);
    return c.redirect(at(scope), 303);
  });
}
