import { Readable } from "node:stream";
import { archiveOf, type Packed } from "../../../platform/http/archive.ts";
import type { Room } from "../../../platform/http/room.ts";
import { asHtml, pageHeaders, show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { memberWho } from "../gates.ts";
import { consentsOf, everythingOf } from "./queries.ts";
import type { AccountOf } from "./types.ts";
import { ConsentsPage } from "./views/consents.tsx";
import { EverythingPage } from "./views/everything.tsx";

/** All that is hers, in one click: for a machine, and to read. */
export function exportRoutes(room: Room, accountOf: AccountOf): void {
  const { house } = room;

  room.get("/community/consents", memberWho("changeOwn"), async (c, scope) => {
    const visit = visitOf(c);
    const [consents, zone] = await Promise.all([consentsOf(house.db, scope), zoneFor(house.db, visit)]);
    return show(c, <ConsentsPage {...{ visit, consents, zone }} assets={house.assets} />);
  });

  // The name of the file says nothing of where it is from.
  room.post("/community/export", memberWho("changeOwn"), async (c, scope) => {
    const all = await everythingOf(house, accountOf, scope);
    const files = async function* (): AsyncGenerator<Packed> {
      yield { name: "all.json", pieces: [JSON.stringify(all, null, 2)] };
      yield { name: "all.html", pieces: [asHtml(<EverythingPage language={visitOf(c).language} all={all} />)] };
    };
    const headers = { ...pageHeaders, "content-type": "application/zip", "content-disposition": 'attachment; filename="my-copy.zip"', "cache-control": "no-store" };
    return new Response(Readable.toWeb(Readable.from(archiveOf(files(), all.madeAt))) as ReadableStream<Uint8Array>, { headers });
  });
}
