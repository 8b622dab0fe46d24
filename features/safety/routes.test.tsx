import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import type { App } from "../../platform/http/app.tsx";
import { newToken } from "../../platform/crypto/seal.ts";
import { languages } from "../../platform/i18n/words.ts";
import { safetyApp } from "./factory.ts";
import { countries } from "./rules.ts";

let app: App;
beforeAll(async () => {
  app = safetyApp(await openTestHouse({ EXIT_URL: "https://www.example.org/" }));
});

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields), headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...headers } });
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe("a country's page", () => {
  it("is under 14 KB in both languages, for all 227, and whole without scripts", async () => {
    const sizes: number[] = [];
    for (const country of countries)
      for (const language of languages) {
        const answer = await get(`/help/${country.toLowerCase()}`, { "accept-language": language });
        const html = await answer.text();
        expect(answer.status, country).toBe(200);
        expect(html).toContain(`<html lang="${language}"`);
        expect(html).toMatch(/href="tel:\d+"/);
        expect(gzipSync(html).byteLength, `${country} ${language} on the wire`).toBeLessThan(14 * 1024);
        sizes.push(Buffer.byteLength(html));
      }
    expect(Math.max(...sizes), "the largest before compression").toBeLessThan(14 * 1024);
  });

  it("has the calls and texts of the United States as labelled links", async () => {
    const html = await (await get("/help/us")).text();
    for (const link of ['href="tel:988">Call 988<', 'href="sms:988">Text 988<', 'href="tel:911">Call 911<', 'href="tel:18338526262">Call 1-833-852-6262<', 'href="sms:741741?body=HOME">Text HOME to 741741<']) expect(html).toContain(link);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain("For Spanish, press 2.");
  });

  it("asks locally where the sources do not agree", async () => {
    expect(await (await get("/help/af")).text()).toContain("Ask someone near you for the local number.");
    expect(await (await get("/help/us")).text()).not.toContain("Ask someone near you");
  });

  it("has one address: capital letters lead to the small ones, and no other thing answers", async () => {
    expect((await get("/help/US")).headers.get("location")).toBe("/help/us");
    for (const wrong of ["zz", "usa", "%00", "..", "us%2Fgb"]) expect((await get(`/help/${wrong}`)).status, wrong).toBe(404);
  });
});

describe("the list of countries", () => {
  it("puts her own country first, by her choice, then by her browser's language, never by anything else", async () => {
    expect(await (await get("/help", { "accept-language": "es-MX,en;q=0.5" })).text()).toContain('href="/help/mx"><svg');
    const chosen = await (await get("/help", { "accept-language": "es-MX", cookie: "__Host-country=IE" })).text();
    expect(chosen).toContain('href="/help/ie"><svg');
    expect(chosen).toContain("tel:116123");
    expect(await (await get("/help", { "accept-language": "en" })).text()).toContain("Call 112 now if:");
  });

  it("links every country by name and stays small", async () => {
    const html = await (await get("/help")).text();
    for (const country of countries) expect(html).toContain(`href="/help/${country.toLowerCase()}"`);
    expect(gzipSync(html).byteLength).toBeLessThan(14 * 1024);
  });

  it("is searched by a form that puts nothing into an address", async () => {
    expect((await post("/help", { place: "Espan" })).headers.get("location")).toBe("/help/es");
    const several = await post("/help", { place: "united" });
    expect(several.status).toBe(200);
    expect(await several.text()).toContain("3 countries found");
    expect(await (await post("/help", { place: "<b>zzz" })).text()).toContain("No country found by that name.");
    expect((await get("/help?place=spain")).status).toBe(200);
  });
});

