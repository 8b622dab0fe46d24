import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { areaRoutes } from "./areas/routes.tsx";
import { byTextRoutes } from "./by-text/routes.tsx";
import { finderRoutes } from "./finder/routes.tsx";
import { hsdsRoutes } from "./hsds/routes.tsx";
import { importRoutes } from "./imports/routes.tsx";
import { ledgerRoutes } from "./ledger/routes.tsx";
import { listingRoutes } from "./listing/routes.tsx";
import { renewalRoutes } from "./renewal/routes.tsx";
import { tendingRoutes } from "./tending/routes.tsx";

/** Help near home. Each part mounts its own addresses: one line a part. */
export function directoryRoom(house: House): Room {
  const room = new Room(house);
  finderRoutes(room);
  listingRoutes(room);
  areaRoutes(room);
  hsdsRoutes(room);
  importRoutes(room);
  tendingRoutes(room);
  renewalRoutes(room);
  byTextRoutes(room);
  ledgerRoutes(room);
  return room;
}
