import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, signInAs } from "../../accounts/factory.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const page = async (language = "en-US") => (await app.request("/privacy", { headers: { "accept-language": language } })).text();

describe("the page that says what is kept", () => {
  beforeEach(() => house.db.updateTable("network").set({ conversation_days: 30, privacy_contact: "", complain_to: "", privacy_more_en: "", privacy_more_es: "", country: "US" }).execute());

  test("says each class, its purpose, its source, who sees it and how long, in both languages", async () => {
    const [english, spanish] = [await page(), await page("es-US")];
    for (const words of ["Talking with a volunteer", "So that somebody can answer you", "From you and from who answers you", "The volunteers who answer you and supervisors", "no longer than 30 days after it ended", "nobody has written for 7 days"]) expect(english, words).toContain(words);
    for (const words of ["Hablar con un voluntario", "De ti y de quien te responde", "no más de 30 días"]) expect(spanish, words).toContain(words);
  });

  test("says the days that the network has set, and not those of yesterday", async () => {
    await house.db.updateTable("network").set({ conversation_days: 1 }).execute();
    expect(await page()).toContain("no longer than 1 day after it ended");
  });

  test("leads to where it is seen, corrected and erased", async () => {
    const html = await page();
    for (const path of ["/conversation/erase", "/community/mine", "/community/consents", "/community/leave", "/safety/promise"]) expect(html, path).toContain(`href="${path}"`);
  });

  test("names whom to ask and to whom to complain, by the country and as the network has it", async () => {
    expect(await page()).toContain("reportfraud.ftc.gov");
    expect(await page()).toContain("Ask a volunteer.");
    const lucia = browser(app, (await signInAs(house, people.lucia)).cookie);
    expect((await lucia.post("/settings/privacy", { contact: "privacy@lantern.example", complainTo: "Our state’s attorney general", moreEn: "The machine stands\nin our own house.", moreEs: "", leastAge: "16" })).to).toBe("/settings/privacy");
    await house.db.updateTable("network").set({ country: "GB" }).execute();
    const html = await page();
    for (const words of ["ico.org.uk", "privacy@lantern.example", "Our state’s attorney general", "The machine stands\nin our own house."]) expect(html, words).toContain(words);
    expect(html).not.toContain("Ask a volunteer.");
    expect(await page("es-US")).not.toContain("Lo que añade");
    expect((await house.db.selectFrom("audit_entries").select("act").orderBy("id", "desc").executeTakeFirstOrThrow()).act).toBe("changed_privacy");
    expect((await house.db.selectFrom("network").select("least_age").executeTakeFirstOrThrow()).least_age).toBe(16);
  });

  test("shows again what was typed where it is too long", async () => {
    const lucia = browser(app, (await signInAs(house, people.lucia)).cookie);
    const answer = await lucia.post("/settings/privacy", { contact: "x".repeat(201), complainTo: "kept", moreEn: "", moreEs: "", leastAge: "13" });
    expect([answer.status, answer.text.includes('value="kept"')]).toEqual([422, true]);
  });

  test("is small, and every page leads to it, home by a link of its own", async () => {
    expect(gzipSync(await page()).length).toBeLessThan(14_000);
    for (const path of ["/", "/help", "/message", "/find", "/community", "/sign-in", "/nothing-here"]) expect(await (await app.request(path)).text(), path).toContain('<a class="inline-link" href="/privacy">');
    expect((await (await app.request("/")).text()).match(/href="\/privacy"/g)).toHaveLength(2);
  });
});
