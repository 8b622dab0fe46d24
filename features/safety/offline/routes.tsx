import { createHash } from "node:crypto";
import { keepPages, sendKept } from "../../../platform/http/kept.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { quietNames, visitOf, type Light, type QuietName } from "../../../platform/http/visit.ts";
import { languages } from "../../../platform/i18n/words.ts";
import { helpFor, helpVersion, knownCountry } from "../queries.ts";
import { worker } from "./views/worker.browser.ts";
import { icon, manifest, robots } from "./views/signs.tsx";
import { offlinePages } from "./views/pages.tsx";
import type { OfflineChoices, WorkerSettings } from "./types.ts";

const json = "application/json; charset=utf-8";

/** What makes the program work without a connection and as an app: worker, kept pages, manifest, icon. */
export function offlineRoutes(room: Room): void {
  const { assets, environment } = room.house;
  const kept = keepPages(16);
  const pages = (light: Light, quiet: QuietName | undefined) => kept(`pages ${light} ${quiet}`, helpVersion(), () => JSON.stringify(offlinePages(assets, helpFor, light, quiet)), json);

  room.get("/offline.js", anyone, (c) => {
    const script = kept("worker", helpVersion(), () => workerScript(assets, pages("system", undefined).bytes.plain), "text/javascript; charset=utf-8");
    return sendKept(c, script, { "service-worker-allowed": "/", "cache-control": "no-cache" });
  });

  room.get("/offline/pages.json", anyone, (c) => {
    const { light, quiet } = visitOf(c);
    return sendKept(c, pages(light, quiet));
  });

  room.get("/offline/choices.json", anyone, (c) => {
    const { language, country } = visitOf(c);
    return c.json({ language, own: (knownCountry(country) ?? "").toLowerCase(), exit: environment.EXIT_URL } satisfies OfflineChoices, 200, { "cache-control": "no-store" });
  });

  const plain = (path: string, type: string, body: string) => {
    room.get(path, anyone, (c) => sendPlain(c, type, body));
  };
  plain("/manifest.webmanifest", "application/manifest+json", manifest());
  plain("/icon.svg", "image/svg+xml", icon());
  for (const quiet of quietNames) {
    for (const language of languages) plain(`/${quiet}-${language}.webmanifest`, "application/manifest+json", manifest(quiet, language));
    plain(`/${quiet}.svg`, "image/svg+xml", icon(quiet));
  }
  plain("/robots.txt", "text/plain; charset=utf-8", robots);
}

const sendPlain = (c: Door, type: string, body: string): Response =>
  c.body(body, 200, { "content-type": type, "cache-control": "public, max-age=86400", "x-content-type-options": "nosniff" });

/** The worker's own source, with what it needs to know; a new version of the pages is a new worker. */
function workerScript(assets: { style: string; script: (name: "site") => string }, pages: Uint8Array): string {
  const files = [assets.style, assets.script("site")];
  const version = createHash("sha256").update(pages).update(worker.toString()).digest("hex").slice(0, 12);
  const settings: WorkerSettings = { version, pages: "/offline/pages.json", choices: "/offline/choices.json", finder: "/find", files };
  return `"use strict";(${worker.toString()})(self,${JSON.stringify(settings)});`;
}
