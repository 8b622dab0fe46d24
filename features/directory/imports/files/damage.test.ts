import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { zipSync } from "fflate";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { importFolder } from "../commands.ts";
import { aFolder, aZip, csvOf, lanternStreet } from "../factory.ts";
import { lookInto } from "../reading/queries.ts";
import { WholeRefused } from "../types.ts";
import { uploadLimits } from "./rules.ts";

const house = await openTestHouse();
const noted = process.platform === "linux" && existsSync("/proc/self/fd");

/** Handles of this process on a file; a stream that was let go needs a moment to give its own back. */
async function held(path: string): Promise<number> {
  const now = (): number => readdirSync("/proc/self/fd").filter((fd) => linked(fd) === path).length;
  for (let turn = 0; noted && turn < 50 && now() > 0; turn++) await later(10);
  return noted ? now() : 0;
}
function linked(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

const told = async (act: Promise<unknown>): Promise<string> => act.then(() => "read", (error: unknown) => (error instanceof WholeRefused ? error.reason : Promise.reject(error as Error)));

/** One table of a spreadsheet, long enough that its first lines are not all of it. */
const sheet = (rows: number, name = "Café Sol"): string => csvOf(Array.from({ length: rows }, (_, at) => ({ Name: `${name} ${at} ${(at * 2_654_435_761) % 4_294_967_296}`, Organization: "Lantern House", City: "Los Angeles", Phone: "213-555-0111" })));

/** Whatever was done to it, it is refused kindly or read, and nobody holds it any more. */
async function lookAndRead(path: string): Promise<readonly string[]> {
  const looked = await told(lookInto(path, uploadLimits, undefined));
  const { refused } = await importFolder(house, path, "Damaged", uploadLimits);
  expect(await held(path), `${looked}, ${refused?.reason ?? "read"}`).toBe(0);
  return [looked, refused?.reason ?? "read"];
}

it.each([
  ["whose packed bytes are wrong", Buffer.from(sheet(3_000)), "zipBroken"],
  // Which letters it is in is known before the wrong bytes come.
  ["of older letters whose packed bytes are wrong", Buffer.from(sheet(3_000), "latin1"), "read"],
])("an archive of one spreadsheet %s is refused, and the program lives on", async (_what, table, looked) => {
  const bytes = Buffer.from(zipSync({ "list.csv": table }));
  bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 40);
  expect(await lookAndRead(join(aFolder({ "a.zip": bytes }), "a.zip"))).toEqual([looked, "zipBroken"]);
});

it("an archive whose content is not what its sum says is refused", async () => {
  const bytes = Buffer.from(zipSync({ "list.csv": [Buffer.from(sheet(3_000)), { level: 0 }] }));
  bytes[bytes.length - 400] = 0x58;
  expect(await lookAndRead(join(aFolder({ "a.zip": bytes }), "a.zip"))).toEqual(["zipBroken", "zipBroken"]);
});

it("an archive is let go of once its first lines were seen, and where its package says what is not so", async () => {
  const path = join(aFolder({ "a.zip": zipSync({ "list.csv": Buffer.from(sheet(30_000)) }) }), "a.zip");
  expect([await told(lookInto(path, uploadLimits, undefined)), await held(path)]).toEqual(["read", 0]);
  const lies = aZip({ ...lanternStreet(), "datapackage.json": '{"resources":[{"path":"nothing.csv","bytes":1}]}' });
  expect([await told(lookInto(lies, uploadLimits, undefined)), await held(lies)]).toEqual(["packageLies", 0]);
});

it("bytes turned anywhere in an archive end no program, and leave no file open", async () => {
  const whole = [aZip({ ...lanternStreet(), "datapackage.json": JSON.stringify({ resources: [{ path: "phones.csv", bytes: csvOf(lanternStreet()["phones.csv"] ?? []).length }] }) }), join(aFolder({ "a.zip": zipSync({ "list.csv": Buffer.from(sheet(40), "latin1") }) }), "a.zip")].map((path) => readFileSync(path));
  const path = join(aFolder({}), "turned.zip");
  const turns = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...whole), turns, fc.option(fc.nat()), async (archive, changes, cut) => {
      const bytes = Buffer.from(archive);
      for (const [at, by] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
      writeFileSync(path, cut === null ? bytes : bytes.subarray(0, cut % bytes.length));
      await lookAndRead(path);
    }),
    { numRuns: 60 },
  );
}, 120_000);
