import { randomUUID } from "node:crypto";
import { within } from "../../../platform/db/database.ts";
import type { House } from "../../../platform/http/house.ts";
import { readForm, typedText, type Problems } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { SeatScope, StaffScope } from "../../../platform/http/scope.ts";
import { actedInPlace, actsInPlace, show, showInFrame, showWithVoice } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { cursorOf } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { zoneFor } from "../../network/queries.ts";
import { careCardFor } from "../../safety/queries.ts";
import { topicOf } from "../events.ts";
import { meetingById } from "../find/queries.ts";
import { herSeat, mediaServer } from "../gates.ts";
import { groupRefresh, leaderLens, seatLens } from "../live.tsx";
import { withSession, type GroupsScope } from "../series/gates.ts";
import { agreeForm } from "../seats/forms.ts";
import { ownSeat } from "../seats/queries.ts";
import type { SeatId, SessionId } from "../types.ts";
import { interpretingRoutes } from "./interpreting/routes.tsx";
import { nameCaptionWriter, readCaptions } from "./captions/commands.ts";
import { admit, askSide, beginSide, callNext, closeRoom, comeToLobby, endSide, goOut, isInside, moveRoom, openRoom, passTurn, raiseHand, removeGuest, sendToLobby, showLeader, writeLine, type Writer } from "./commands.ts";
import { addressForm, captionForm, debriefForm, guestForm, handForm, incidentForm, lineForm, noteForm, voiceForm, yesNoForm } from "./forms.ts";
import { captionsOf, eveningOf, linesAfter } from "./queries.ts";
import { writeReport } from "./reports/commands.ts";
import { reportRoutes } from "./reports/routes.tsx";
import { leaderReads, seatReads, type OpenRefusal } from "./rules.ts";
import { smallRoomRoutes } from "./small-rooms/routes.tsx";
import type { Acts } from "./types.ts";
import { NoteForm, SayForm, type Again } from "./views/circle.tsx";
import { EveningNow, EveningPage, type ReportAgain } from "./views/evening.tsx";
import { Lobby, LobbyNow } from "./views/lobby.tsx";
import { LookedUp } from "./views/looks-again.tsx";
import { RoomPage } from "./views/room.tsx";
import { followVoices, joinVoice, leaderVoice, mediaOrigin, muteGuests, postByVoice, removeVoice, seatVoice, talkShare, unmute, voiceEntry } from "./voice/commands.ts";
import { say } from "./words.ts";

const sessionOf = (scope: SeatScope) => scope.sessionId as SessionId;

/** The evening itself: the lobby and the room for who has a seat, and the page of those who lead. */
export function eveningRoutes(room: Room): void {
  reportRoutes(room);
  serverRoutes(room);
  const [pages, acts] = [guestPages(room), actsIn(room)];
  guestRoutes(room, pages);
  circleRoutes(room, pages, acts);
  leaderRoutes(room);
  leaderActs(room, acts);
  smallRoomRoutes(room, acts);
  interpretingRoutes(room, acts);
}

const often = (house: House, { seatId }: SeatScope): Promise<boolean> => limitsOf(house).tooManyActs(`turn ${seatId}`);

const actsIn = (room: Room): Acts => {
  const { house } = room;
  return {
    leader: (path, work) =>
      room.post(`/evenings/:session/${path}`, withSession("leadSession"), async (c, scope) => {
        await showLeader(house, scope, idOf(c));
        await work(c, idOf(c), scope);
        await followVoices(house, idOf(c));
        return actedInPlace(c, `/evenings/${idOf(c)}`);
      }),
    seat: (path, work) =>
      room.post(`/seats/:seat/${path}`, herSeat, async (c, scope) => {
        if (!(await often(house, scope))) {
          await work(c, scope);
          await followVoices(house, sessionOf(scope));
        }
        return actedInPlace(c, `/seats/${scope.seatId}/room`);
      }),
  };
};

/** What could not be written, shown again where it was typed. */
type WrittenAgain = { readonly write?: Again; readonly note?: Again; readonly caption?: Again };

