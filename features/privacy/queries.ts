import type { Reader } from "../../platform/db/database.ts";
import { endedDays } from "../accounts/queries.ts";
import { draftDays, versionDays } from "../community/queries.ts";
import { askKeptDays, linkKeptDays, offerDays, textKeptDays } from "../directory/queries.ts";
import { askedContactHours, attendanceDays, contactHours, leftoverHours, reportDays } from "../groups/queries.ts";
import { originKeptHours, silentDays } from "../helpline/queries.ts";
import { networkNow, type Network } from "../network/queries.ts";
import { careDays, noteHours, signalDays } from "../safety/queries.ts";
import type { Clocks } from "./types.ts";

/** What a network that is not set up yet would keep: the defaults of its table. */
const unset = { conversationDays: 30, contactDays: 14, auditDays: 730 } as const;

/** How long each thing is kept, read from where the jobs that let it go read it: no page can say another number. */
export const clocksOf = (network: Pick<Network, "conversationDays" | "contactDays" | "auditDays"> = unset): Clocks => ({
  conversationDays: network.conversationDays,
  contactDays: network.contactDays,
  auditDays: network.auditDays,
  silentDays,
  originHours: originKeptHours,
  attendanceDays,
  seatContactHours: contactHours,
  seatAskedHours: askedContactHours,
  eveningHours: leftoverHours,
  reportDays,
  endedDays,
  versionDays,
  draftDays,
  signalDays,
  careDays,
  noteHours,
  offerDays,
  linkDays: linkKeptDays,
  askDays: askKeptDays,
  textDays: textKeptDays,
});

/** The network and its clocks, for every page of this room. */
export async function keepingNow(db: Reader): Promise<{ readonly network: Network | undefined; readonly clocks: Clocks }> {
  const network = await networkNow(db);
  return { network, clocks: clocksOf(network) };
}
