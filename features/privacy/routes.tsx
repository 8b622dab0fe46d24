import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { pageRoutes } from "./page/routes.tsx";

/** What is kept, of whom, for how long, and who may see it: for parents, for members and for who answers for it. */
export function privacyRoom(house: House): Room {
  const room = new Room(house);
  pageRoutes(room);
  return room;
}
