import type { House } from "../../platform/http/house.ts";
import { Room, type Gate } from "../../platform/http/room.ts";
import type { ParentScope } from "../../platform/http/scope.ts";
import { assessmentRoutes } from "./assessment/routes.tsx";
import { breachRoutes } from "./breaches/routes.tsx";
import { pageRoutes } from "./page/routes.tsx";
import { registerRoutes } from "./register/routes.tsx";
import { reportRoutes } from "./report/routes.tsx";

/** What is kept, of whom, for how long, and who may see it: for parents, for members and for who answers for it. `herConversation` is the helpline's gate. */
export function privacyRoom(house: House, herConversation: Gate<ParentScope>): Room {
  const room = new Room(house);
  pageRoutes(room);
  registerRoutes(room);
  breachRoutes(room);
  assessmentRoutes(room);
  reportRoutes(room, herConversation);
  return room;
}