describe("what she chooses", () => {
  it.each([
    ["/language", { language: "es" }, "__Host-language=es"],
    ["/light", { light: "night" }, "__Host-light=night"],
    ["/country", { country: "gb" }, "__Host-country=GB"],
    ["/quiet", { quiet: "notes" }, "__Host-quiet=notes"],
    ["/quiet", { quiet: "recipes" }, "__Host-quiet=recipes"],
    ["/quiet", { quiet: "0" }, "__Host-quiet=;"],
  ])("%s %j is kept in a cookie of this host alone, and leads back", async (path, fields, cookie) => {
    const answer = await post(path, { ...fields, back: "/help/us" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/help/us");
    expect(answer.headers.get("set-cookie")).toContain(cookie);
    expect(answer.headers.get("set-cookie")).toMatch(/Path=\/.*HttpOnly; Secure; SameSite=Lax/);
  });

  it("is not kept when it is no choice of ours, and never leads to another site", async () => {
    for (const [path, fields] of [
      ["/language", { language: "xx" }],
      ["/country", { country: "ZZ" }],
      ["/light", { light: "red" }],
      ["/quiet", { quiet: "Small Hours" }],
    ] as const) {
      const answer = await post(path, { ...fields, back: "//evil.example/" });
      expect(answer.headers.get("set-cookie")).toBeNull();
      expect(answer.headers.get("location")).toBe("/");
    }
  });

  it("can be a language by address, for a poster or a card", async () => {
    const answer = await get("/es");
    expect([answer.status, answer.headers.get("location"), answer.headers.get("set-cookie")?.includes("__Host-language=es")]).toEqual([303, "/", true]);
  });

  it.each([
    ["notes", "en", "Notes"],
    ["recipes", "en", "Recipes"],
    ["lists", "en", "Lists"],
    ["notes", "es", "Notas"],
    ["recipes", "es", "Recetas"],
    ["lists", "es", "Listas"],
    // As it was kept while there was one name.
    ["1", "en", "Notes"],
  ])("names the page in its tab, its sign and its app as she chose (%s, %s)", async (quiet, language, name) => {
    const html = await (await get("/help/us", { cookie: `__Host-quiet=${quiet}; __Host-language=${language}` })).text();
    expect(html).toContain(`<title>${name}</title>`);
    expect(html).not.toContain("Small Hours");
    const manifest = /rel="manifest" href="([^"]+)"/.exec(html)?.[1] ?? "";
    const app = (await (await get(manifest)).json()) as { name: string; icons: { src: string }[] };
    expect(app.name).toBe(name);
    expect(html).toContain(`href="${app.icons[0]?.src}"`);
    expect(await (await get(app.icons[0]?.src ?? "")).text()).toMatch(/^<svg/);
  });
});

describe("leaving", () => {
  it("leads to a plain site at once, takes the kept pages with it and leaves her way back", async () => {
    const answer = await get("/exit");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("https://www.example.org/");
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
    expect(answer.headers.get("cache-control")).toBe("no-store");
    // Neither her choices nor the key to her conversation.
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual(["__Host-left"]);
  });

  it("by its button ends whoever is signed in, clears the browser and says nothing of us", async () => {
    const house = await openTestHouse({ EXIT_URL: "https://www.example.org/" });
    const ended: string[] = [];
    const token = newToken();
    const answer = await safetyApp({ ...house, endSession: (which) => Promise.resolve(void ended.push(which)) }).request("/exit", { method: "POST", headers: { cookie: `__Host-session=${token}; __Host-conversation=${newToken()}` } });
    expect(ended).toEqual([token]);
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split(";").slice(0, 2).join())).toEqual(["__Host-session=, Max-Age=0", "__Host-left=1, Path=/"]);
    const html = await answer.text();
    expect(html).toContain('<meta http-equiv="refresh" content="0; url=https://www.example.org/"/>');
    expect(html).not.toMatch(/small|hours|notes|exit/i);
  });

  it("puts a page that says nothing before every page of ours, until she says that she is back", async () => {
    const house = await openTestHouse();
    const whole = createApp(house);
    const opened = (path: string, cookie: string) => whole.request(path, { headers: { cookie, "sec-fetch-mode": "navigate", "sec-fetch-dest": path === "/desk" ? "empty" : "document" } });
    // One of them comes by way of the service worker, which says of no destination.
    for (const path of ["/", "/help/us", "/message", "/desk", "/nothing"]) {
      const html = await (await opened(path, "__Host-left=1")).text();
      expect(html, path).toContain("data-left");
      expect(html.replaceAll(/<input[^>]*>|<script[^>]*><\/script>/g, ""), path).not.toMatch(/small|hours|help|parent/i);
      expect(await (await opened(path, "")).text(), path).not.toContain("data-left");
    }
    // What a page asks for in the background is no coming back.
    expect(await (await whole.request("/help/us", { headers: { cookie: "__Host-left=1", "sec-fetch-mode": "same-origin", "sec-fetch-dest": "empty" } })).text()).not.toContain("data-left");
    const back = await whole.request("/exit/back", { method: "POST", body: new URLSearchParams({ back: "/help/us" }), headers: { cookie: "__Host-left=1" } });
    expect([back.status, back.headers.get("location")]).toEqual([303, "/help/us"]);
    expect(back.headers.getSetCookie().join()).toMatch(/__Host-left=; Max-Age=0/);
  });
});

describe("when something is not right", () => {
  it("a missing page says so kindly and shows the numbers of her country", async () => {
    const answer = await get("/nothing-here", { "accept-language": "es-ES" });
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain("No hiciste nada mal.");
    expect(html).toContain("tel:024");
    expect(html).not.toContain("nothing-here");
  });

  it("too long a text keeps what was typed and says what to do", async () => {
    const answer = await post("/language", { language: "es" }, { "content-length": "2000000" });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain("your text is still in the box");
  });
});

it("what feelings mean is short, hopeful, and clear about the one emergency", async () => {
  const html = await (await get("/understand", { "accept-language": "en-US" })).text();
  expect(html).toContain("You are not alone. You are not to blame. With help, you will be well.");
  expect(html).toContain("one or two in every 1,000 births");
  expect(html).toContain("Having a thought is not the same as wanting it.");
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html).not.toMatch(/perinatal/i);
});
