import { readForm } from "../../../platform/http/form.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { showWithPlace } from "../../../platform/http/show.ts";
import { visitOf, type Visit } from "../../../platform/http/visit.ts";
import { countryName } from "../../../platform/i18n/names.ts";
import { networkNow } from "../../network/queries.ts";
import { careCardFor, knownCountry } from "../../safety/queries.ts";
import { regionMap } from "../map/queries.ts";
import { places } from "../places/queries.ts";
import { terms } from "../taxonomy/rules.ts";
import { say as sayTerm } from "../taxonomy/words.ts";
import { homeOf } from "./asks/rules.ts";
import { nothingWished, wishForm } from "./forms.ts";
import { answerTo } from "./queries.ts";
import { shardRoutes } from "./shards/routes.ts";
import type { FinderFacts, Wish } from "./types.ts";
import { Find } from "./views/find.tsx";
import { sentences, speechIn } from "./words.ts";

/** Looking for help: the page, its answer to a form, and what a phone needs to answer by itself. */
export function finderRoutes(room: Room): void {
  const { db, assets, now } = room.house;
  const network = async () => (await networkNow(db)) ?? { country: "US", zone: "UTC" };

  const page = async (c: Door, visit: Visit, wish: (country: string) => Wish) => {
    const { zone, ...own } = await network();
    const country = knownCountry(visit.country) ?? own.country;
    const answer = await answerTo(db, wish(country), country, now());
    const { language } = visit;
    const map = answer.near && answer.near.found.length > 0 ? regionMap(answer.spot?.area ?? homeOf(country).area) : undefined;
    const when = { now: now().epochMilliseconds, zone: visit.zone ?? zone };
    return showWithPlace(c, <Find {...{ visit, assets, answer, when, map }} facts={factsFor(language, country)} speech={speechIn(language)} care={careCardFor(language, country)} countryName={countryName(country, language)} />);
  };

  room.get("/find", anyone, (c) => page(c, visitOf(c), nothingWished));

  room.post("/find", anyone, async (c) => {
    const visit = visitOf(c);
    return page(c, visit, await wishOf(c));
  });

  shardRoutes(room);
}

/** The form is read once her country is known, as it says how far is far. */
async function wishOf(c: Door): Promise<(country: string) => Wish> {
  const typed = (await readForm(c, wishForm("US"), ["facet"])).typed;
  return (country) => wishForm(country).parse({ ...Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, values[0]])), facet: typed["facet"] ?? [] });
}

/** Hers alone: the sentences of cards in her language, and where her country's files lie. */
function factsFor(language: Visit["language"], country: string): FinderFacts {
  const file = (kind: "postcodes" | "towns") => {
    const packed = places().packedFile(kind, homeOf(country).country);
    return packed ? { [kind]: `/find/places/${packed.name}` } : {};
  };
  const words = Object.fromEntries(Object.entries(sentences[language]).filter(([key]) => key.startsWith("card")));
  const term = sayTerm(language);
  return { language, country, words, terms: Object.fromEntries(terms.map((one) => [one, term(one)])) as FinderFacts["terms"], files: { ...file("postcodes"), ...file("towns") } };
}