/** The two pages of who has a seat. */
function guestPages({ house }: Room) {
  const { assets } = house;

  const known = async (c: Door, scope: SeatScope) => {
    const visit = visitOf(c);
    const [seat, meeting] = await Promise.all([ownSeat(house.db, scope), meetingById(house.db, sessionOf(scope))]);
    if (!seat || !meeting || seat.state !== "held") return undefined;
    return { visit, seat, meeting, zone: await zoneFor(house.db, visit), evening: await eveningOf(within(house.db, scope), meeting.session, house.now()), care: careCardFor(visit.language, visit.country) };
  };

  const lobby = async (c: Door, scope: SeatScope, { problems, note }: { readonly problems?: Problems; readonly note?: Again | undefined } = {}) => {
    const shown = await known(c, scope);
    if (!shown || shown.evening.state === "closed") return c.redirect(`/seats/${scope.seatId}`, 303);
    return show(c, <Lobby {...{ assets, ...shown, problems, note }} noteKey={randomUUID()} />, problems || note ? 422 : 200);
  };

  const inside = async (c: Door, scope: SeatScope, { write, note, caption }: WrittenAgain = {}) => {
    const shown = await known(c, scope);
    if (!shown) return c.redirect(`/seats/${scope.seatId}`, 303);
    const { seat, meeting, evening } = shown;
    const inRoom = isInside(evening, seat.id);
    if (!inRoom && evening.state !== "over" && note) return lobby(c, scope, { note });
    if (!inRoom) return c.redirect(evening.state === "over" ? `/seats/${seat.id}` : `/seats/${seat.id}/lobby`, 303);
    const at = `/seats/${seat.id}`;
    const voice = meeting.series.room === "link" ? undefined : { url: `${at}/voice`, camera: meeting.series.camera };
    const hers = within(house.db, scope);
    const [lines, captions] = await Promise.all([linesAfter(hers, house.keys, meeting.session.id, 0, seatReads(evening, seat.id)), captionsOf(hers, house.keys, meeting.session.id)]);
    return showWithVoice(c, <RoomPage {...{ assets, ...shown, lines, voice }} captions={{ captions, messageKey: randomUUID(), again: caption }} write={{ action: `${at}/words`, messageKey: randomUUID(), ...write }} note={{ action: `${at}/note`, messageKey: randomUUID(), ...note }} />, write || note || caption ? 422 : 200, mediaOrigin(house, meeting));
  };
  /** With scripts off: the lobby as it is now, in a frame of its page. */
  const lobbyNow = async (c: Door, scope: SeatScope) => {
    const shown = await known(c, scope);
    return shown ? showInFrame(c, <LookedUp visit={shown.visit} assets={assets}><LobbyNow {...shown} /></LookedUp>) : c.notFound();
  };
  return { lobby, lobbyNow, inside };
}

/** A media server of this house tells who is inside, where it is not we who see it. */
const serverRoutes = (room: Room): void => room.postByMachine("/rooms/heard", mediaServer, () => new Response(null, { status: 204 }));

/** Lobby, room, voice. */
function guestRoutes(room: Room, { lobby, lobbyNow, inside }: ReturnType<typeof guestPages>): void {
  const { house } = room;

  room.get("/seats/:seat/lobby", herSeat, (c, scope) => lobby(c, scope));

  room.get("/seats/:seat/lobby/new", herSeat, lobbyNow);

  room.post("/seats/:seat/lobby", herSeat, async (c, scope) => {
    const form = await readForm(c, agreeForm);
    if (!form.ok) return lobby(c, scope, { problems: form.problems });
    await comeToLobby(house, scope);
    // Who only went out for a moment is in the room again at once; its page leads all others back to the lobby.
    return c.redirect(`/seats/${scope.seatId}/room`, 303);
  });

  room.get("/seats/:seat/room", herSeat, (c, scope) => inside(c, scope));

  for (const page of ["lobby", "room"] as const)
    room.get(`/seats/:seat/${page}/stream`, herSeat, async (c, scope) => {
      const visit = visitOf(c);
      const seen = cursorOf(c.req.header("last-event-id") ?? c.req.query("after"));
      return openStream(c, house, { key: scope.seatId, lens: seatLens(page, scope, visit, await zoneFor(house.db, visit)), seen }, [{ topic: topicOf(sessionOf(scope)), refresh: groupRefresh(house), atOnce: true }]);
    });

  room.post("/seats/:seat/voice", herSeat, (c, scope) => comesByVoice(house, c, sessionOf(scope), seatVoice(scope, c.req.query("listen") === "yes")));

  room.get("/seats/:seat/outside", herSeat, (c, scope) => goesOutside(house, c, sessionOf(scope), seatVoice(scope, false), `/seats/${scope.seatId}/room`));

  room.post("/seats/:seat/out", herSeat, async (c, scope) => {
    await goOut(house, scope);
    await followVoices(house, sessionOf(scope));
    return c.redirect(`/seats/${scope.seatId}`, 303);
  });
}

