import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { joiningRoutes } from "./joining/routes.tsx";
import type { Accounts } from "./joining/types.ts";
import { consentRoutes } from "./consents/routes.tsx";
import { exportRoutes } from "./export/routes.tsx";
import type { AccountOf, ToldOf } from "./export/types.ts";
import { leavingRoutes } from "./leaving/routes.tsx";
import type { Parting } from "./leaving/types.ts";
import { mineRoutes } from "./mine/routes.tsx";
import { newsRoutes } from "./news/routes.tsx";
import { pictureRoutes } from "./pictures/routes.tsx";
import { postRoutes } from "./posts/routes.tsx";
import { reportRoutes } from "./reports/routes.tsx";
import { searchRoutes } from "./search/routes.tsx";
import { spaceRoutes } from "./spaces/routes.tsx";
import { topicRoutes } from "./topics/routes.tsx";

/** The forum: spaces, topics, posts. */
export function communityRoom(house: House, accounts: Accounts & Parting & { readonly accountOf: AccountOf; readonly toldOf: ToldOf }): Room {
  const room = new Room(house);
  joiningRoutes(room, accounts);
  mineRoutes(room);
  consentRoutes(room);
  newsRoutes(room);
  exportRoutes(room, accounts);
  leavingRoutes(room, accounts);
  spaceRoutes(room);
  searchRoutes(room);
  topicRoutes(room);
  reportRoutes(room);
  pictureRoutes(room);
  postRoutes(room);
  return room;
}
