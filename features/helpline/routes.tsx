import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { blockRoutes } from "./blocks/routes.tsx";
import { boardRoutes } from "./board/routes.tsx";
import { callBackRoutes } from "./call-backs/routes.tsx";
import { closureRoutes } from "./closures/routes.tsx";
import { concernRoutes } from "./concerns/routes.tsx";
import { deskRoutes } from "./desk/routes.tsx";
import { parentRoutes } from "./parent/routes.tsx";

/** The helpline: the parent's side, the volunteer's desk, the coordinator's board. */
export function helplineRoom(house: House): Room {
  const room = new Room(house);
  parentRoutes(room);
  deskRoutes(room);
  concernRoutes(room);
  callBackRoutes(room);
  closureRoutes(room);
  blockRoutes(room);
  boardRoutes(room);
  return room;
}
