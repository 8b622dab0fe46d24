import { countryName } from "../../../platform/i18n/names.ts";
import { gzipSync } from "node:zlib";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import type { App } from "../../../platform/http/app.tsx";
import { asHtml } from "../../../platform/http/show.ts";
import { languages } from "../../../platform/i18n/words.ts";
import { safetyApp } from "../factory.ts";
import { countries, helpFor } from "../rules.ts";
import { CountryPage } from "../views/country-page.tsx";

const origin = "https://house.example";
let house: TestHouse;
let app: App;
beforeAll(async () => {
  house = await openTestHouse();
  app = safetyApp(house);
});

type Listen = (event: { request?: unknown; waitUntil(work: Promise<unknown>): void; respondWith(answer: Promise<Response>): void }) => void;

/** Runs the worker's real script as a browser would, in a world that has only what a worker has. */
async function startWorker(cookie: string) {
  const listeners = new Map<string, Listen>();
  const stores = new Map<string, Map<string, Response>>();
  const path = (request: string | { url: string }) => new URL(typeof request === "string" ? request : request.url, origin).pathname;
  const online = { is: true };
  const fetched: string[] = [];
  const fetchFrom = async (request: string | { url: string; method?: string }): Promise<Response> => {
    if (!online.is) throw new TypeError("no connection");
    fetched.push(path(request));
    if (path(request).startsWith("/assets/")) return new Response("file");
    return app.request(path(request), { headers: { cookie, "accept-language": "en" } });
  };
  const open = async (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      put: async (request: string, answer: Response) => void store.set(path(request), answer),
      match: async (request: string) => store.get(path(request))?.clone(),
      addAll: async (files: string[]) => void (await Promise.all(files.map(async (file) => store.set(path(file), await fetchFrom(file))))),
    };
  };
  const self = {
    location: { origin },
    fetch: fetchFrom,
    clients: { claim: async () => undefined },
    skipWaiting: async () => undefined,
    caches: { open, keys: async () => [...stores.keys()], delete: async (name: string) => stores.delete(name), match: async (request: string) => [...stores.values()].map((store) => store.get(path(request))).find(Boolean)?.clone() },
    addEventListener: (kind: string, listen: Listen) => listeners.set(kind, listen),
  };
  runInNewContext(await (await app.request("/offline.js")).text(), { self, URL, Response: Object.assign(Response, {}) });
  const fire = async (kind: string, request?: unknown) => {
    const waits: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    listeners.get(kind)?.({ request, waitUntil: (work) => waits.push(work), respondWith: (given) => (answer = given) });
    const response = await answer;
    await Promise.all(waits);
    return response;
  };
  await fire("install");
  await fire("activate");
  const visit = (at: string, method = "GET", mode = "navigate") => fire("fetch", { url: `${origin}${at}`, method, mode });
  return { visit, online, stores, fetched };
}

const fill = (html: string, values: readonly string[]) => html.replace(/7000(\d)00/g, (_, at: string) => values[Number(at)] ?? "");

describe("what the phone keeps", () => {
  it("holds every country's page in both languages, the same as online", async () => {
    const { pages, countries: kept } = await (await app.request("/offline/pages.json")).json();
    for (const country of countries)
      for (const language of languages) {
        const code = country.toLowerCase();
        const visit = { language, light: "system", quiet: undefined, shared: false, path: `/help/${code}`, country: undefined, zone: undefined } as const;
        const online = asHtml(<CountryPage visit={visit} assets={house.assets} help={helpFor(country)} name={countryName(country, language)} code={code} chosen={false} offline />);
        const { start, end, countries: middles } = pages[language];
        expect(fill(start + middles[kept[code].page] + end, kept[code].fill[language]), `${code} ${language}`).toBe(online);
      }
  });

  it("weighs at most 60 KB on the wire with its worker, style and script", async () => {
    const sizes = await Promise.all(["/offline.js", "/offline/pages.json", "/offline/choices.json"].map(async (path) => gzipSync(Buffer.from(await (await app.request(path)).arrayBuffer()), { level: 7 }).byteLength));
    // As built: 13 KB of style, 1 KB of script, and room for both to grow.
    const styleAndScript = 18_000;
    expect(sizes.reduce((sum, size) => sum + size, styleAndScript)).toBeLessThan(60_000);
  });

  it("comes as a worker for the whole site that asks for itself again each time", async () => {
    const { headers } = await app.request("/offline.js");
    expect(headers.get("content-type")).toContain("text/javascript");
    expect(headers.get("service-worker-allowed")).toBe("/");
    expect(headers.get("cache-control")).toBe("no-cache");
  });
});

describe("without a connection", () => {
  it("any page opens her own country's numbers, and every country has its own", async () => {
    const worker = await startWorker("__Host-country=US");
    worker.online.is = false;
    const home = await (await worker.visit("/"))!.text();
    expect(home).toContain("You are offline");
    expect(home).toContain('href="tel:988"');
    const ireland = await (await worker.visit("/help/ie"))!.text();
    expect(ireland).toContain("Help now: Ireland");
    expect(ireland).toContain('href="tel:116123"');
    const list = await (await worker.visit("/help"))!.text();
    for (const country of countries) expect(list).toContain(`href="/help/${country.toLowerCase()}"`);
    expect(await (await worker.visit("/help/zz"))!.text()).toContain("All countries");
  });

  it("speaks the language she chose, and the other one by its button", async () => {
    const worker = await startWorker("__Host-country=MX; __Host-language=es");
    worker.online.is = false;
    expect(await (await worker.visit("/message"))!.text()).toContain("No tienes conexión");
    expect(await (await worker.visit("/en"))!.text()).toContain("You are offline");
  });

  it("keeps nothing that it passes on, least of all a conversation", async () => {
    const worker = await startWorker("");
    for (const path of ["/conversation", "/", "/help/us", "/desk"]) await worker.visit(path);
    await worker.visit("/conversation/stream", "GET", "cors");
    const kept = [...worker.stores.values()].flatMap((store) => [...store.keys()]);
    expect(kept.sort()).toEqual(["/assets/site.js", "/assets/theme.css", "/offline/choices.json", "/offline/pages.json"]);
  });

  it("follows a choice she makes later", async () => {
    const worker = await startWorker("");
    worker.fetched.length = 0;
    await worker.visit("/quiet", "POST");
    expect(worker.fetched).toEqual(["/quiet", "/offline/pages.json", "/offline/choices.json"]);
  });

  it("calls itself Notes when she asked for that", async () => {
    const worker = await startWorker("__Host-quiet=notes; __Host-country=US");
    worker.online.is = false;
    const html = await (await worker.visit("/"))!.text();
    expect(html).toContain("<title>Notes</title>");
    expect(html).not.toContain("Small Hours");
  });
});
