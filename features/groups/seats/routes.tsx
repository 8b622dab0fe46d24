import { hashToken, isToken, newToken } from "../../../platform/crypto/seal.ts";
import { within } from "../../../platform/db/database.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { dropCookie, keepChoice, readCookie, writeCookie } from "../../../platform/http/cookies.ts";
import { readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { isId } from "../../../platform/http/ids.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import type { SeatScope } from "../../../platform/http/scope.ts";
import { show, showInFrame } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow, zoneFor } from "../../network/queries.ts";
import { LookedUp } from "../evening/views/looks-again.tsx";
import { followVoices } from "../evening/voice/commands.ts";
import { topicOf } from "../events.ts";
import { joinFeed } from "../feeds/commands.ts";
import { eventJsonLd } from "../feeds/json-ld/rules.ts";
import { textsStopped } from "../letters/queries.ts";
import { linkTo } from "../letters/rules.ts";
import { meetingById } from "../find/queries.ts";
import { aliasFor } from "../find/rules.ts";
import { groupRefresh, seatLens } from "../live.tsx";
import { herSeat, inHand, keysHeld, mostKeys, seatsHeld } from "../gates.ts";
import { messagesTo } from "../messages/queries.ts";
import { meetingsOf } from "../queries.ts";
import type { Meeting, SessionId } from "../types.ts";
import { say } from "../words.ts";
import { acceptOffer, endPushes, giveBack, keepContact, moveSeat, sayLeaving, saveSeat, standBy } from "./commands.ts";
import { contactForm, leavingForm, moveForm, pushSchema, seatForm } from "./forms.ts";
import { keysOfUse, ownSeat, ownSeats, seatsByKeys } from "./queries.ts";
import { hasBegun, stands, type SeatRefusal } from "./rules.ts";
import { Mine } from "./views/mine.tsx";
import { Save } from "./views/save.tsx";
import { SeatNow, SeatPage } from "./views/seat.tsx";

/** As long as meetings are written down ahead, and some days. */
const keysSeconds = 60 * 60 * 24 * 70;

