import { pino } from "pino";
import { sessionEnder } from "../features/accounts/commands.ts";
import { memberBySession } from "../features/accounts/queries.ts";
import { keysFrom } from "../platform/crypto/seal.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { letterBox } from "../platform/delivery/email.ts";
import { pushBox } from "../platform/delivery/push.ts";
import { smsBox } from "../platform/delivery/sms.ts";
import { readEnvironment } from "../platform/http/environment.ts";
import type { House } from "../platform/http/house.ts";
import { embeddedRooms } from "../platform/rooms/embedded.ts";
import { makeHub } from "../platform/live/hub.ts";
import { wallClock } from "../platform/time/time.ts";
import { plainAssets } from "../platform/ui/assets.ts";

export type SideDoor = House & { close(): Promise<void> };

/** The house of a running program by another door: the same rows and keys, and a bus that tells nobody, as of a process that dies after its commit. */
export function openSideDoor(url: string, masterKey: string): SideDoor {
  const db = openDatabase(openPool(url, 5));
  const hub = makeHub(() => undefined);
  return {
    db,
    hub,
    bus: { tell: () => undefined, close: () => Promise.resolve() },
    keys: keysFrom(Buffer.from(masterKey, "hex")),
    now: wallClock,
    log: pino({ level: "silent" }),
    delivery: { email: letterBox(), push: pushBox(), sms: smsBox() },
    rooms: { embedded: embeddedRooms({ clock: wallClock }) },
    environment: readEnvironment({ DATABASE_URL: url }),
    assets: plainAssets,
    memberBySession: (token) => memberBySession(db, token, wallClock()),
    endSession: sessionEnder(db, wallClock),
    async close() {
      hub.close();
      await db.destroy();
    },
  };
}
