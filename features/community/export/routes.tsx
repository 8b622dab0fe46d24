import { Readable } from "node:stream";
import { archiveOf, type Packed } from "../../../platform/http/archive.ts";
import type { Room } from "../../../platform/http/room.ts";
import { asHtml, pageHeaders } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { memberWho } from "../gates.ts";
import { pictureFor } from "../pictures/queries.ts";
import { everythingOf } from "./queries.ts";
import type { AccountOf, ToldOf } from "./types.ts";
import { EverythingPage } from "./views/everything.tsx";

/** All that is hers, in one click: for a machine, and to read. */
export function exportRoutes(room: Room, known: { readonly accountOf: AccountOf; readonly toldOf: ToldOf }): void {
  const { house } = room;

  // The name of the file says nothing of where it is from.
  room.post("/community/export", memberWho("changeOwn"), async (c, scope) => {
    const all = await everythingOf(house, known, scope);
    const files = async function* (): AsyncGenerator<Packed> {
      yield { name: "all.json", pieces: [JSON.stringify(all, null, 2)] };
      yield { name: "all.html", pieces: [asHtml(<EverythingPage language={visitOf(c).language} all={all} />)] };
      for (const { id, file } of all.posts.flatMap(({ pictures }) => pictures)) {
        const bytes = await pictureFor(house.db, house.keys, scope, id);
        if (bytes) yield { name: file, pieces: [bytes] };
      }
    };
    const headers = { ...pageHeaders, "content-type": "application/zip", "content-disposition": 'attachment; filename="my-copy.zip"', "cache-control": "no-store" };
    return new Response(Readable.toWeb(Readable.from(archiveOf(files(), all.madeAt))) as ReadableStream<Uint8Array>, { headers });
  });
}
