import { createHash } from "node:crypto";
import { sql } from "kysely";
import { sameSecret } from "../crypto/seal.ts";
import type { House } from "./house.ts";
import { isOurselves } from "./limits.ts";
import { anyone, Room, type Door } from "./room.ts";

/** For whoever watches the machine: /health (the process lives), /ready (the database answers), /metrics (counts, Prometheus text). Nothing of a person in any. */
export function healthRoom(house: House): Room {
  const room = new Room(house);
  const text = (body: string, status = 200) => new Response(body, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
  room.get("/health", anyone, () => text("alive\n"));
  room.get("/ready", anyone, async () => {
    try {
      await sql`select 1`.execute(house.db);
      return text("ready\n");
    } catch {
      return text("the database does not answer\n", 503);
    }
  });
  room.get("/metrics", anyone, (c) => {
    if (!mayCount(c, house)) return c.notFound();
    const { rss, heapUsed } = process.memoryUsage();
    const lines: [string, string, number][] = [
      ["small_hours_open_streams", "Event streams open in this process.", house.hub.count()],
      ["small_hours_memory_rss_bytes", "Memory of this process.", rss],
      ["small_hours_memory_heap_bytes", "Memory in use by this process's objects.", heapUsed],
      ["small_hours_up_seconds", "Seconds since this process started.", Math.round(process.uptime())],
    ];
    return text(lines.map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`).join(""));
  });
  return room;
}

/** Counts tell how busy a night is: only this machine may ask, with nobody behind it, or who holds the token. */
function mayCount(c: Door, { environment }: House): boolean {
  const token = environment.METRICS_TOKEN;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (token !== undefined && sameSecret(digest(c.req.header("authorization") ?? ""), digest(`Bearer ${token}`))) return true;
  const passedOn = c.req.header("x-forwarded-for") ?? c.req.header("forwarded");
  return passedOn === undefined && isOurselves(c.env?.incoming?.socket?.remoteAddress ?? "");
}
