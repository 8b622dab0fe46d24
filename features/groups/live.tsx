import { randomUUID } from "node:crypto";
import { seatScope, type SeatScope, type StaffScope } from "../../platform/http/scope.ts";
import type { House } from "../../platform/http/house.ts";
import { fragment } from "../../platform/http/show.ts";
import type { Visit } from "../../platform/http/visit.ts";
import { frame, type Refresh } from "../../platform/live/hub.ts";
import { StreamAct } from "../../platform/ui/live.tsx";
import { captionsOf, eveningOf, linesAfter } from "./evening/queries.ts";
import { leaderReads, mayRead, seatReads } from "./evening/rules.ts";
import type { Caption, Evening, Line } from "./evening/types.ts";
import { CaptionsNow, CaptionsOfLeader } from "./evening/captions/views/captions.tsx";
import { CircleLine } from "./evening/views/circle.tsx";
import { EveningNow } from "./evening/views/evening.tsx";
import { LobbyNow } from "./evening/views/lobby.tsx";
import { RoomNow } from "./evening/views/room.tsx";
import { meetingById } from "./find/queries.ts";
import { messagesTo } from "./messages/queries.ts";
import type { Message } from "./messages/types.ts";
import { ownSeats, type OwnSeat } from "./seats/queries.ts";
import { SeatNow } from "./seats/views/seat.tsx";
import { talkShare } from "./evening/voice/commands.ts";
import type { Meeting, SeatId, SessionId } from "./types.ts";

/** Which page of an evening is open, and whose. */
type Lens = { readonly page: "seat" | "lobby" | "room" | "leader"; readonly who: string; /** Of a member. */ readonly name?: string; readonly sessionId: string; readonly visit: Visit; readonly zone: string };

export const seatLens = (page: "seat" | "lobby" | "room", { seatId, sessionId }: SeatScope, visit: Visit, zone: string): string => JSON.stringify({ page, who: seatId, sessionId, visit, zone } satisfies Lens);
export const leaderLens = ({ member }: StaffScope, sessionId: SessionId, visit: Visit): string => JSON.stringify({ page: "leader", who: member.memberId, name: member.name, sessionId, visit, zone: member.zone } satisfies Lens);

type Known = { readonly house: House; readonly meeting: Meeting; readonly evening: Evening; readonly seats: readonly OwnSeat[]; readonly lines: readonly Line[]; readonly captions: readonly Caption[]; readonly messages: readonly Message[]; readonly share: ReadonlyMap<SeatId, number> };

/** Brings every open page of one evening up to date: a seat's own, the lobby, the room, the facilitators'. */
export const groupRefresh =
  (house: House): Refresh =>
  async (_topic, streams) => {
    const lenses = new Map([...streams].map((stream) => [stream, JSON.parse(stream.lens) as Lens]));
    const [first] = lenses.values();
    const meeting = first && (await meetingById(house.db, first.sessionId as SessionId));
    if (!meeting) return;
    const inside = [...lenses].filter(([, { page }]) => page === "room" || page === "leader");
    const after = Math.min(...inside.map(([{ seen }]) => seen));
    const [evening, seats, lines, captions, messages] = await Promise.all([
      eveningOf(house.db, meeting.session, house.now()),
      ownSeats(house.db, [...lenses.values()].filter(({ page }) => page !== "leader").map(({ who, sessionId }) => seatScope(who, sessionId))),
      inside.length === 0 ? [] : linesAfter(house.db, house.keys, meeting.session.id, after),
      inside.length === 0 ? [] : captionsOf(house.db, house.keys, meeting.session.id),
      [...lenses.values()].some(({ page }) => page === "seat") ? messagesTo(house.db, house.keys, meeting.session.id) : [],
    ]);
    const share = talkShare(house, meeting, evening.guests);
    const known = { house, meeting, evening, seats, lines, captions, messages, share };
    for (const [stream, lens] of lenses) {
      const now = partOf(lens, known);
      if (!now) continue;
      const read = captionsFor(lens, known);
      const hers = lens.page === "room" || lens.page === "leader" ? lines.filter((line) => line.seq > stream.seen && mayRead(line, lens.page === "leader" ? leaderReads(evening, lens.who) : seatReads(evening, lens.who))) : [];
      // Whoever is not let in reads nothing of the circle.
      const shown = lens.page === "room" && evening.guests.find(({ id }) => id === lens.who)?.where !== "room" ? [] : hers;
      for (const line of shown) stream.send(frame(fragment(<StreamAct action="append" target="entries"><CircleLine {...{ line, lens }} /></StreamAct>), line.seq));
      if (shown.length > 0) stream.seen = Math.max(stream.seen, ...shown.map(({ seq }) => seq));
      if (read) stream.send(frame(fragment(<StreamAct action="replace" target="captions">{read}</StreamAct>)));
      stream.send(frame(fragment(now)));
    }
  };

/** Captions as this page shows them; `undefined` on one that has none. */
function captionsFor({ page, who, visit }: Lens, { meeting, evening, captions }: Known) {
  const shown = { language: visit.language, captions, messageKey: randomUUID() };
  if (page === "leader") return <CaptionsOfLeader {...shown} evening={evening} me={who} at={`/evenings/${meeting.session.id}`} />;
  return page === "room" ? <CaptionsNow {...shown} me={evening.guests.find(({ id }) => id === who)} /> : undefined;
}

function partOf({ page, who, name = "", visit, zone }: Lens, { house, meeting, evening, seats, messages, share }: Known) {
  const now = house.now();
  if (page === "leader")
    return (
      <StreamAct action="replace" target="evening">
        <EveningNow {...{ language: visit.language, meeting, evening, share, me: { memberId: who, name, zone } }} />
      </StreamAct>
    );
  const seat = seats.find(({ id }) => id === who);
  if (!seat) return undefined;
  if (page === "seat")
    return (
      <StreamAct action="replace" target="seat">
        <SeatNow {...{ visit, seat, meeting, zone, now, messages }} />
      </StreamAct>
    );
  if (page === "lobby")
    return (
      <StreamAct action="replace" target="lobby">
        <LobbyNow {...{ visit, seat, meeting, evening, zone }} />
      </StreamAct>
    );
  return (
    <StreamAct action="replace" target="evening">
      <RoomNow {...{ language: visit.language, seat, meeting, evening, zone }} />
    </StreamAct>
  );
}
