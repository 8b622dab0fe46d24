import type { Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { staffWho } from "../series/gates.ts";
import { healthOf } from "./queries.ts";
import { HealthPage } from "./views/health.tsx";

/** How the groups are doing, in numbers that are nobody. */
export function healthRoutes(room: Room): void {
  const { house } = room;
  room.get("/evenings/health", staffWho("seeHealth"), async (c, scope) => show(c, <HealthPage groups={await healthOf(house.db, scope, house.now())} now={house.now()} staffed={staffedOf(c, house, scope)} />));
}
