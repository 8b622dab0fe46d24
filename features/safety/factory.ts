import { buildApp, type App } from "../../platform/http/app.tsx";
import type { House } from "../../platform/http/house.ts";
import { safetyRoom } from "./routes.tsx";
import type { DeskPorts } from "./types.ts";
import { NotHere, OurFault, TooLarge } from "./apologies/routes.tsx";

/** The front door with this room alone behind it, for tests of its pages. */
export const safetyApp = (house: House, ports?: DeskPorts): App => buildApp(house, [safetyRoom(house, ports)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });
