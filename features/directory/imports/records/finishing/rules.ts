import { isBefore } from "../../../../../platform/time/time.ts";
import type { Noun } from "../../../hsds/forms.ts";
import { unsaid } from "../../../hsds/rules.ts";
import { dialOf, numberParts, refusedNumber } from "../../../phones/rules.ts";
import { cleanText, countryOf, languageCode, momentOf, regionOf, statusOf } from "../../cleaning/rules.ts";
import { kindOf, termsIn, termsInFees } from "../../facets/rules.ts";
import type { Values } from "../cells/rules.ts";
import type { Desk, Guess, Noted, Refusal, Row } from "../types.ts";

/** One row whose cells are read; it is mended in place. */
export type Parts = { readonly values: Values; readonly row: Row; readonly noted: Noted[]; readonly guesses: Guess[]; readonly id: string };

type Finish = (parts: Parts, desk: Desk) => Refusal | undefined;

/** What each noun needs besides cells of the right kind; a refusal where it can't be had. */
export const finishers: Partial<Readonly<Record<Noun, Finish>>> = {
  organization: described,
  program: described,
  taxonomy: described,
  taxonomy_term: finishTerm,
  service: finishService,
  location: finishLocation,
  address: finishAddress,
  service_at_location: finishServiceAtLocation,
  phone: finishPhone,
  schedule: finishSchedule,
  language: finishLanguage,
  accessibility: ({ values }) => (values["description"] === undefined && values["details"] === undefined && values["url"] === undefined ? ["saysNothing"] : undefined),
  cost_option: finishCost,
  service_capacity: ({ values }) => (Number(values["available"]) < 0 || Number(values["maximum"] ?? 0) < 0 ? ["numberWrong", "available"] : undefined),
};

/** The standard asks for a description, be it empty. */
function described({ values }: Parts): undefined {
  values["description"] ??= "";
}

function finishTerm(parts: Parts, { reading, memory }: Desk): undefined {
  described(parts);
  if (reading.verbatim) return;
  const means = [...termsIn(String(parts.values["name"]))];
  if (means.length > 0) memory.meanings.set(parts.id, means);
}

function finishService({ values, row, noted, guesses, id }: Parts, { reading }: Desk): Refusal | undefined {
  const said = row.cells["status"]?.trim() ?? "";
  const status = statusOf(said);
  if (status === undefined) noted.push({ reason: said === "" ? "statusMissing" : "statusUnknown", detail: said });
  values["status"] = status ?? "active";
  for (const column of ["assured_date", "last_modified"] as const) {
    const at = typeof values[column] === "string" ? momentOf(values[column]) : undefined;
    // A day of the far side of the earth has begun there before it has here.
    if (at && isBefore(reading.now.add({ hours: 36 }), at)) return ["dayInFuture", column];
  }
  values["kind"] = reading.verbatim ? "resource" : kindOf(`${values["name"]} . ${values["alternate_name"] ?? ""}`);
  if (reading.verbatim) return undefined;
  for (const term of termsIn(`${values["name"]} . ${values["alternate_name"] ?? ""} . ${values["description"] ?? ""}`)) guesses.push({ serviceId: id, term });
  for (const term of termsInFees(String(values["fees_description"] ?? values["fees"] ?? ""))) guesses.push({ serviceId: id, term });
  return undefined;
}

function finishLocation({ values, row, noted }: Parts, { reading }: Desk): Refusal | undefined {
  values["location_type"] ??= "physical";
  const [latitude, longitude] = [values["latitude"], values["longitude"]];
  if (typeof latitude === "number" && Math.abs(latitude) > 90) return ["latitudeWrong", row.cells["latitude"] ?? ""];
  if (typeof longitude === "number" && Math.abs(longitude) > 180) return ["longitudeWrong", row.cells["longitude"] ?? ""];
  if (reading.verbatim) return undefined;
  // Some exports fill what they don't know with zeros.
  if (typeof latitude === "number" && typeof longitude === "number" && (latitude !== 0 || longitude !== 0)) {
    values["zone"] = reading.zoneOf({ latitude, longitude });
    return undefined;
  }
  if (latitude !== undefined || longitude !== undefined) noted.push({ reason: "pointLeftOut", detail: "latitude" });
  delete values["latitude"];
  delete values["longitude"];
  return undefined;
}

function finishAddress({ values, row, noted }: Parts, { reading, memory, idOf }: Desk): Refusal | undefined {
  if (["address_1", "city", "postal_code"].every((name) => values[name] === undefined)) return ["saysNothing"];
  // What our own export says where nothing was said.
  if (reading.verbatim) for (const name of ["address_1", "city", "state_province", "postal_code"]) if (values[name] === unsaid) values[name] = "";
  const said = row.cells["country"]?.trim() ?? "";
  const written = reading.verbatim && said === unsaid ? "" : said;
  const country = reading.verbatim ? written : (countryOf(written) ?? reading.country);
  if (written !== "" && countryOf(written) === undefined) noted.push({ reason: "countryUnknown", detail: written });
  values["country"] = country;
  values["address_type"] ??= "physical";
  values["state_province"] = reading.verbatim ? (values["state_province"] ?? "") : regionOf(country, String(values["state_province"] ?? values["region"] ?? ""));
  for (const name of ["address_1", "city", "postal_code"]) values[name] ??= "";
  // Kept for places elsewhere alone: most are where the source is.
  if (country !== reading.country) memory.places.set(idOf("location", String(values["location_id"])), country);
  return undefined;
}

