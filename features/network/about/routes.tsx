import { anyone, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../queries.ts";
import { packages } from "./queries.ts";
import { About } from "./views/about.tsx";

/** What this is, who runs it, and to whom it owes its facts and its parts. */
export function aboutRoutes(room: Room): void {
  const { db, assets } = room.house;
  room.get("/about", anyone, async (c) => show(c, <About visit={visitOf(c)} assets={assets} network={await networkNow(db)} packages={packages()} />));
}