/** Her browser's offer in, the room's answer out; and what it says and hears from then on, where no data channel carries it. */
async function comesByVoice(house: House, c: Door, session: SessionId, who: Parameters<typeof joinVoice>[2]): Promise<Response> {
  const { data: asked } = voiceForm.safeParse(await c.req.json().catch(() => ({})));
  const waits = asked && "pass" in asked && asked.posted.kind === "hear";
  if (!waits && (await limitsOf(house).tooManyActs(`voice ${who.id}`))) return c.json({ refused: "often" }, 429);
  if (!asked) return c.json({ refused: "unreadable" }, 422);
  return c.json("pass" in asked ? await postByVoice(house, session, asked.pass, asked.posted) : await joinVoice(house, session, who, asked.offer));
}

/** To an organisation's own room, where she may come in now; else back to her page of it. */
async function goesOutside(house: House, c: Door, session: SessionId, who: Parameters<typeof voiceEntry>[2], back: string): Promise<Response> {
  const entry = await voiceEntry(house, session, who);
  c.header("cache-control", "no-store");
  return c.redirect("kind" in entry && entry.kind === "link" ? entry.href : back, 303);
}

/** The form of the circle again: empty for the next line, or with what could not be kept. */
const sayAgain = (c: Door, at: string, again: Again | undefined): Response =>
  actedInPlace(c, at, <StreamAct action="replace" target="say"><SayForm language={visitOf(c).language} action={c.req.path} messageKey={randomUUID()} {...again} /></StreamAct>);

/** How each kind of line is read, and for whom it is. */
const linesAre = {
  words: { schema: lineForm, to: "group", problem: "problemLine" },
  note: { schema: noteForm, to: "leaders", problem: "problemLine" },
  caption: { schema: captionForm, to: "captions", problem: "problemCaption" },
} as const;

/** Why this line was not kept, and what she typed; nothing where it was. */
async function keepLine(house: House, c: Door, id: SessionId, by: Writer, kind: keyof typeof linesAre): Promise<Again | undefined> {
  const { schema, to, problem } = linesAre[kind];
  const form = await readForm(c, schema);
  const [t, typed] = [say(visitOf(c).language), typedText(form.typed, kind)];
  if (!form.ok) return { problem: t(problem), typed };
  const { key, words } = form.value;
  if (await limitsOf(house).tooManyMessages(`circle ${"seat" in by ? by.seat.seatId : by.leader.member.memberId}`)) return { problem: t("problemLineMany"), typed };
  return (await writeLine(house, id, by, { words, key, to })) ? undefined : { problem: t("problemLineClosed"), typed };
}