/** From a link to a held seat, and all that she does with it; without an account, and with scripts off. */
export function seatRoutes(room: Room): void {
  const { house } = room;
  const { assets, delivery } = house;
  const ways = { email: delivery.email.canSend, text: delivery.sms.canSend };
  const meetingIn = async (c: Door) => {
    const id = c.req.param("session");
    return isId(id) ? meetingById(house.db, id as SessionId) : undefined;
  };

  type Again = { readonly refused?: SeatRefusal; readonly problems?: Problems; readonly typed?: Typed };
  const save = async (c: Door, meeting: Meeting, again: Again = {}) => {
    const visit = visitOf(c);
    const zone = await zoneFor(house.db, visit);
    const [now, network] = [house.now(), await networkNow(house.db)];
    const alias = aliasFor(say(visit.language)("aliases").split(", "), Math.random());
    const before = typedText(again.typed, "key");
    const refused = again.refused ?? (hasBegun(meeting.session, now) ? "over" : undefined);
    const linkedData = eventJsonLd(meeting, publicUrl(house), network?.name ?? "Small Hours");
    return show(c, <Save {...{ visit, assets, meeting, zone, alias, ways, linkedData, now, ...again, refused }} formKey={isToken(before) ? before : newToken()} />, again.problems ? 422 : again.refused ? 409 : 200);
  };

  room.get("/groups/meetings/:session", anyone, async (c) => {
    const meeting = await meetingIn(c);
    return meeting ? save(c, meeting) : c.notFound();
  });

  room.post("/groups/meetings/:session", anyone, async (c) => {
    const meeting = await meetingIn(c);
    if (!meeting) return c.notFound();
    const visit = visitOf(c);
    const form = await readForm(c, seatForm(visit.country));
    if (!form.ok) return save(c, meeting, form);
    if (await limitsOf(house).tooManySeats(c)) return save(c, meeting, { problems: { alias: "problemTooMany" }, typed: form.typed });
    const token = form.value.token ?? newToken();
    const saved = await saveSeat(house, { ...form.value, token, sessionId: meeting.session.id, language: visit.language, zone: await zoneFor(house.db, visit), person: personOf(c, house, token) });
    if ("refused" in saved) {
      const hers = saved.refused === "already" ? (await standing(c)).find(({ sessionId }) => sessionId === meeting.session.id) : undefined;
      return hers ? c.redirect(`/seats/${hers.id}`, 303) : save(c, meeting, { ...saved, typed: form.typed });
    }
    const keys = await keep(c, saved.token);
    await inTransaction(house, async (act) => joinFeed(house, act, await inHand(house, keys)));
    return c.redirect(`/seats/${saved.seatId}`, 303);
  });

  /** The seats, offers and waits that this browser holds the keys of. */
  const standing = async (c: Door) => (await ownSeats(house.db, await seatsHeld(c, house))).filter(({ state }) => stands(state));

  /** Holds this key too. Where there are too many, those of seats that are over or gone make room, and none of a seat to come does. */
  const keep = async (c: Door, token: string): Promise<string[]> => {
    const before = keysHeld(c).filter((one) => one !== token);
    const ofUse = await keysOfUse(house.db, before, house.now());
    const keys = [...before.filter((one) => !ofUse.includes(one)), ...ofUse, token].slice(-mostKeys);
    writeCookie(c, "seats", keys.join("."), keysSeconds);
    return keys;
  };

  room.get("/seats", anyone, async (c) => {
    const visit = visitOf(c);
    const seats = await standing(c);
    const meetings = new Map((await meetingsOf(house.db, { ids: seats.map(({ sessionId }) => sessionId), from: house.now() })).map((one) => [one.session.id, one]));
    const mine = seats
      .flatMap((seat) => {
        const meeting = meetings.get(seat.sessionId);
        return meeting ? [{ seat, meeting }] : [];
      })
      .sort((a, b) => Temporal.Instant.compare(a.meeting.session.starts, b.meeting.session.starts));
    return show(c, <Mine {...{ visit, assets, mine }} zone={await zoneFor(house.db, visit)} linkOver={handedOnce(c, "said") === "linkOver"} />);
  });

  // Whoever uses this device next is told nothing by it: not of the seats, by no push, and not that the same hand has one already.
  room.post("/seats/forget", anyone, async (c) => {
    await endPushes(house, await seatsHeld(c, house));
    dropCookie(c, "seats");
    dropCookie(c, "person");
    return c.redirect("/seats", 303);
  });

  // The key leaves the address at once, so that it stands in no history.
  room.get("/seats/open/:token", anyone, async (c) => {
    const token = c.req.param("token");
    const [seat] = isToken(token) ? await seatsByKeys(house.db, [token]) : [];
    if (!seat) {
      handOn(c, "said", "linkOver");
      return c.redirect("/seats", 303);
    }
    if (!keysHeld(c).includes(seat.token)) await keep(c, seat.token);
    if (readCookie(c, "language") === undefined) keepChoice(c, "language", seat.language);
    return c.redirect(`/seats/${seat.seatId}`, 303);
  });

  /** The key of this seat, of those that the browser holds. */
  const keyFor = async (c: Door, scope: SeatScope) => (await seatsByKeys(house.db, keysHeld(c))).find(({ seatId }) => seatId === scope.seatId)?.token;

  const page = async (c: Door, scope: SeatScope, again: Again & { readonly offerOver?: boolean } = {}) => {
    const visit = visitOf(c);
    const [seat, meeting] = await Promise.all([ownSeat(house.db, scope), meetingById(house.db, scope.sessionId as SessionId)]);
    if (!seat || !meeting) return c.notFound();
    const now = house.now();
    const hers = new Set((await standing(c)).map(({ sessionId }) => sessionId)).add(meeting.session.id);
    const others = (await meetingsOf(house.db, { series: [meeting.series.id], from: now, most: 6 })).filter(({ session }) => !hers.has(session.id) && !session.cancelledAt && !hasBegun(session, now));
    const messages = await messagesTo(within(house.db, scope), house.keys, meeting.session.id);
    const stopped = seat.way === "text" && (await textsStopped(house, seat.id));
    const link = linkTo(house, (await keyFor(c, scope)) ?? "");
    return show(c, <SeatPage {...{ visit, assets, seat, meeting, others, messages, ways, stopped, pushKey: delivery.push.publicKey, link, now, ...again }} zone={await zoneFor(house.db, visit)} moved={handedOnce(c, "said") === "moved"} />, again.problems ? 422 : again.refused ? 409 : 200);
  };

  room.get("/seats/:seat", herSeat, (c, scope) => page(c, scope));

  // With scripts off: how it stands now, in a frame of its page.
  room.get("/seats/:seat/new", herSeat, async (c, scope) => {
    const visit = visitOf(c);
    const [seat, meeting] = await Promise.all([ownSeat(house.db, scope), meetingById(house.db, scope.sessionId as SessionId)]);
    if (!seat || !meeting) return c.notFound();
    const messages = await messagesTo(within(house.db, scope), house.keys, meeting.session.id);
    return showInFrame(c, <LookedUp {...{ visit, assets }}><SeatNow {...{ visit, seat, meeting, messages }} zone={await zoneFor(house.db, visit)} now={house.now()} /></LookedUp>);
  });

  room.get("/seats/:seat/stream", herSeat, async (c, scope) => {
    const visit = visitOf(c);
    return openStream(c, house, { key: scope.seatId, lens: seatLens("seat", scope, visit, await zoneFor(house.db, visit)), seen: 0 }, [{ topic: topicOf(scope.sessionId as SessionId), refresh: groupRefresh(house), atOnce: true }]);
  });

  room.post("/seats/:seat/accept", herSeat, async (c, scope) => ((await acceptOffer(house, scope)) ? c.redirect(`/seats/${scope.seatId}`, 303) : page(c, scope, { offerOver: true })));

  for (const [path, act] of [
    ["give-back", giveBack],
    ["standby", standBy],
  ] as const)
    room.post(`/seats/:seat/${path}`, herSeat, async (c, scope) => {
      await act(house, scope);
      // Given back from within the room, it takes her voice along.
      await followVoices(house, scope.sessionId as SessionId);
      return c.redirect(`/seats/${scope.seatId}`, 303);
    });

  room.post("/seats/:seat/move", herSeat, async (c, scope) => {
    const form = await readForm(c, moveForm);
    if (!form.ok || (await limitsOf(house).tooManyActs(`move ${scope.seatId}`))) return c.redirect(`/seats/${scope.seatId}`, 303);
    const moved = await moveSeat(house, scope, form.value.to as SessionId, form.value.wait === "yes");
    if ("refused" in moved) return page(c, scope, moved);
    handOn(c, "said", "moved");
    return c.redirect(`/seats/${scope.seatId}`, 303);
  });

  room.post("/seats/:seat/reach", herSeat, async (c, scope) => {
    const form = await readForm(c, contactForm(visitOf(c).country));
    const token = (await keyFor(c, scope)) ?? "";
    if (form.typed["forget"]) await keepContact(house, scope, undefined, false, token);
    else if (!form.ok) return page(c, scope, form);
    else if (form.value.contact) await keepContact(house, scope, form.value.contact, form.value.nextDay, token);
    return c.redirect(`/seats/${scope.seatId}`, 303);
  });

  // For the script alone: no form can ask a browser for this.
  room.post("/seats/:seat/push", herSeat, async (c, scope) => {
    if (await limitsOf(house).tooManyActs(`push ${scope.seatId}`)) return c.json({ kept: false }, 429);
    const { data } = pushSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!data) return c.json({ kept: false }, 422);
    await keepContact(house, scope, data.contact, data.nextDay, (await keyFor(c, scope)) ?? "");
    return c.json({ kept: true });
  });

  room.post("/seats/:seat/leaving", herSeat, async (c, scope) => {
    const form = await readForm(c, leavingForm);
    if (form.ok) await sayLeaving(house, scope, form.value.leaving);
    return c.redirect(`/seats/${scope.seatId}`, 303);
  });
}

/** The secret of this browser, by which the same hand is known again in one group. Made when the first seat is asked for: of its form, so that sent twice it is one hand. */
function personOf(c: Door, house: Pick<House, "keys">, token: string): string {
  const known = readCookie(c, "person");
  const secret = isToken(known) ? known : house.keys.fingerprint("hand in groups", token).toString("base64url");
  if (secret !== known) keepChoice(c, "person", secret);
  return hashToken(secret).toString("base64url");
}
