import { sql } from "kysely";
import type { House } from "./house.ts";
import { anyone, Room } from "./room.ts";

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
  room.get("/metrics", anyone, () => {
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
