import { z } from "zod";
import { inTransaction } from "../../platform/db/transaction.ts";
import type { Notify } from "../../platform/delivery/notify.ts";
import type { House } from "../../platform/http/house.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { writeEverySession } from "./calendar/commands.ts";
import { clearEvening, clearEvenings } from "./evening/commands.ts";
import { clearFeeds } from "./feeds/commands.ts";
import { forgetAttendance, remindSeats, tellOfIncident, tellSeat, tellSeats } from "./letters/commands.ts";
import { told } from "./letters/types.ts";
import { settleSession } from "./seats/commands.ts";
import { tellStaff, type Asked } from "./series/letters/commands.ts";
import type { SeatId, SessionId } from "./types.ts";

const ofSession = z.object({ sessionId: z.uuid().transform((id) => id as SessionId) });
const ofSeat = z.object({ seatId: z.uuid().transform((id) => id as SeatId), what: z.enum(told) });
const ofSeats = ofSession.extend({ what: z.enum(["moved", "cancelled", "message"]) });

const asked = z.object({ what: z.enum(["proposed", "answered", "ended", "cover"]), id: z.uuid(), by: z.uuid() }).transform((payload) => payload as Asked);

/** What groups do in the background; each is one call, safe to run twice. */
export const groupsJobs = (house: House, notify: Notify): Jobs => ({
  "settle-session": (payload) => settleSession(house, ofSession.parse(payload).sessionId),
  "tell-seat": (payload) => {
    const { seatId, what } = ofSeat.parse(payload);
    return tellSeat(house, seatId, what);
  },
  "tell-seats": (payload) => {
    const { sessionId, what } = ofSeats.parse(payload);
    return tellSeats(house, sessionId, what);
  },
  "remind-seats": () => remindSeats(house),
  "clear-evening": (payload) => clearEvening(house, ofSession.parse(payload).sessionId),
  "tell-of-incident": () => tellOfIncident(house, notify),
  "tell-staff": (payload) => tellStaff(house, notify, asked.parse(payload)),
  "write-sessions": () => writeEverySession(house),
  "forget-attendance": async () => {
    await clearEvenings(house);
    await forgetAttendance(house);
  },
  "clear-feeds": () => inTransaction(house, async (act) => void (await clearFeeds(act))),
});

/** Every five minutes reminders; each night (UTC) the meetings of the weeks to come, as the clocks' law has them then, and what has had its time goes. */
export const groupsRounds: Rounds = { "remind-seats": "*/5 * * * *", "write-sessions": "10 2 * * *", "forget-attendance": "20 3 * * *", "clear-feeds": "30 3 * * *" };
