import type { Room } from "../../../platform/http/room.ts";
import { csvFile, show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { staffWho } from "../gates.ts";
import { csvOf } from "../in-words/rules.ts";
import { keepingNow } from "../queries.ts";
import { say } from "../words.ts";
import { sharingNow } from "./queries.ts";
import { columns, registerIn } from "./rules.ts";
import { Register } from "./views/register.tsx";

/** The register of processing, to read, to print and as a spreadsheet; and what members said yes to give away. */
export function registerRoutes(room: Room): void {
  const { db, assets } = room.house;

  room.get("/privacy/register", staffWho("readRegister"), async (c, scope) => {
    const [{ network, clocks }, sharing] = await Promise.all([keepingNow(db), sharingNow(db, scope)]);
    return show(c, <Register staffed={{ visit: visitOf(c), assets, member: scope.member }} {...{ network, clocks, sharing }} />);
  });

  room.get("/privacy/register.csv", staffWho("readRegister"), async (c) => {
    const { language } = visitOf(c);
    const { clocks } = await keepingNow(db);
    return csvFile("register.csv", csvOf([columns.map((column) => say(language)(column)), ...registerIn(language, clocks).map(({ cells }) => cells)]));
  });
}