/** What she does in the room, without leaving its page: words, notes, turns, a talk alone. */
function circleRoutes(room: Room, { inside }: ReturnType<typeof guestPages>, { seat }: Acts): void {
  const { house } = room;
  const back = (scope: SeatScope) => `/seats/${scope.seatId}/room`;

  room.post("/seats/:seat/words", herSeat, async (c, scope) => {
    const again = await keepLine(house, c, sessionOf(scope), { seat: scope }, "words");
    if (again && !actsInPlace(c)) return inside(c, scope, { write: again });
    return sayAgain(c, back(scope), again);
  });

  room.post("/seats/:seat/note", herSeat, async (c, scope) => {
    const again = await keepLine(house, c, sessionOf(scope), { seat: scope }, "note");
    if (again && !actsInPlace(c)) return inside(c, scope, { note: again });
    return actedInPlace(c, back(scope), <StreamAct action="replace" target="note-form"><NoteForm language={visitOf(c).language} action={`/seats/${scope.seatId}/note`} messageKey={randomUUID()} {...again} /></StreamAct>);
  });

  room.post("/seats/:seat/caption", herSeat, async (c, scope) => {
    const caption = await keepLine(house, c, sessionOf(scope), { seat: scope }, "caption");
    if (caption) return actsInPlace(c) ? c.body(null, 422) : inside(c, scope, { caption });
    return actedInPlace(c, back(scope));
  });

  room.post("/seats/:seat/captions", herSeat, async (c, scope) => {
    const form = await readForm(c, yesNoForm);
    if (form.ok && !(await often(house, scope))) await readCaptions(house, scope, form.value.on === "yes");
    return actedInPlace(c, back(scope));
  });

  room.post("/seats/:seat/hand", herSeat, async (c, scope) => {
    const form = await readForm(c, handForm);
    if (!(await often(house, scope))) await raiseHand(house, scope, !form.ok || form.value.up === "yes");
    return actedInPlace(c, back(scope));
  });

  seat("pass", (_c, scope) => passTurn(house, scope));
  seat("voice/unmute", (_c, scope) => unmute(house, scope));
  seat("side", (_c, scope) => askSide(house, scope));
  seat("side/end", (_c, scope) => endSide(house, sessionOf(scope), scope.seatId as SeatId));
}

const idOf = (c: Door) => c.req.param("session") as SessionId;

/** The page of those who lead. */
function leaderRoutes(room: Room): void {
  const { house } = room;

  const page = async (c: Door, scope: GroupsScope, { refused, report, write, caption, address }: { readonly refused?: OpenRefusal; readonly report?: ReportAgain; readonly write?: Again; readonly caption?: Again; readonly address?: Again } = {}) => {
    await showLeader(house, scope, idOf(c));
    const meeting = await meetingById(house.db, idOf(c));
    if (!meeting) return c.notFound();
    const staffed = staffedOf(c, house, scope);
    const hers = within(house.db, scope.here);
    const evening = await eveningOf(hers, meeting.session, house.now());
    const at = `/evenings/${meeting.session.id}`;
    // There before it opens: a page that was open already must not be loaded anew for it.
    const voice = meeting.series.room !== "link" && (evening.state === "open" || evening.state === "lobby") ? { url: `${at}/voice`, camera: meeting.series.camera } : undefined;
    const [lines, captions] = await Promise.all([linesAfter(hers, house.keys, meeting.session.id, 0, leaderReads(evening, scope.member.memberId)), captionsOf(hers, house.keys, meeting.session.id)]);
    const share = talkShare(house, meeting, evening.guests);
    return showWithVoice(c, <EveningPage {...{ staffed, meeting, evening, lines, share, voice, refused, report, address }} captions={{ captions, messageKey: randomUUID(), again: caption }} write={{ action: `${at}/words`, messageKey: randomUUID(), ...write }} done={handedOnce(c, "said") === "report"} />, report || write || caption || address ? 422 : 200, mediaOrigin(house, meeting));
  };

  room.get("/evenings/:session", withSession("seeRoster"), (c, scope) => page(c, scope));

  // With scripts off: how it stands now, in a frame of its page; that it is looked at says that she is here.
  room.get("/evenings/:session/new", withSession("seeRoster"), async (c, scope) => {
    await showLeader(house, scope, idOf(c));
    const meeting = await meetingById(house.db, idOf(c));
    if (!meeting) return c.notFound();
    const [visit, evening] = [visitOf(c), await eveningOf(within(house.db, scope.here), meeting.session, house.now())];
    const share = talkShare(house, meeting, evening.guests);
    return showInFrame(c, <LookedUp {...{ visit, assets: house.assets }}><EveningNow {...{ language: visit.language, meeting, evening, share, me: scope.member }} /></LookedUp>);
  });

  room.get("/evenings/:session/stream", withSession("seeRoster"), (c, scope) => {
    const seen = cursorOf(c.req.header("last-event-id") ?? c.req.query("after"));
    const still = stillSignedIn(c, house, scope.member);
    // An open page says that she is here, as long as it is open.
    const stillAllowed = async () => ((await still()) ? (await showLeader(house, scope, idOf(c)), true) : false);
    return openStream(c, house, { key: scope.member.sessionId, lens: leaderLens(scope, idOf(c), visitOf(c)), seen, stillAllowed }, [{ topic: topicOf(idOf(c)), refresh: groupRefresh(house), atOnce: true }]);
  });

  room.post("/evenings/:session/open", withSession("leadSession"), async (c, scope) => {
    await showLeader(house, scope, idOf(c));
    const opened = await openRoom(house, scope, idOf(c));
    if (opened && "refused" in opened) return page(c, scope, { refused: opened.refused });
    return c.redirect(`/evenings/${idOf(c)}`, 303);
  });

  room.get("/evenings/:session/outside", withSession("leadSession"), (c, scope) => goesOutside(house, c, idOf(c), leaderVoice(scope), `/evenings/${idOf(c)}`));

  room.post("/evenings/:session/outside", withSession("leadSession"), async (c, scope) => {
    const form = await readForm(c, addressForm);
    const moved = form.ok && (await moveRoom(house, scope, idOf(c), form.value.address));
    if (moved) return c.redirect(`/evenings/${idOf(c)}`, 303);
    return page(c, scope, { address: { problem: say(visitOf(c).language)(form.ok ? "problemAddressOver" : "problemAddress"), typed: form.typed["address"]?.[0] } });
  });

  room.post("/evenings/:session/voice", withSession("leadSession"), (c, scope) => comesByVoice(house, c, idOf(c), leaderVoice(scope)));

  room.post("/evenings/:session/words", withSession("leadSession"), async (c, scope) => {
    const again = await keepLine(house, c, idOf(c), { leader: scope }, "words");
    if (again && !actsInPlace(c)) return page(c, scope, { write: again });
    return sayAgain(c, `/evenings/${idOf(c)}`, again);
  });

  room.post("/evenings/:session/caption", withSession("leadSession"), async (c, scope) => {
    const caption = await keepLine(house, c, idOf(c), { leader: scope }, "caption");
    if (caption) return actsInPlace(c) ? c.body(null, 422) : page(c, scope, { caption });
    return actedInPlace(c, `/evenings/${idOf(c)}`);
  });

  for (const [kind, form] of [["debrief", debriefForm], ["incident", incidentForm]] as const)
    room.post(`/evenings/:session/${kind}`, withSession("leadSession"), async (c, scope) => {
      const read = await readForm(c, form);
      if (!read.ok) return page(c, scope, { report: { kind, problem: say(visitOf(c).language)("problemReport"), typed: read.typed } });
      await writeReport(house, scope, idOf(c), { kind, ...read.value });
      handOn(c, "said", "report");
      return c.redirect(`/evenings/${idOf(c)}`, 303);
    });
}

