import { z } from "zod";
import type { Notify } from "../../platform/delivery/notify.ts";
import type { House } from "../../platform/http/house.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { forgetOldOffers, tellOfSeatOffer } from "./areas/commands.ts";
import { pullEverySource, pullSource } from "./imports/pulling/commands.ts";
import type { ImportId } from "./imports/types.ts";
import { forgetOldUploads, readUploadIn } from "./imports/uploads/commands.ts";
import { countLedger } from "./ledger/commands.ts";
import { askOwners, forgetOldAsks, sendAsk } from "./renewal/asking/commands.ts";
import { ways } from "./renewal/types.ts";
import { pageCoordinators } from "./reports/commands.ts";
import { alarms } from "./reports/types.ts";
import type { ServiceId, SourceId } from "./types.ts";

const service = z.uuid().transform((id) => id as ServiceId);
const ask = z.object({ way: z.enum(ways), links: z.array(z.object({ hash: z.string(), sealed: z.string() })) });
const upload = z.object({ importId: z.uuid().transform((id) => id as ImportId) });
const source = z.object({ sourceId: z.uuid().transform((id) => id as SourceId) });
const page = z.object({ serviceId: service, alarm: z.enum(alarms) });

/** What the directory does in the background; each is one call, safe to run twice. */
export const directoryJobs = (house: House, notify: Notify): Jobs => ({
  "page-coordinators": (payload) => {
    const { serviceId, alarm } = page.parse(payload);
    return pageCoordinators(house, serviceId, alarm, notify);
  },
  "tell-of-seat-offer": () => tellOfSeatOffer(house, notify),
  "forget-old-offers": () => forgetOldOffers(house),
  "forget-old-asks": () => forgetOldAsks(house),
  "ask-owner": (payload) => sendAsk(house, ask.parse(payload)),
  "ask-owners": () => askOwners(house),
  "read-upload": (payload) => readUploadIn(house, upload.parse(payload).importId),
  "pull-source": (payload) => pullSource(house, source.parse(payload).sourceId),
  "pull-every-source": () => pullEverySource(house),
  "forget-old-uploads": () => forgetOldUploads(house),
  "count-ledger": () => countLedger(house),
});

/**
 * Each night (UTC): offers that nobody answered in their time go, then old asks, and files that nobody said yes to; then other directories are read.
 * Every hour: owners are asked in the morning where they are, the ledger is counted.
 */
export const directoryRounds: Rounds = { "forget-old-offers": "40 3 * * *", "forget-old-asks": "50 3 * * *", "forget-old-uploads": "55 3 * * *", "pull-every-source": "30 4 * * *", "ask-owners": "7 * * * *", "count-ledger": "20 * * * *" };