function finishServiceAtLocation({ values }: Parts, { memory, idOf }: Desk): undefined {
  const country = memory.places.get(idOf("location", String(values["location_id"])));
  if (country !== undefined) memory.services.set(idOf("service", String(values["service_id"])), country);
}

/** Where a number rings: at its place, or where its service is, or where the source is. */
function countryAt(values: Values, { reading, memory, idOf }: Desk): string {
  const at = typeof values["location_id"] === "string" ? memory.places.get(idOf("location", values["location_id"])) : undefined;
  return at ?? (typeof values["service_id"] === "string" ? memory.services.get(idOf("service", values["service_id"])) : undefined) ?? reading.country;
}

function finishPhone({ values, noted }: Parts, desk: Desk): Refusal | undefined {
  const written = String(values["number"] ?? "");
  if (!desk.reading.verbatim && !/\d/.test(written)) return ["numberMissing"];
  const country = countryAt(values, desk);
  const dead = refusedNumber(written, country);
  if (dead) return ["numberDead", dead.replacedBy ?? ""];
  if (desk.reading.verbatim) return undefined;
  const { number, extension } = numberParts(written);
  if (extension !== undefined && values["extension"] === undefined) {
    values["extension"] = Number(extension);
    values["number"] = number;
  }
  const dial = dialOf(written, country);
  if (dial) Object.assign(values, { dial: dial.dial, dial_kind: dial.kind, country: dial.country });
  else noted.push({ reason: "numberAsText", detail: "number" });
  return undefined;
}

/** Days of the week, each perhaps with the how-many-eth of its month it is (RFC 5545): "MO,WE", "1TU,-1FR". */
const byday = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/;
const numbers = /^[+-]?\d{1,3}(,[+-]?\d{1,3})*$/;

function finishSchedule({ values, row, noted }: Parts, { reading }: Desk): Refusal | undefined {
  const wrong = wrongRule(values, row);
  if (wrong !== undefined) return ["ruleWrong", wrong];
  for (const name of ["opens_at", "closes_at"]) {
    const written = row.cells[name]?.trim() ?? "";
    if (written === "" || values[name] !== undefined) continue;
    if (values["description"] === undefined) return ["timeWrong", written];
    noted.push({ reason: "timeLeftOut", detail: name });
  }
  if ((values["opens_at"] === undefined) !== (values["closes_at"] === undefined) && values["description"] !== undefined && !reading.verbatim) {
    // Half a span of time says something else than its text.
    delete values["opens_at"];
    delete values["closes_at"];
  }
  const says = ["byday", "bymonthday", "opens_at", "closes_at", "description", "dtstart", "valid_from", "valid_to", "notes", "schedule_link"];
  if (!reading.verbatim && says.every((name) => values[name] === undefined)) return ["saysNothing"];
  // The distance from UTC is the zone's to say.
  for (const name of ["opens_at", "closes_at"]) if (typeof values[name] === "string") values[name] = values[name].replace(/(Z|[+-]\d\d:\d\d)$/, "");
  return backwards(values);
}

/** The part of a rule of repetition that can't be one; undefined: all can. */
function wrongRule(values: Values, { cells }: Row): string | undefined {
  const without = (name: string): string => String(values[name] ?? "").replace(/\s/g, "");
  const days = without("byday");
  if (days !== "" && !byday.test(days)) return `byday ${days}`;
  if (days !== "") values["byday"] = days;
  const list = ["bymonthday", "byweekno", "byyearday"].find((name) => without(name) !== "" && !numbers.test(without(name)));
  if (list !== undefined) return `${list} ${without(list)}`;
  if (cells["freq"]?.trim() && values["freq"] === undefined) return `freq ${cells["freq"]}`;
  return ["interval", "count"].find((name) => typeof values[name] === "number" && (values[name] < 1 || !Number.isInteger(values[name])));
}

function finishLanguage({ values }: Parts, { reading }: Desk): Refusal | undefined {
  if (values["name"] === undefined && values["code"] === undefined) return ["saysNothing"];
  if (reading.verbatim) return undefined;
  const code = languageCode(String(values["code"] ?? values["name"])) ?? languageCode(String(values["name"] ?? ""));
  if (code === undefined) delete values["code"];
  else values["code"] = code;
  return undefined;
}

function finishCost({ values, guesses }: Parts, { reading, idOf }: Desk): Refusal | undefined {
  const said = `${values["option"] ?? ""} ${values["amount_description"] ?? ""}`;
  if (!reading.verbatim) for (const term of termsInFees(cleanText(said))) guesses.push({ serviceId: idOf("service", String(values["service_id"])), term });
  return backwards(values);
}

const backwards = (values: Values): Refusal | undefined => (typeof values["valid_from"] === "string" && typeof values["valid_to"] === "string" && values["valid_from"] > values["valid_to"] ? ["spanBackwards", "valid_to"] : undefined);
