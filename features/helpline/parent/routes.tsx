import { randomUUID } from "node:crypto";
import { isToken } from "../../../platform/crypto/seal.ts";
import { readSixWords, sixWords } from "../../../platform/crypto/six-words.ts";
import { dropCookie, readCookie, writeCookie } from "../../../platform/http/cookies.ts";
import { handed, handedOnce, handOn } from "../../../platform/http/step.ts";
import { readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { openerAt } from "../../../platform/http/opener.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import type { ParentScope } from "../../../platform/http/scope.ts";
import { show, showInFrame } from "../../../platform/http/show.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { visitOf, type Visit } from "../../../platform/http/visit.ts";
import { cursorOf, isCursor } from "../../../platform/live/hub.ts";
import { networkNow, zoneFor } from "../../network/queries.ts";
import { careCardFor } from "../../safety/queries.ts";
import { blockedUntil } from "../blocks/queries.ts";
import { Denied } from "../blocks/views/denied.tsx";
import { endConversation, markShown, openConversation, reopenByCode, sayIfItHelped, sendMessage } from "../commands.ts";
import { eraseConversation } from "../erasure/commands.ts";
import { leaveContact } from "../promises/commands.ts";
import { topics } from "../events.ts";
import { herConversation } from "../gates.ts";
import { asLens, listeningTo } from "../live.ts";
import { conversationByLink, entriesAfter, standingOf, waitNow } from "../queries.ts";
import { isRefusal } from "../types.ts";
import { backForm, callBackForm, helpedForm, messageForm, shownForm, startForm } from "./forms.ts";
import { Back, BackByLink } from "./views/back.tsx";
import { CallBack } from "./views/call-back.tsx";
import { Conversation } from "./views/conversation.tsx";
import { AfterWords, Erase } from "./views/erase.tsx";
import { Keep } from "./views/keep.tsx";
import { NewWords } from "./views/new-words.tsx";
import { Start } from "./views/start.tsx";
import { Turn } from "./views/turn.tsx";
import { say } from "./words.ts";

/** Longer than any promise of ours: whoever was told "within 24 hours" finds the answer without her six words. */
const oneWeek = 60 * 60 * 24 * 7;

/** The parent's side: open a conversation, talk, come back, ask for a call, end, delete. No account anywhere. */
export function parentRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;
  const limits = limitsOf(house);

  const setting = async (visit: Visit) => {
    const network = await networkNow(house.db);
    return { zone: visit.zone ?? network?.zone ?? "UTC", keepDays: network?.conversationDays ?? 30, contactDays: network?.contactDays ?? 14 };
  };

  const start = async (c: Door, problems?: Problems, typed?: Typed) => {
    const visit = visitOf(c);
    const { zone, keepDays } = await setting(visit);
    const promise = await waitNow(house.db, visit.language, house.now());
    const openingKey = typedText(typed, "key") || randomUUID();
    return show(c, <Start {...{ visit, assets, zone, keepDays, promise, openingKey, problems, typed }} now={house.now()} care={careCardFor(visit.language, visit.country)} />, problems ? 422 : 200);
  };

  const keepKey = (c: Door, token: string) => writeCookie(c, "conversation", token, oneWeek);

  /** The page for whoever opens nothing new for a time; undefined for everyone else. */
  const denied = async (c: Door, typed?: Typed) => {
    const until = await blockedUntil(house.db, openerAt(c, house), house.now(), typedText(typed, "key") || undefined);
    if (!until) return undefined;
    const visit = visitOf(c);
    return show(c, <Denied {...{ visit, assets, until, typed }} zone={await zoneFor(house.db, visit)} care={careCardFor(visit.language, visit.country)} />, 403);
  };

  room.get("/message", anyone, async (c) => (await denied(c)) ?? start(c));

  room.post("/message", anyone, async (c) => {
    const form = await readForm(c, startForm);
    if (!form.ok) return start(c, form.problems, form.typed);
    const closed = await denied(c, form.typed);
    if (closed) return closed;
    const visit = visitOf(c);
    const turn = await limits.openingTurn(c, typedText(form.typed, "ticket"));
    if (turn) return show(c, <Turn {...{ visit, assets, ...turn }} typed={form.typed} care={careCardFor(visit.language, visit.country)} />, 429);
    const { value } = form;
    const opened = await openConversation(house, { openingKey: value.key, language: value.language ?? visit.language, nickname: value.nickname, about: value.about, stage: value.stage, inDanger: value.danger === "yes", words: value.words, zone: visit.zone, from: openerAt(c, house) });
    if (opened.token) keepKey(c, opened.token);
    return c.redirect("/conversation", 303);
  });

  const page = async (c: Door, scope: ParentScope, again: { problem?: string; typed?: string } = {}) => {
    const visit = visitOf(c);
    // Its standing first: the stream goes on after its last number, so the entries must reach it.
    const standing = await standingOf(house.db, scope);
    if (!standing) return c.notFound();
    const [entries, zone] = await Promise.all([entriesAfter(house.db, house.keys, scope, 0), zoneFor(house.db, visit)]);
    if (standing.parentReadSeq < standing.lastSeq) await markShown(house, scope, standing.lastSeq);
    const promise = standing.waitingSince ? await waitNow(house.db, standing.language, house.now(), standing.id) : undefined;
    const token = readCookie(c, "conversation") ?? "";
    keepKey(c, token);
    const code = promise?.kind === "closed" ? sixWords(token, visit.language) : undefined;
    const care = careCardFor(visit.language, visit.country);
    return show(c, <Conversation {...{ visit, assets, zone, standing, promise, entries, care, code, ...again }} now={house.now()} messageKey={randomUUID()} />, again.problem ? 422 : 200);
  };

  room.get("/conversation", herConversation, (c, scope) => page(c, scope));

  room.post("/conversation/messages", herConversation, async (c, scope) => {
    const t = say(visitOf(c).language);
    const quick = c.req.header("accept") === "application/json";
    const form = await readForm(c, messageForm);
    const refuse = (key: string) => (quick ? c.json({ problem: t(key as "sendFailed") }, 422) : page(c, scope, { problem: t(key as "sendFailed"), typed: typedText(form.typed, "words") }));
    if (!form.ok) return refuse(Object.values(form.problems)[0] ?? "problemForm");
    if (await limits.tooManyMessages(`parent ${scope.conversationId}`)) return refuse("tooFast");
    const sent = await sendMessage(house, scope, form.value.words, form.value.key);
    if (isRefusal(sent)) return refuse("standingEnded");
    return quick ? c.json(sent) : c.redirect("/conversation#words", 303);
  });

  room.get("/conversation/stream", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const zone = await zoneFor(house.db, visit);
    const seen = cursorOf(c.req.header("last-event-id") ?? c.req.query("after"));
    const lens = asLens({ side: "parent", language: visit.language, zone });
    return openStream(c, house, { key: scope.conversationId, lens, seen }, listeningTo(house, scope.conversationId, "parent"));
  });

  room.get("/conversation/new/:after", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const after = c.req.param("after");
    const standing = isCursor(after) ? await standingOf(house.db, scope) : undefined;
    if (!standing) return c.notFound();
    const [entries, zone] = await Promise.all([entriesAfter(house.db, house.keys, scope, cursorOf(after)), zoneFor(house.db, visit)]);
    if (standing.parentReadSeq < standing.lastSeq) await markShown(house, scope, standing.lastSeq);
    const promise = standing.waitingSince ? await waitNow(house.db, standing.language, house.now(), standing.id) : undefined;
    return showInFrame(c, <NewWords {...{ visit, assets, zone, standing, promise, entries }} now={house.now()} />);
  });

  room.post("/conversation/writing", herConversation, async (c, scope) => {
    if (!(await limits.tooManyActs(`parent ${scope.conversationId}`))) house.bus.tell([topics.writing(scope.conversationId, "parent")]);
    return c.body(null, 204);
  });

  room.post("/conversation/shown", herConversation, async (c, scope) => {
    const form = await readForm(c, shownForm);
    if (form.ok && !(await limits.tooManyActs(`parent ${scope.conversationId}`))) await markShown(house, scope, form.value.seq);
    return c.body(null, 204);
  });

  room.get("/conversation/keep", herConversation, (c) => {
    const visit = visitOf(c);
    const token = readCookie(c, "conversation") ?? "";
    const own = house.environment.PUBLIC_URL ?? new URL(c.req.url).origin;
    return show(c, <Keep visit={visit} assets={assets} words={sixWords(token, visit.language)} link={`${own}/back/${token}`} />);
  });

  room.get("/conversation/call-back", herConversation, async (c) => {
    const visit = visitOf(c);
    return show(c, <CallBack visit={visit} assets={assets} contactDays={(await setting(visit)).contactDays} />);
  });

  room.post("/conversation/call-back", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const form = await readForm(c, callBackForm);
    if (!form.ok) return show(c, <CallBack visit={visit} assets={assets} contactDays={(await setting(visit)).contactDays} problems={form.problems} typed={form.typed} />, 422);
    await leaveContact(house, scope, form.value);
    return c.redirect("/conversation", 303);
  });

  room.post("/conversation/end", herConversation, async (c, scope) => {
    await endConversation(house, scope);
    return c.redirect("/conversation", 303);
  });

  room.post("/conversation/helped", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const t = say(visit.language);
    const form = await readForm(c, helpedForm);
    if (form.ok) await sayIfItHelped(house, scope, form.value.helped);
    return show(c, <AfterWords visit={visit} assets={assets} title={t("helpedThanks")} text={t("standingEnded")} />);
  });

  room.post("/conversation/leave", herConversation, (c) => {
    dropCookie(c, "conversation");
    return c.redirect("/", 303);
  });

  room.get("/conversation/erase", herConversation, (c) => show(c, <Erase visit={visitOf(c)} assets={assets} />));

  room.post("/conversation/erase", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const t = say(visit.language);
    await eraseConversation(house, scope.conversationId, "parent");
    dropCookie(c, "conversation");
    return show(c, <AfterWords visit={visit} assets={assets} title={t("erasedTitle")} text={t("erasedText")} />);
  });

  room.get("/back", anyone, (c) => show(c, <Back visit={visitOf(c)} assets={assets} />));

  room.post("/back", anyone, async (c) => {
    const visit = visitOf(c);
    const t = say(visit.language);
    const form = await readForm(c, backForm);
    const wait = await limits.waitForCode(c);
    const typed = typedText(form.typed, "words");
    if (wait > 0) return show(c, <Back visit={visit} assets={assets} problem={t("backTooMany", { minutes: Math.ceil(wait / 60) })} typed={typed} />, 429);
    const token = form.ok ? await reopenByCode(house, readSixWords(form.value.words)) : undefined;
    if (!token) {
      await limits.noteWrongCode(c);
      return show(c, <Back visit={visit} assets={assets} problem={t("backUnknown")} typed={typed.slice(0, 400)} />, 422);
    }
    keepKey(c, token);
    return c.redirect("/conversation", 303);
  });

  room.get("/back/link", anyone, (c) => (isToken(handed(c, "back")) ? show(c, <BackByLink visit={visitOf(c)} assets={assets} />) : c.redirect("/back", 303)));

  // The key leaves the address at once, so that it stands in no history; the page asks before it opens, so that a preview of the link does not.
  room.get("/back/:token", anyone, (c) => {
    const token = c.req.param("token");
    if (!isToken(token)) return c.redirect("/back", 303);
    handOn(c, "back", token);
    return c.redirect("/back/link", 303);
  });

  room.post("/back/link", anyone, async (c) => {
    const token = handedOnce(c, "back");
    if (!isToken(token) || !(await conversationByLink(house.db, token))) return c.redirect("/back", 303);
    keepKey(c, token);
    return c.redirect("/conversation", 303);
  });
}
