import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { browser } from "../../../accounts/factory.ts";
import { byImport, makeListing, reportUnreachable } from "../../factory.ts";
import { tendedDirectory } from "../factory.ts";
import type { ServiceId } from "../../types.ts";

const house = await openTestHouse();
house.setClock("2026-11-26T15:00:00Z");
const { app, coordinator, volunteer } = await tendedDirectory(house);

const mend = (id: ServiceId) => `/tend/${id}/mend`;
const post = (path: string, fields: Record<string, string>, cookie = coordinator) => browser(app, cookie).post(path, fields);
const claim = (id: ServiceId, field: string) => house.db.selectFrom("listing_claims").select(["method", "source", "verified_role"]).where("service_id", "=", id).where("field", "=", field).where("superseded_at", "is", null).executeTakeFirstOrThrow();

describe("what a coordinator hears is different", () => {
  it("is written down by the forms of an owner's page, and stands as checked by her call", async () => {
    const id = await makeListing(house, { by: byImport, phone: "+12135550181" });
    await reportUnreachable(house, id, "somebody");
    const page = browser(app, coordinator);
    expect((await page.get(`/tend/${id}`)).text).toContain(mend(id));
    expect((await page.get(mend(id))).text).toContain("213-555-0181");
    const { to } = await page.post(`${mend(id)}/contact`, { phone0: "213-555-0199", phone1: "", url: "", email: "office@circle.example" });
    expect(to).toBe(mend(id));
    expect((await page.get(mend(id))).text).toContain("Saved. Parents see it now");
    expect(await claim(id, "contact")).toEqual({ method: "call", source: "Lantern Street", verified_role: "coordinator" });
    expect((await app.request(`/listings/${(await house.db.selectFrom("listings").select("id").where("service_id", "=", id).executeTakeFirstOrThrow()).id}`)).status).toBe(200);
    expect(await house.db.selectFrom("phones").select("dial").where("service_id", "=", id).execute()).toEqual([{ dial: "+12135550199" }]);
    expect(await house.db.selectFrom("listing_reports").select(["outcome"]).where("service_id", "=", id).execute()).toEqual([{ outcome: "corrected" }]);
    expect(await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("subject_id", "=", id).where("act", "=", "mended_listing").execute()).toEqual([{ act: "mended_listing", reason: "contact" }]);
  });

  it("field by field: the others stay as unsure as they were", async () => {
    const id = await makeListing(house, { by: byImport });
    await post(`${mend(id)}/hours`, { opensMO: "09:00", closesMO: "11:30", hoursWords: "" });
    expect(await claim(id, "hours")).toMatchObject({ verified_role: "coordinator" });
    expect(await claim(id, "contact")).toMatchObject({ verified_role: null });
    await post(`${mend(id)}/languages`, { language: "es" });
    expect(await house.db.selectFrom("languages").select("code").where("service_id", "=", id).execute()).toEqual([{ code: "es" }]);
  });

  it("comes back with what she typed where nobody could dial or read it, and nothing is kept", async () => {
    const id = await makeListing(house, { by: byImport, phone: "+12135550182" });
    const wrong = await post(`${mend(id)}/contact`, { phone0: "the blue door", url: "", email: "" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("the blue door");
    expect((await post(`${mend(id)}/hours`, { opensMO: "09:00" })).status).toBe(422);
    expect(await claim(id, "contact")).toMatchObject({ verified_role: null });
    expect(await house.db.selectFrom("phones").select("dial").where("service_id", "=", id).execute()).toEqual([{ dial: "+12135550182" }]);
  });

  it("of an emergency number was read on a page: nobody rings it", async () => {
    const id = await makeListing(house, { kind: "crisis_line", at: undefined, phone: undefined, by: byImport });
    await house.db.insertInto("phones").values({ id: randomUUID(), service_id: id, number: "911", type: "voice", dial: "911", dial_kind: "short", country: "US" }).execute();
    await post(`${mend(id)}/languages`, { language: "en" });
    expect(await claim(id, "languages")).toMatchObject({ method: "web_page" });
  });

  it("is hers to write alone, of a listing that there is", async () => {
    const id = await makeListing(house);
    for (const part of ["contact", "hours", "languages", "cost", "facts"]) expect((await post(`${mend(id)}/${part}`, {}, volunteer)).status, part).toBe(404);
    expect((await browser(app, volunteer).get(mend(id))).status).toBe(404);
    expect((await browser(app, coordinator).get("/tend/nothing/mend")).status).toBe(404);
    expect((await post(`/tend/${randomUUID()}/mend/languages`, { language: "en" })).status).toBe(404);
  });
});
