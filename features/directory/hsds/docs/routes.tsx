import { answerData } from "../../../../platform/http/open-data.ts";
import { anyone, type Room } from "../../../../platform/http/room.ts";
import { show } from "../../../../platform/http/show.ts";
import { visitOf } from "../../../../platform/http/visit.ts";
import { chooseLanguage } from "../../../../platform/i18n/words.ts";
import { networkNow } from "../../../network/queries.ts";
import { facts, factsTaxonomyName } from "../../taxonomy/queries.ts";
import { siteOf } from "../rules.ts";
import { openApiOf } from "./rules.ts";
import { Docs } from "./views/docs.tsx";
import { say } from "./words.ts";

/** What the open data is, for people and for programs. */
export function docsRoutes(room: Room): void {
  const { house } = room;
  room.get("/hsds/docs", anyone, (c) => show(c, <Docs visit={visitOf(c)} assets={house.assets} facts={facts} factList={factsTaxonomyName} />));
  room.open("GET", "/hsds/openapi.json", async (c) => {
    const title = (await networkNow(house.db))?.name ?? "Small Hours";
    return answerData(c, openApiOf({ title, site: siteOf(c.req.url, house.environment.PUBLIC_URL), t: say(chooseLanguage(undefined, c.req.header("accept-language"))) }));
  });
}
