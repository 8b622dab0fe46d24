import type { Door, Room } from "../../../platform/http/room.ts";
import { textProvider } from "../../../platform/http/text-provider.ts";
import { keepReport, readText } from "./commands.ts";

/** What the provider of texts posts to us. Both are doors of a machine: a signature opens them, and no cookie is read. */
export function byTextRoutes(room: Room): void {
  const { house } = room;
  const { sms } = house.delivery;
  const reply = (c: Door, words: string | undefined) => {
    const { type, body } = sms.answer(words);
    return c.body(body, 200, { "content-type": type, "cache-control": "no-store" });
  };

  room.postByMachine("/texts/incoming", textProvider, async (c, posted) => {
    const text = sms.readText(posted);
    return reply(c, text && (await readText(house, text)));
  });

  room.postByMachine("/texts/status", textProvider, async (c, posted) => {
    const report = sms.readReport(posted);
    if (report) await keepReport(house, report);
    return c.body(null, 204);
  });
}
