import type { App } from "../../../platform/http/app.tsx";
import type { House } from "../../../platform/http/house.ts";
import { makeNetwork, signedIn } from "../../network/factory.ts";
import { directoryApp } from "../factory.ts";

/** A network with its directory behind the front door, and the cookies of a coordinator and a volunteer who are signed in. */
export async function tendedDirectory(house: House): Promise<{ readonly app: App; readonly coordinator: string; readonly volunteer: string }> {
  await makeNetwork(house);
  return { app: directoryApp(house), coordinator: await signedIn(house, "coordinator"), volunteer: await signedIn(house, "volunteer") };
}
