import { isToken } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { readForm } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { isId } from "../../../platform/http/ids.ts";
import { answerData } from "../../../platform/http/open-data.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { isBefore, secondsBetween, type Instant } from "../../../platform/time/time.ts";
import { networkNow } from "../../network/queries.ts";
import { seriesOf } from "../queries.ts";
import type { SeriesId } from "../types.ts";
import { makeFeed, nameInFeed, renewFeed, revokeFeed } from "./commands.ts";
import { titlesForm } from "./forms.ts";
import { groupsCalendar, seatsCalendar } from "./ical/rules.ts";
import { guideOf } from "./meeting-guide/rules.ts";
import { feedBehind, feedWith, groupsSaid, provenSeats, seatsSaid } from "./queries.ts";
import { addressesOf, missingFrom } from "./rules.ts";
import type { CalendarShown, SeatInHand, SeatSaid } from "./types.ts";
import { CalendarPage } from "./views/calendar.tsx";
import { say } from "./words.ts";

export type FeedParts = {
  /** The seats whose keys this browser holds. */
  readonly seatIdsOf: (c: Door) => Promise<readonly SeatInHand[]> | readonly SeatInHand[];
};

const calendarType = "text/calendar; charset=utf-8";
const acts = ["made", "renewed", "stopped", "named"] as const;

/** When groups meet, for calendars and lists elsewhere. To be mounted before a route of `/groups/:id`, which would take their addresses. */
export function feedRoutes(room: Room, { seatIdsOf }: FeedParts): void {
  openRoutes(room);
  const { house } = room;
  const { db, keys, assets, now } = house;
  const base = publicUrl(house);

  const shown = async (inHand: readonly SeatInHand[]): Promise<CalendarShown | undefined> => {
    const seats = await provenSeats(db, inHand);
    const known = await feedWith(db, keys, seats, now());
    if (!known) return undefined;
    const isAhead = ({ session }: SeatSaid) => isBefore(now(), session.ends);
    const held = (await seatsSaid(db, seats)).filter(isAhead);
    return { addresses: addressesOf(base, known.token), seats: (await seatsSaid(db, known.feed.seatIds)).filter(isAhead), missing: missingFrom(known.feed, held), plain: known.feed.plain };
  };

  room.get("/groups/calendar", anyone, async (c) => {
    const inHand = await seatIdsOf(c);
    const said = acts.find((act) => act === handedOnce(c, "said"));
    return show(c, <CalendarPage visit={visitOf(c)} assets={assets} hasSeats={(await provenSeats(db, inHand)).length > 0} calendar={await shown(inHand)} said={said} />);
  });

  const back = (c: Door, said: (typeof acts)[number]) => {
    handOn(c, "said", said);
    return c.redirect("/groups/calendar", 303);
  };

  room.post("/groups/calendar", anyone, async (c) => {
    const inHand = await seatIdsOf(c);
    const form = await readForm(c, titlesForm);
    const isMade = await inTransaction(house, (act) => makeFeed(house, act, inHand, visitOf(c).language, form.ok && form.value.titles === "plain"));
    return isMade ? back(c, "made") : c.redirect("/groups/calendar", 303);
  });

  room.post("/groups/calendar/titles", anyone, async (c) => {
    const inHand = await seatIdsOf(c);
    const form = await readForm(c, titlesForm);
    await inTransaction(house, (act) => nameInFeed(house, act, inHand, form.ok && form.value.titles === "plain", visitOf(c).language));
    return back(c, "named");
  });

  room.post("/groups/calendar/renew", anyone, async (c) => {
    const inHand = await seatIdsOf(c);
    await inTransaction(house, (act) => renewFeed(house, act, inHand));
    return back(c, "renewed");
  });

  room.post("/groups/calendar/stop", anyone, async (c) => {
    const inHand = await seatIdsOf(c);
    await inTransaction(house, (act) => revokeFeed(house, act, inHand));
    return back(c, "stopped");
  });

  // The address is the key: it stands in no log (`buildApp` logs the route's pattern), and no answer is another's.
  room.get("/groups/calendar/:file", anyone, async (c) => {
    const [, token] = /^(.+)\.ics$/.exec(c.req.param("file") ?? "") ?? [];
    const feed = isToken(token) ? await feedBehind(db, token) : undefined;
    if (!feed) return c.notFound();
    const text = seatsCalendar(await seatsSaid(db, feed.seatIds), { base, plain: feed.plain, language: feed.language });
    return answerData(c, text, { type: calendarType, headers: { "cache-control": "private, no-cache", "content-disposition": 'inline; filename="calendar.ics"' } });
  });
}

/** What is everybody's: the groups that a coordinator said yes to. */
function openRoutes(room: Room): void {
  const { house } = room;
  const { db, now } = house;
  const base = publicUrl(house);

  const calendars = atMostOnceAMinute(house, async (id) => {
    const groups = await groupsSaid(db, now(), id ? (id as SeriesId) : undefined);
    const network = await networkNow(db);
    const [only] = id ? groups : [];
    if (id && !only) return undefined;
    const name = only ? only.series.kind.name[only.series.language] : say(network?.languages[0] ?? "en")("calendarPublic", { network: network?.name ?? "Small Hours" });
    return groupsCalendar(groups, { base, name, now: now() });
  });
  const send = async (c: Door, id: string) => {
    const text = await calendars(id);
    return text === undefined ? c.notFound() : answerData(c, text, { type: calendarType });
  };

  room.open("GET", "/groups/calendar.ics", (c) => send(c, ""));
  room.open("GET", "/groups/:series/calendar.ics", (c) => {
    const id = c.req.param("series");
    return isId(id) ? send(c, id) : c.notFound();
  });
  room.open("GET", "/groups/meetings.json", async (c) => {
    const groups = await seriesOf(db, { state: "meets" });
    return answerData(c, guideOf(groups, { base, entity: (await networkNow(db))?.name, now: now(), howToCome: ({ language }) => say(language)("howToCome") }));
  });
}

/** However many programs look at the same calendar: it is made once a minute. What is not there is not kept. */
function atMostOnceAMinute({ now }: Pick<House, "now">, make: (key: string) => Promise<string | undefined>): (key: string) => Promise<string | undefined> {
  const kept = new Map<string, { readonly at: Instant; readonly text: Promise<string | undefined> }>();
  return async (key) => {
    const known = kept.get(key);
    if (known && Math.abs(secondsBetween(known.at, now())) < 60) return known.text;
    const text = make(key);
    kept.set(key, { at: now(), text });
    const forget = () => kept.delete(key);
    text.then((made) => made ?? forget(), forget);
    return text;
  };
}
