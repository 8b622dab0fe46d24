import { v5 } from "uuid";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { allEmergencies, allLines, emergencySource } from "../../safety/queries.ts";
import { relist } from "../listing/commands.ts";
import { dialOf } from "../phones/rules.ts";
import { directoryNamespace } from "../taxonomy/queries.ts";
import type { Field, ServiceId } from "../types.ts";
import { emergencyAsService, lineAsService, type LineAsService } from "./rules.ts";

const sourceId = v5("lines", directoryNamespace);
const idOf = (...names: string[]): string => v5(names.join("\n"), directoryNamespace);
/** The service that a line is, the same in every installation. */
export const lineServiceId = (key: string): ServiceId => idOf(key) as ServiceId;

const allAsServices = (): readonly LineAsService[] => [...allLines().map((line) => lineAsService(line, dialOf)), ...allEmergencies().map((row) => emergencyAsService(row, emergencySource.source, emergencySource.seenOn))];

/**
 * Brings the helplines and emergency numbers that came with the program into the directory: each unconfirmed, on the day it was seen,
 * for a coordinator to call. One that is there is left as people keep it. Answers how many were new.
 */
export async function bringLines(house: House): Promise<number> {
  const lines = allAsServices();
  return inTransaction(house, async (act) => {
    await act.tx
      .insertInto("directory_sources")
      .values({ id: sourceId, name: "Small Hours: lines of many countries", kind: "seed", made_at: act.now })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    const there = new Set((await act.tx.selectFrom("services").select("id").where("source_id", "=", sourceId).forUpdate().execute()).map(({ id }) => id));
    const missing = lines.filter(({ key }) => !there.has(lineServiceId(key)));
    if (missing.length > 0) await write(act, missing);
    return missing.length;
  });
}

async function write(act: Act, lines: readonly LineAsService[]): Promise<void> {
  const { tx, now } = act;
  const source = { source_id: sourceId };
  const known = new Set((await tx.selectFrom("areas").select("id").execute()).map(({ id }) => id));
  await tx.insertInto("organizations").values(lines.map(({ key, name, url }) => ({ id: idOf("organization", key), name, website: url ?? null, edited_at: now, ...source }))).execute();
  await tx
    .insertInto("services")
    .values(lines.map(({ key, name, kind, description, url }) => ({ id: lineServiceId(key), organization_id: idOf("organization", key), name, kind, description: description || null, url: url ?? null, edited_at: now, ...source })))
    .execute();
  const phones = lines.flatMap(({ key, phones }) =>
    phones.map(({ number, type, description, dial }) => ({
      id: idOf("phone", key, type, number, description ?? ""),
      service_id: lineServiceId(key),
      number,
      type,
      description: description ?? null,
      dial: dial?.dial ?? null,
      dial_kind: dial?.kind ?? null,
      country: dial?.country ?? null,
      ...source,
    })),
  );
  await tx.insertInto("phones").values(phones).execute();
  await tx.insertInto("languages").values(lines.flatMap(({ key, languages }) => languages.map((code) => ({ id: idOf("language", key, code), service_id: lineServiceId(key), code, ...source })))).execute();
  const areas = lines.flatMap(({ key, areas }) => areas.filter((area) => known.has(area)).map((area) => ({ id: idOf("area", key, area), service_id: lineServiceId(key), extent: area, area_id: area, ...source })));
  await tx.insertInto("service_areas").values(areas).execute();
  const always = lines.filter((line) => line.always);
  if (always.length > 0) await tx.insertInto("schedules").values(always.map(({ key }) => ({ id: idOf("schedule", key), service_id: lineServiceId(key), freq: "WEEKLY", byday: "MO,TU,WE,TH,FR,SA,SU", opens_at: midnight, closes_at: midnight, description: "24/7", ...source }))).execute();
  const claims = lines.flatMap((line) => {
    const said: Field[] = ["about", "contact", ...(line.languages.length > 0 ? (["languages"] as const) : []), ...(line.always ? (["hours"] as const) : [])];
    return said.map((field) => ({ service_id: lineServiceId(line.key), field, value: "as shown", source: line.source, method: "seed", stated_at: Temporal.PlainDate.from(line.seenOn).toZonedDateTime("UTC").toInstant() }));
  });
  await tx.insertInto("listing_claims").values(claims).execute();
  await relist(act, lines.map(({ key }) => lineServiceId(key)));
}

const midnight = Temporal.PlainTime.from("00:00");
