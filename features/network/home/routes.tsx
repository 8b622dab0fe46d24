import { countryName } from "../../../platform/i18n/names.ts";
import { keepPages, sendKept } from "../../../platform/http/kept.ts";
import { nameOf } from "../../../platform/http/app.tsx";
import type { House } from "../../../platform/http/house.ts";
import { anyone, type Room } from "../../../platform/http/room.ts";
import { asHtml, show, withStyle } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { secondsBetween, type Instant } from "../../../platform/time/time.ts";
import { careCardFor, helpVersion, knownCountry, parentLinesFor } from "../../safety/queries.ts";
import { homeFacts } from "./queries.ts";
import type { HomeFacts } from "./types.ts";
import { Coming } from "./views/coming.tsx";
import { Home } from "./views/home.tsx";

/** Home, and the room that is not built yet. */
export function homeRoutes(room: Room): void {
  const { assets } = room.house;
  const kept = keepPages();
  const factsNow = atMostOnceASecond(room.house);

  room.get("/", anyone, async (c) => {
    const { facts, asText } = await factsNow();
    const visit = visitOf(c);
    const country = knownCountry(visit.country);
    const { language, light, quiet, shared } = visit;
    // Her browser tells us its zone once it has painted a page, and has our sheet by then.
    const first = visit.zone === undefined;
    const page = kept(`${language} ${light} ${country} ${quiet} ${shared} ${first}`, `${asText} ${helpVersion()}`, () =>
      asHtml(<Home visit={visit} assets={assets} first={first} facts={facts} care={careCardFor(language, country)} country={country && countryName(country, language)} />),
    );
    return sendKept(c, page, first ? withStyle(assets.first.source) : undefined);
  });

  room.get("/village", anyone, (c) => {
    const visit = visitOf(c);
    return show(c, <Coming visit={visit} assets={assets} room="village" lines={parentLinesFor(visit.language, visit.country)} />);
  });
}

type Known = { readonly facts: HomeFacts; readonly asText: string };
const nothingKnown: HomeFacts = { known: false, opensSoon: false, count: undefined, onDuty: [], opensAt: undefined, zone: "UTC", host: undefined };

/** One query a second however many look at home. Without the database home still opens, with its numbers and doors, and claims nothing. */
function atMostOnceASecond(house: House): () => Promise<Known> | Known {
  let known: Known = { facts: nothingKnown, asText: "" };
  let askedAt: Instant | undefined;
  let asking: Promise<Known> | undefined;
  const ask = async (now: Instant): Promise<Known> => {
    try {
      const facts = await homeFacts(house.db, now);
      known = { facts, asText: JSON.stringify(facts) };
    } catch (error) {
      house.log.error({ error: nameOf(error) }, "home could not ask who is here");
      known = { facts: nothingKnown, asText: "" };
    }
    askedAt = now;
    asking = undefined;
    return known;
  };
  return () => {
    const now = house.now();
    if (askedAt && Math.abs(secondsBetween(askedAt, now)) < 1) return known;
    return (asking ??= ask(now));
  };
}
