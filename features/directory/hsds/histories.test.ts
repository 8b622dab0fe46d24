import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { state } from "../claims/commands.ts";
import { byCall, byImport, makeListing, writeListing, type Wanted } from "../factory.ts";
import { relist } from "../listing/commands.ts";
import { terms } from "../taxonomy/rules.ts";
import { fields, kinds, type ServiceId } from "../types.ts";
import { listFields } from "./asks/forms.ts";
import { addEverything, sealedStandard } from "./factory.ts";
import { nouns, type Hsds, type Noun } from "./forms.ts";
import { listNames, nounOf } from "./rules.ts";

const house = await openTestHouse();
const app = createApp(house);
const standard = sealedStandard();
const start = Temporal.Instant.from("2026-11-26T03:00:00Z");

beforeAll(async () => {
  house.setClock(start);
  await makeListing(house, { terms: ["w_dads"] });
});

/** Texts as people and machines write them: empty, long, with quotes, line breaks, half letters, formulas. */
const text = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("", " ", "'; drop table services; --", "=1+1", "\u0000", "\ud800", "a\nb", "%", "\\", "'", "ñandú 日本", "x".repeat(300)));

test("whatever is asked, in whatever way, the answer is data and no fault of ours", async () => {
  const words = fc.oneof(text, fc.constantFrom("true", "false", "1", "0", "-1", "1e9", "NaN", "2026-02-30", "-271821-04-20T00:00Z", "+275760-09-13T00:00Z", "9998-12-31T23:59:59Z", "2026-11-26T03:00:00 01:00", "ndjson", "78701", "US", "5c4d79d7-cc55-470e-9f1f-8cad074e4892"));
  const asked = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...new Set(Object.values(listFields).flat()), "full_service", "__proto__", "constructor"), text), words), { maxLength: 5 });
  const path = fc.oneof(fc.constantFrom(...listNames), fc.tuple(fc.constantFrom(...listNames), text).map(([list, id]) => `${list}/${encodeURIComponent(id.toWellFormed())}`));
  const value = fc.oneof(words, fc.boolean(), fc.integer(), fc.double(), fc.constant(null), fc.array(fc.integer()), fc.object());
  const body = fc.oneof(text, asked.map((pairs) => new URLSearchParams(pairs.map(([name, said]) => [name.toWellFormed(), said.toWellFormed()])).toString()), fc.dictionary(fc.oneof(fc.constantFrom(...listFields.services, ...listFields.service_at_locations), text), value, { maxKeys: 4 }).map((fields) => JSON.stringify(fields)));
  const type = fc.constantFrom("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "");
  await fc.assert(
    fc.asyncProperty(path, asked, fc.option(fc.tuple(body, type), { nil: undefined }), async (where, pairs, posted) => {
      const query = pairs.map(([name, said]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(said.toWellFormed())}`).join("&");
      const request = posted ? { method: "POST", body: posted[0], headers: { "content-type": posted[1] } } : {};
      const answer = await app.request(`/hsds/${where}?${query}`, request);
      const body = await answer.text();
      expect([200, 400, 403, 404, 410], `${where}?${query} ${JSON.stringify(posted)} ${body}`).toContain(answer.status);
      if (answer.status === 400) expect(JSON.parse(body)).toMatchObject({ status: 400, invalid: expect.arrayContaining([expect.objectContaining({ reason: expect.any(String) as string })]) as object });
    }),
    { numRuns: 500 },
  );
}, 120_000);

const wanted: fc.Arbitrary<Wanted> = fc.record(
  {
    name: text.map((name) => name.replaceAll("\u0000", "").toWellFormed()),
    description: text.map((words) => words.replaceAll("\u0000", "").toWellFormed()),
    email: fc.oneof(fc.emailAddress(), text.map((words) => words.replaceAll("\u0000", "").toWellFormed())),
    kind: fc.constantFrom(...kinds),
    at: fc.option(fc.record({ latitude: fc.integer({ min: -9_000_000, max: 9_000_000 }).map((part) => part / 100_000), longitude: fc.integer({ min: -18_000_000, max: 18_000_000 }).map((part) => part / 100_000) }), { nil: undefined }),
    city: fc.constantFrom("", "Los Angeles", "São Paulo"),
    postalCode: fc.constantFrom("", "90012", "?"),
    country: fc.constantFrom("US", "BR", ""),
    phone: fc.constantFrom("+12135550123", undefined),
    languages: fc.subarray(["en", "es", "yue"]),
    terms: fc.subarray([...terms], { maxLength: 6 }),
    accepting: fc.constantFrom("yes", "no", "waitlist"),
    waitDays: fc.integer({ min: 0, max: 400 }),
    by: fc.constantFrom(byCall, byImport),
  },
  { requiredKeys: [] },
);

const moment = fc.integer({ min: 0, max: 400 * 24 }).map((hours) => start.add({ hours }));

async function everyRecord<N extends Noun>(_noun: N, path: string): Promise<Hsds<N>[]> {
  const answer = await app.request(`/hsds/${path}`);
  expect(answer.status, path).toBe(200);
  return (await answer.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line) as Hsds<N>);
}

test(`over random records and moments, every answer fits the nouns${standard ? " and the standard's schemas" : " (OPEN_DATA_DIR is not set: the standard's own schemas were not asked)"}, and no yes is told that is over`, async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(wanted, fc.boolean()), { minLength: 1, maxLength: 4 }), moment, async (some, later) => {
      house.setClock(start);
      await inTransaction(house, async (act) => {
        for (const [one, rich] of some) {
          const id = await writeListing(act, one);
          if (rich) await addEverything(act, id, `random ${made++}`);
          await relist(act, [id]);
        }
      });
      house.setClock(later);
      for (const list of listNames)
        for (const depth of list === "taxonomies" || list === "taxonomy_terms" ? [""] : ["", "&full=true", ...(list === "services" ? ["&minimal=true", "&modified_after=2026-01-01"] : [])])
          for (const record of await everyRecord(nounOf[list], `${list}?format=ndjson${depth}`)) {
            const wrong = [...(nouns[nounOf[list]].safeParse(record).error?.issues ?? []), ...(standard?.(nounOf[list], record) ?? [])];
            expect(wrong, JSON.stringify(record)).toEqual([]);
          }
      const fortnight = later.subtract({ hours: 14 * 24 });
      for (const { capacities = [] } of await everyRecord("service", "services?format=ndjson&full=true"))
        for (const { available, updated } of capacities) if (available > 0) expect(Temporal.Instant.compare(updated, fortnight), updated).toBeGreaterThan(0);
    }),
    { numRuns: 8 },
  );
}, 240_000);

test("a list since any moment holds those that say they changed since then, and no others", async () => {
  house.setClock(start);
  const ids: ServiceId[] = [];
  for (const kind of kinds) ids.push(await makeListing(house, { kind, accepting: "yes", waitDays: 3, terms: ["i_medicaid"] }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...fields), moment), { maxLength: 4 }), moment, moment, async (said, one, other) => {
      const [since, now] = Temporal.Instant.compare(one, other) < 0 ? [one, other] : [other, one];
      for (const [id, field, at] of said) {
        if (Temporal.Instant.compare(at, now) > 0) continue;
        house.setClock(at);
        await inTransaction(house, (act) => state(act, id, [{ field, value: "no" }], byCall));
      }
      house.setClock(now);
      const changed = await everyRecord("service", `services?format=ndjson&minimal=true&modified_after=${since.toString()}`);
      const all = await everyRecord("service", "services?format=ndjson&minimal=true&modified_after=1970-01-01");
      expect(changed.map(({ id }) => id)).toEqual(all.filter(({ last_modified = "" }) => Temporal.Instant.compare(last_modified, since) >= 0).map(({ id }) => id));
    }),
    { numRuns: 60 },
  );
}, 120_000);
