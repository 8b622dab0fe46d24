import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { confirmAll } from "../../directory/claims/commands.ts";
import { byCall, makeListing } from "../../directory/factory.ts";
import { relist } from "../../directory/listing/commands.ts";
import { aTakenParent, helplineApp, signedInAs } from "../board/factory.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import { entriesAfter } from "../queries.ts";

const house = await openTestHouse();
house.setClock("2026-11-26T03:00:00Z");
const app = helplineApp(house);
const circle = await makeListing(house, { name: "Circle in Austin", city: "Austin", region: "TX", postalCode: "78701", at: { latitude: 30.27, longitude: -97.74 }, phone: "+15125550123", url: "https://circle.example/" });

async function aDesk() {
  const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
  const { id, path } = await aTakenParent(house, ana.scope);
  const send = (to: string, fields: Record<string, string>) => ana.page.post(`${path}${to}`, fields);
  const look = async (need: string, place: string) => (await send("/referral/find", { need, place })).text;
  const written = async () => (await entriesAfter(house.db, house.keys, parentScope(id), 0)).filter(({ kind }) => kind === "referred").map(({ body }) => body);
  return { path, send, look, written };
}
const idIn = (page: string, name = "Circle in Austin"): string => new RegExp(`value="([0-9a-f-]{36})"[^>]*/?><span>${name}`).exec(page)?.[1] ?? "";

describe("a volunteer names", () => {
  it("something near the parent, with what is known of it and how sure we are", async () => {
    const { send, look, written } = await aDesk();
    const page = await look("circle", "78701");
    expect(page).toContain("Circle in Austin");
    expect(page).toContain("Checked by phone on November 26");
    expect(page, "what she typed stays").toMatch(/value="circle".*value="78701"/s);
    expect((await send("/referral", { key: randomUUID(), listing: idIn(page) })).status).toBe(303);
    expect(await written()).toEqual(["Circle in Austin: 512-555-0123 · 12 Lantern Street, Austin · circle.example. Checked by phone on November 26."]);
  });

  it("nothing, where nothing fits, and may look again", async () => {
    const { look } = await aDesk();
    expect(await look("zeppelin", "78701")).toContain("National Maternal Mental Health Hotline");
  });

  it("each once, however often the form is sent", async () => {
    const { send, look, written } = await aDesk();
    const [listing, key] = [idIn(await look("circle", "78701")), randomUUID()];
    await Promise.all([send("/referral", { key, listing }), send("/referral", { key, listing })]);
    expect(await written()).toHaveLength(1);
  });

  it("nothing that is shown no more", async () => {
    const { send, written } = await aDesk();
    expect((await send("/referral", { key: randomUUID(), listing: randomUUID() })).status).toBe(303);
    expect(await written()).toEqual([]);
  });

  it("a place that is closed for now as closed, so that nobody stands before its door", async () => {
    const id = await makeListing(house, { name: "Harbor Room", city: "Austin", region: "TX", postalCode: "78701", at: { latitude: 30.27, longitude: -97.74 }, phone: "+15125550124" });
    await inTransaction(house, async (act) => {
      await act.tx.updateTable("services").set({ status: "temporarily closed" }).where("id", "=", id).execute();
      await relist(act, [id]);
    });
    const { send, look, written } = await aDesk();
    await send("/referral", { key: randomUUID(), listing: idIn(await look("harbor", "78701"), "Harbor Room") });
    expect(await written()).toEqual(["Harbor Room: 512-555-0124 · 12 Lantern Street, Austin. Closed for now. Checked by phone on November 26."]);
  });

  it("what she typed, also where it is longer than its field", async () => {
    const { look } = await aDesk();
    expect(await look(`circle ${"and then ".repeat(40)}`, "78701")).toMatch(/value="circle and then .*value="78701"/s);
  });

  it("no street that nobody has stood for since", async () => {
    const listing = idIn(await (await aDesk()).look("circle", "78701"));
    house.setClock("2027-03-01T03:00:00Z");
    await inTransaction(house, (act) => confirmAll(act, circle, byCall, ["about", "contact"]));
    house.setClock("2027-04-01T03:00:00Z");
    const { send, written } = await aDesk();
    await send("/referral", { key: randomUUID(), listing });
    expect(await written()).toEqual(["Circle in Austin: 512-555-0123 · Austin · circle.example. Checked by phone on March 1."]);
  });
});
