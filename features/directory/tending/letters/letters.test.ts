import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { addressPrint, stopWriting } from "../../../../platform/delivery/stops.ts";
import { browser } from "../../../accounts/factory.ts";
import { signedIn } from "../../../network/factory.ts";
import { byImport, confirmListing, makeListing } from "../../factory.ts";
import { sendAsks, tokenIn } from "../../renewal/factory.ts";
import { tendedDirectory } from "../factory.ts";
import type { ServiceId } from "../../types.ts";

const house = await openTestHouse();
house.setClock("2026-11-26T15:00:00Z");
const { app, coordinator, volunteer } = await tendedDirectory(house);
beforeEach(async () => {
  house.setClock("2026-11-26T15:00:00Z");
  await house.db.deleteFrom("services").execute();
  await house.db.deleteFrom("stopped_addresses").execute();
  await sendAsks(house);
  house.letters.length = 0;
});

const asks = async (path: string, cookie = coordinator) => browser(app, cookie).post(path, {});
/** Presses, and reads the page to which it leads. */
async function presses(path: string, fields: Record<string, string> = {}, cookie = coordinator) {
  const page = browser(app, cookie);
  const { to } = await page.post(path, fields);
  return (await page.get(to ?? "")).text;
}
const sheet = async (id: ServiceId) => (await browser(app, coordinator).get(`/tend/${id}`)).text;
const wanted = { by: byImport, email: "office@circle.example" };

describe("an owner asked from the call sheet", () => {
  it("gets a letter with a link to her listing, also where only a file named her letter box", async () => {
    const id = await makeListing(house, { name: "Quiet Circle", ...wanted });
    expect(await sheet(id)).toContain("Nobody has written to them yet.");
    expect(await presses(`/tend/${id}/letter`)).toContain("It is on its way.");
    expect(await sendAsks(house)).toBe(1);
    expect(house.letters).toMatchObject([{ to: "office@circle.example" }]);
    expect(tokenIn(house.letters[0]?.text ?? "")).toHaveLength(43);
    expect(await house.db.selectFrom("audit_entries").select("act").where("subject_id", "=", id).execute()).toEqual([{ act: "asked_owner" }]);
  });

  it("is asked once a week at most, for all of her listings, and the sheet says when she was and may be", async () => {
    const [one, two] = [await makeListing(house, { name: "One Circle", ...wanted }), await makeListing(house, { name: "Two Circle", ...wanted, email: "Office@Circle.example" })];
    await asks(`/tend/${one}/letter`);
    for (const id of [one, two]) {
      expect(await presses(`/tend/${id}/letter`)).toContain("They were written to this week.");
      expect(await sheet(id)).toMatch(/The next letter may go on [^.]*December 3/);
    }
    expect(await sheet(one)).toMatch(/Asked on [^.]*November 26, 2026, no answer yet/);
    expect(await sendAsks(house)).toBe(1);
    house.passTime({ hours: 24 * 7 });
    expect(await presses(`/tend/${two}/letter`, {}, await signedIn(house, "coordinator", "a-week-later"))).toContain("It is on its way.");
  });

  it("of two who press at one moment one alone writes", async () => {
    const [one, two] = [await makeListing(house, wanted), await makeListing(house, wanted)];
    await Promise.all([asks(`/tend/${one}/letter`), asks(`/tend/${two}/letter`)]);
    expect(await sendAsks(house)).toBe(1);
  });

  it("is asked no fourth time without an answer; a call opens it again", async () => {
    const id = await makeListing(house, wanted);
    const print = addressPrint(house.keys, wanted.email);
    for (const days of [40, 30, 20]) await house.db.insertInto("owner_asks").values({ service_id: id, way: "email", fingerprint: print, asked_at: house.now().subtract({ hours: 24 * days }) }).execute();
    expect(await sheet(id)).toContain("Three letters without an answer are enough.");
    expect((await browser(app, coordinator).get("/tend")).text).toContain("Asked three times by letter, no answer");
    expect(await presses(`/tend/${id}/letter`)).toContain("They were asked three times without an answer.");
    await confirmListing(house, id);
    expect(await presses(`/tend/${id}/letter`)).toContain("It is on its way.");
  });

  it("is not written to where she asked for no more, or where nobody knows an address", async () => {
    const [stopped, unknown] = [await makeListing(house, wanted), await makeListing(house, { by: byImport })];
    await stopWriting(house.db, addressPrint(house.keys, wanted.email), house.now());
    expect(await presses(`/tend/${stopped}/letter`)).toContain("They asked us not to write any more.");
    expect(await presses(`/tend/${unknown}/letter`)).toContain("We know no address of theirs.");
    expect(await sendAsks(house)).toBe(0);
  });

  it("is asked by coordinators alone", async () => {
    const id = await makeListing(house, wanted);
    for (const path of [`/tend/${id}/letter`, "/tend/letters"]) expect((await asks(path, volunteer)).status).toBe(404);
    expect((await asks("/tend/nothing/letter")).status).toBe(404);
    expect(await sendAsks(house)).toBe(0);
  });
});

test("the whole queue is asked in one act: a letter for each address, none for the others", async () => {
  for (const name of ["First", "Second"]) await makeListing(house, { name, ...wanted });
  await makeListing(house, { name: "Third", by: byImport, email: "third@circle.example" });
  await makeListing(house, { name: "Fourth", by: byImport });
  await makeListing(house, { name: "Confirmed", email: "sure@circle.example" });
  expect((await browser(app, coordinator).get("/tend")).text).toContain("Ask 3 owners by letter");
  expect(await presses("/tend/letters", { where: "mine" })).toContain("3 owners are asked.");
  await sendAsks(house);
  expect(house.letters.map(({ to }) => to).sort()).toEqual(["office@circle.example", "third@circle.example"]);
  expect(await presses("/tend/letters", { where: "everywhere" })).toContain("Nobody could be written to now.");
});
