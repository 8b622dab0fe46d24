import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { aboutRoutes } from "./about/routes.tsx";
import { homeRoutes } from "./home/routes.tsx";
import { settingsRoutes } from "./settings/routes.tsx";
import { closedUntilSetUp, setUpRoutes } from "./set-up/routes.tsx";
import type { Accounts } from "./set-up/types.ts";

/** Home, about, set-up and settings. Mounted first: until there is a network, it answers for every room in production. */
export function networkRoom(house: House, accounts: Accounts): Room {
  const room = new Room(house);
  closedUntilSetUp(room);
  homeRoutes(room);
  aboutRoutes(room);
  setUpRoutes(room, accounts);
  settingsRoutes(room);
  return room;
}
