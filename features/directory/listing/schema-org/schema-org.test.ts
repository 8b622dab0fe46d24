import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { listTheStreet } from "../../../../cast/listings.ts";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { byCall, directoryApp, makeListing, stranger, type Wanted } from "../../factory.ts";
import { reportListing } from "../../reports/commands.ts";
import type { ServiceId } from "../../types.ts";

const house = await openTestHouse();
house.setClock("2026-11-24T18:00:00Z");
await listTheStreet(house);
const app = directoryApp(house);
beforeEach(() => house.setClock("2026-11-24T18:00:00Z"));

const idOf = async (name: string) => (await house.db.selectFrom("listings").innerJoin("services", "services.id", "service_id").select("listings.id").where("services.name", "=", name).executeTakeFirstOrThrow()).id;
const pageOf = async (id: string, language = "en-US") => (await app.request(`/listings/${id}`, { headers: { "accept-language": language } })).text();
const blocks = (html: string) => Array.from(html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs), ([, json = ""]) => json);
type Told = { "@type": string; name: string; isAcceptingNewPatients?: boolean } & Record<string, unknown>;
const told = async (id: string, language?: string): Promise<Told | undefined> => {
  const found = blocks(await pageOf(id, language));
  expect(found.length).toBeLessThan(2);
  return found[0] === undefined ? undefined : (JSON.parse(found[0]) as Told);
};
const make = (wanted: Wanted): Promise<ServiceId> => makeListing(house, { ...wanted, by: byCall });

describe("in schema.org's words", () => {
  it("a provider is a medical organization, with its place, its hours, its number and the day it was checked", async () => {
    const id = await idOf("Amara Osei, therapist");
    expect(await told(id)).toMatchObject({
      "@context": "https://schema.org",
      "@type": "MedicalOrganization",
      name: "Amara Osei, therapist",
      email: "hello@osei.lantern.example",
      contactPoint: expect.arrayContaining([{ "@type": "ContactPoint", telephone: "+13235550108;ext=12", availableLanguage: ["en", "fr"] }]) as unknown,
      location: {
        "@type": "Place",
        address: { "@type": "PostalAddress", streetAddress: "212 Lantern Avenue, Suite 4", addressLocality: "Los Angeles", addressRegion: "CA", postalCode: "90004", addressCountry: "US" },
        geo: { "@type": "GeoCoordinates", latitude: 34.07, longitude: -118.31 },
        openingHoursSpecification: [{ dayOfWeek: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"].map((day) => `https://schema.org/${day}`), opens: "09:00", closes: "17:00" }],
      },
      mainEntityOfPage: { "@id": `http://localhost/listings/${id}`, lastReviewed: "2026-11-16" },
    });
  });

  it("a group is a service with the ways to it", async () => {
    const id = await make({ name: "Night circle", kind: "group", text: "+12135550166", url: "https://circle.lantern.example", languages: ["es"] });
    const channel = { "@type": "ServiceChannel", availableLanguage: ["es"] };
    const said = await told(id);
    expect(said).toMatchObject({ "@type": "Service", serviceType: "support group", provider: { "@type": "Organization", name: "Night circle" } });
    const ways = [
      { ...channel, servicePhone: { "@type": "ContactPoint", telephone: "+12135550123" } },
      { ...channel, serviceSmsNumber: { "@type": "ContactPoint", telephone: "+12135550166" } },
      { ...channel, serviceUrl: "https://circle.lantern.example" },
      { ...channel, serviceLocation: expect.objectContaining({ "@type": "Place" }) as unknown },
    ];
    expect(said?.["availableChannel"]).toHaveLength(ways.length);
    expect(said?.["availableChannel"]).toEqual(expect.arrayContaining(ways));
  });

  it("that they take new patients is told for two weeks, and what nobody confirmed has no day", async () => {
    const id = await make({ name: "Dr. Room", kind: "provider", accepting: "yes" });
    expect((await told(id))?.isAcceptingNewPatients).toBe(true);
    house.passTime({ hours: 14 * 24 });
    expect(await told(id)).not.toHaveProperty("isAcceptingNewPatients");
    house.passTime({ hours: 100 * 24 });
    expect(((await told(id)) as { mainEntityOfPage?: object }).mainEntityOfPage).not.toHaveProperty("lastReviewed");
  });

  it("a short code is told only where it works", async () => {
    const id = await make({ name: "Short line", kind: "crisis_line", at: undefined });
    await house.db.insertInto("phones").values([{ id: "5c4d79d7-cc55-470e-9f1f-8cad074e4892", service_id: id, number: "116 123", dial: "116123", dial_kind: "short", country: "GB" }, { id: "5c4d79d7-cc55-470e-9f1f-8cad074e4893", service_id: id, number: "988", dial: "988", dial_kind: "short", country: "US" }]).execute();
    const said = JSON.stringify(await told(id));
    expect([said.includes('"988"'), said.includes("116123")]).toEqual([true, false]);
  });

  it("nothing is said of what two people could not reach, nor of what is gone", async () => {
    const id = await make({ name: "Dead number", kind: "resource" });
    for (const who of ["a", "b"]) await reportListing(house, { serviceId: id, kind: "cannot_reach", byWhom: stranger(who) });
    expect(await told(id)).toBeUndefined();
    const old = await make({ name: "Long ago", kind: "group" });
    house.passTime({ hours: 121 * 24 });
    expect(await told(old)).toBeUndefined();
  });

  it("nothing that anybody wrote ends its element or begins another", async () => {
    const evil = "</script><script>alert(1)</script><!--<script> \u2028 &lt;";
    const id = await make({ name: evil, description: evil, organization: `${evil} house`, street: evil, url: "javascript:alert(1)", kind: "provider" });
    const html = await pageOf(id);
    expect(html).not.toContain("<script>");
    expect(await told(id)).toMatchObject({ name: evil, description: evil, parentOrganization: { name: `${evil} house` }, location: { address: { streetAddress: evil } } });
    expect(blocks(html)[0]).not.toMatch(/[<>&\u2028]/);
    expect(JSON.stringify(await told(id))).not.toContain("javascript:");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom("<", "/", "script", ">", "!--", "\\", '"', "]]>", "é", "\n", "\u2029"), maxLength: 12 }), async (name) => {
        await house.db.updateTable("services").set({ name }).where("id", "=", id).execute();
        expect((await told(id))?.name ?? "").toBe(name);
      }),
      { numRuns: 30 },
    );
  });
});
