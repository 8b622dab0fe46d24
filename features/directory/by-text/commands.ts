import { countTries } from "../../../platform/db/tries.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import { fitNames } from "../../../platform/i18n/segments.ts";
import type { ReceivedText, TextReport } from "../../../platform/delivery/sms.ts";
import { addressPrint, stopWriting, writeAgain } from "../../../platform/delivery/stops.ts";
import { isFirstTime, noteText } from "../../../platform/delivery/text-log.ts";
import type { House } from "../../../platform/http/house.ts";
import { isZone } from "../../../platform/time/time.ts";
import { networkNow } from "../../network/queries.ts";
import { helpFor, lineOfTheCard } from "../../safety/queries.ts";
import { markOf } from "../claims/now/rules.ts";
import { inMs } from "../claims/rules.ts";
import { homeOf } from "../finder/asks/rules.ts";
import type { FoundListing } from "../finder/queries.ts";
import { dialOf } from "../phones/rules.ts";
import { places } from "../places/queries.ts";
import { answerByText } from "../renewal/asking/commands.ts";
import { nearest } from "./queries.ts";
import { answerOf, dialFor, mostSegments, wishOf } from "./rules.ts";
import type { TextRow, Wish } from "./types.ts";
import { say } from "./words.ts";

const hour = 60 * 60;
/** Answers to one number in an hour; then one line with the crisis number; then none, since it may be a machine that answers ours. */
const mostAnswers = 10;
const mostAtAll = 15;

/**
 * Reads a text and says what is answered; undefined: nothing. Posted again, it does and answers nothing.
 * Of a search neither place nor words are kept: it is read, answered and forgotten.
 */
export async function readText(house: House, { id, from, body, answered }: ReceivedText): Promise<string | undefined> {
  const network = await networkNow(house.db);
  const wish = wishOf(body, network?.languages[0]);
  const first = await inTransaction(house, async (act): Promise<{ answer: string | undefined } | "again" | "asks"> => {
    if (!(await isFirstTime(act.tx, id, act.now))) return "again";
    const done = await heed(house, act, from, wish, network?.name ?? "Small Hours");
    return done === "asks" ? done : { answer: done };
  });
  if (first === "again" || answered) return undefined;
  return first === "asks" ? answerAsk(house, from, wish, network) : first.answer;
}

/** What changes something: stopping, starting, an owner's answer. Anything else asks for an answer alone. */
async function heed(house: House, act: Act, from: string, wish: Wish, name: string): Promise<string | undefined | "asks"> {
  const print = addressPrint(house.keys, from);
  const t = say(wish.language);
  if (wish.wants === "stop") {
    await stopWriting(act.tx, print, act.now);
    return fitNames([name], ([network = ""]) => t("stopped", { network }), mostSegments);
  }
  if (wish.wants === "start") {
    await writeAgain(act.tx, print);
    return fitNames([name], ([network = ""]) => t("started", { network }), mostSegments);
  }
  if (wish.wants === "answer") return (await answerByText(house, act, from, wish.answer)) ?? "asks";
  return "asks";
}

async function answerAsk(house: House, from: string, wish: Wish, network: Awaited<ReturnType<typeof networkNow>>): Promise<string | undefined> {
  const t = say(wish.language);
  const country = dialOf(from, undefined)?.country ?? network?.country ?? "US";
  const crisis = crisisIn(country, wish);
  const print = house.keys.fingerprint("text-number", from);
  if ((await countTries(house.db, { name: "text/at-all", tries: mostAtAll, seconds: hour }).take(print)) > 0) return undefined;
  if ((await countTries(house.db, { name: "text/answers", tries: mostAnswers, seconds: hour }).take(print)) > 0) return answerOf(crisis, [], t("tooMany"));
  if (wish.wants === "search") return answerSearch(house, wish, country, crisis, network?.zone ?? "UTC");
  if (wish.wants === "about") return fitNames([network?.name ?? "Small Hours"], ([name = ""]) => `${crisis}\n${t("about", { network: name })}`, mostSegments) ?? crisis;
  return answerOf(crisis, [], t("how"));
}

/** "In danger: 988 or 911." Numbers of the country that her own number is of. */
function crisisIn(country: string, { language }: Wish): string {
  const t = say(language);
  const help = helpFor(country);
  const line = lineOfTheCard(help)?.phone;
  const number = help.emergency.ambulance[0] ?? "112";
  return line ? t("crisisLine", { line, number }) : t("crisisOnly", { number });
}

async function answerSearch(house: House, wish: Extract<Wish, { wants: "search" }>, country: string, crisis: string, zone: string): Promise<string> {
  const t = say(wish.language);
  const place = places().placeOfPostcode(homeOf(country).country, wish.postcode);
  const postcode = wish.postcode.toUpperCase();
  if (!place) return answerOf(crisis, [], `${t("unknownPlace", { postcode })} ${t("how")}`);
  const found = await nearest(house.db, place, country, wish.language, house.now());
  return found.length === 0 ? answerOf(crisis, [], t("none", { postcode })) : answerOf(crisis, found.flatMap((one) => rowOf(one, house, wish, country, zone)));
}

function rowOf({ listing }: FoundListing, house: House, { language }: Wish, country: string, zone: string): TextRow[] {
  const t = say(language);
  const dial = dialFor(listing.card, country);
  if (!dial) return [];
  const mark = markOf(inMs(listing), listing.inDoubtSince !== undefined, house.now().epochMilliseconds);
  const where = listing.card.zone && isZone(listing.card.zone) ? listing.card.zone : zone;
  const day = listing.verifiedAt?.toZonedDateTimeISO(where).toLocaleString(language === "es" ? "es-419" : "en-US", { month: "short", day: "numeric" }) ?? "";
  return [{ name: listing.card.name, phone: dial.shown, checked: mark === "verified" ? t("checked", { day }) : mark === "expired" ? t("checkedLong", { day }) : t("notChecked") }];
}

/** How far a text of ours has come. */
export const keepReport = (house: House, report: TextReport): Promise<void> => noteText(house.db, report, house.now());
