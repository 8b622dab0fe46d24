import { buildApp, type App } from "../../platform/http/app.tsx";
import type { House } from "../../platform/http/house.ts";
import { safetyRoom } from "./routes.tsx";
import { NotHere, OurFault, TooLarge } from "./apologies/routes.tsx";

/** The front door with this room alone behind it, for tests of its pages. */
export const safetyApp = (house: House): App => buildApp(house, [safetyRoom(house)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });
