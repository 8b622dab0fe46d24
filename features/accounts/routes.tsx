import type { House } from "../../platform/http/house.ts";
import { Room } from "../../platform/http/room.ts";
import { againRoutes } from "./again/routes.tsx";
import { accountRoutes } from "./account/routes.tsx";
import { changesRoutes } from "./changes/routes.tsx";
import { joiningRoutes } from "./joining/routes.tsx";
import { passkeyRoutes } from "./passkeys/routes.tsx";
import { peopleRoutes } from "./people/routes.tsx";
import { pushRoutes } from "./push/routes.tsx";
import { secondStepRoutes } from "./second-step/routes.tsx";
import type { SignInTries } from "./sign-in/commands.ts";
import { signInRoutes } from "./sign-in/routes.tsx";

/** Signing in, one's own account, and the coordinator's list of people. `tries` counts what somebody tries who is signed in. */
export function accountsRoom(house: House, tries: SignInTries): Room {
  const room = new Room(house);
  signInRoutes(room);
  passkeyRoutes(room);
  secondStepRoutes(room, tries);
  accountRoutes(room, tries);
  againRoutes(room, tries);
  changesRoutes(room);
  pushRoutes(room);
  joiningRoutes(room);
  peopleRoutes(room);
  return room;
}
