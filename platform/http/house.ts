import type { Logger } from "pino";
import type { Keys } from "../crypto/seal.ts";
import type { Database } from "../db/database.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Bus } from "../live/bus.ts";
import type { Hub } from "../live/hub.ts";
import type { Rooms } from "../rooms/rooms.ts";
import type { Clock } from "../time/time.ts";
import type { Environment } from "./environment.ts";
import type { SignedIn } from "./scope.ts";
import type { Assets } from "../ui/assets.ts";

/** What every room of the program stands on; made once in `server.ts`, and by tests with their own clock and database. */
export type House = {
  readonly db: Database;
  readonly hub: Hub;
  readonly bus: Bus;
  readonly keys: Keys;
  readonly now: Clock;
  readonly log: Logger;
  readonly delivery: Delivery;
  /** Where groups hear each other. */
  readonly rooms: Rooms;
  readonly environment: Environment;
  readonly assets: Assets;
  /** Who holds this session token now, with her roles in force; undefined when the session is over. A "look" is no visit: it keeps no session alive. */
  readonly memberBySession: (token: string, how?: "visit" | "look") => Promise<SignedIn | undefined>;
  /** Ends the session of this token, whoever's it is; one that is over already stays so. */
  readonly endSession: (token: string) => Promise<void>;
};
