import { anyone, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { keepingNow } from "../queries.ts";
import { PrivacyPage } from "./views/privacy.tsx";

/** What is kept of whoever is here: for everybody, before anything is asked of her (RCW 19.373.020; GDPR, art. 13). */
export function pageRoutes(room: Room): void {
  const { db, assets } = room.house;
  room.get("/privacy", anyone, async (c) => show(c, <PrivacyPage visit={visitOf(c)} assets={assets} {...await keepingNow(db)} />));
}