/** What those who lead do with one guest, or with all. */
function leaderActs(room: Room, { leader }: Acts): void {
  const { house } = room;
  const act = (path: string, work: (id: SessionId, seat: SeatId | undefined, scope: StaffScope, all: boolean) => Promise<unknown>) =>
    leader(path, async (c, id, scope) => {
      const form = await readForm(c, guestForm);
      const seat = form.ok ? form.value.seat : undefined;
      await work(id, seat === "all" ? undefined : (seat as SeatId | undefined), scope, seat === "all");
    });
  act("admit", (id, seat, _scope, all) => (all ? admit(house, id, "all") : admit(house, id, seat ? [seat] : [])));
  act("turn", (id, seat) => callNext(house, id, seat));
  act("side", async (id, seat, scope) => seat && beginSide(house, scope, id, seat));
  act("back", async (id, seat) => seat && endSide(house, id, seat));
  act("to-lobby", async (id, seat) => seat && sendToLobby(house, id, seat));
  act("mute", async (id, seat, _scope, all) => (seat ?? all) && muteGuests(house, id, seat ? [seat] : "all"));
  act("captions", async (id, seat) => seat && nameCaptionWriter(house, id, seat, true));
  act("no-captions", async (id, seat) => seat && nameCaptionWriter(house, id, seat, false));
  act("remove", async (id, seat, scope) => {
    if (!seat) return;
    if (await removeGuest(house, scope, id, seat)) await removeVoice(house, id, seat);
  });
  act("close", (id, _seat, scope) => closeRoom(house, scope, id));
}
