import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { feedRoutes } from "./feeds/routes.tsx";
import { inHand, keysHeld } from "./gates.ts";
import { eveningRoutes } from "./evening/routes.tsx";
import { findRoutes } from "./find/routes.tsx";
import { healthRoutes } from "./health/routes.tsx";
import { messageRoutes } from "./messages/routes.tsx";
import { seatRoutes } from "./seats/routes.tsx";
import { seriesRoutes } from "./series/routes.tsx";

/** Online support groups: what meets, a seat, the evening itself. */
export function groupsRoom(house: House): Room {
  const room = new Room(house);
  // Whole paths before those with a meeting or a group in them.
  seriesRoutes(room);
  healthRoutes(room);
  feedRoutes(room, { seatIdsOf: (c) => inHand(house, keysHeld(c)) });
  seatRoutes(room);
  messageRoutes(room);
  eveningRoutes(room);
  findRoutes(room);
  return room;
}
