import { sql } from "kysely";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { median, percentile, spread } from "./numbers.ts";
import { mostMemoryMb, processorMs, type Server } from "./processes.ts";

type Row = readonly [what: string, measured: string, target: string, met: boolean | undefined];

const services = 20_000;
const [warm, asked] = [40, 30];
const packed = { "accept-encoding": "gzip" };

/** Services as a directory has them: an organization for four, a place, an address, numbers, hours, languages, terms and statements of each. All were confirmed a week ago. */
async function fill(url: string): Promise<void> {
  const pool = openPool(url, 2);
  const db = openDatabase(pool);
  const id = (tag: string, of = "i") => `md5('${tag}' || ${of})::uuid`;
  const all = `generate_series(1, ${services}) as i`;
  const [said, ends] = [`now() - interval '7 days'`, `now() + interval '50 days'`];
  for (const statement of [
    `insert into organizations (id, name, description, edited_at) select ${id("organization")}, 'Organization ' || i, 'What it does', ${said} from generate_series(0, ${services / 4}) as i`,
    `insert into services (id, organization_id, name, kind, description, url, edited_at) select ${id("service")}, ${id("organization", "i / 4")}, 'Service ' || i, (array['group', 'provider', 'resource'])[1 + i % 3], repeat('words of what they do for parents ', 6), 'https://example.org/' || i, ${said} from ${all}`,
    `insert into locations (id, organization_id, name, latitude, longitude, zone, edited_at) select ${id("location")}, ${id("organization", "i / 4")}, 'Place', 30 + random(), -97 + random(), 'America/Chicago', ${said} from ${all}`,
    `insert into addresses (id, location_id, address_1, city, state_province, postal_code, country) select ${id("address")}, ${id("location")}, i || ' Lantern Street', 'Austin', 'TX', '78701', 'US' from ${all}`,
    `insert into services_at_locations (id, service_id, location_id) select ${id("place")}, ${id("service")}, ${id("location")} from ${all}`,
    `insert into phones (id, service_id, number, dial, dial_kind, country, type) select ${id("phone", "k || i")}, ${id("service")}, '(512) 555-0123', '+15125550123', 'e164', 'US', 'voice' from ${all}, generate_series(1, 2) as k`,
    `insert into languages (id, service_id, code) select ${id("language", "code || i")}, ${id("service")}, code from ${all}, unnest(array['en', 'es']) as code`,
    `insert into schedules (id, service_id, byday, opens_at, closes_at) select ${id("hours")}, ${id("service")}, 'MO,TU', '09:00', '17:00' from ${all}`,
    `insert into attributes (id, link_id, link_entity, taxonomy_term_id) select md5(term.id || '/' || i)::uuid, ${id("service")}, 'service', term.id from ${all}, (select id from taxonomy_terms order by id limit 6) as term`,
    `insert into listing_claims (service_id, field, value, source, method, stated_at, verified_at, verified_role, expires_at) select ${id("service")}, field, 'yes', 'the provider', 'call', ${said}, ${said}, 'coordinator', ${ends} from ${all}, unnest(array['about', 'contact', 'hours', 'place', 'languages', 'accepting']) as field`,
    `insert into listings (id, service_id, kind, card, area_id, country, latitude, longitude, tokens, verified_at, fresh_until, sinks_at, hidden_at, changed_at) select ${id("place")}, ${id("service")}, 'group', '{}', 'US-TX', 'US', 30 + random(), -97 + random(), array['service', case when i % 100 = 0 then 'rare' else 'common' end], ${said}, ${ends}, ${ends}, ${ends}, ${said} from ${all}`,
  ])
    await sql.raw(statement).execute(db);
  await pool.query("vacuum analyze");
  await db.destroy();
}

async function timed(program: Server, what: string, path: string, target?: number): Promise<Row> {
  const ask = async () => (await (await fetch(`http://127.0.0.1:${program.port}/hsds/${path}`, { headers: packed })).arrayBuffer()).byteLength;
  for (let at = 0; at < warm; at++) await ask();
  const before = processorMs(program.pid) ?? Number.NaN;
  const took: number[] = [];
  let bytes = 0;
  for (let at = 0; at < asked; at++) {
    const from = performance.now();
    bytes = await ask();
    took.push(performance.now() - from);
  }
  const cpu = ((processorMs(program.pid) ?? Number.NaN) - before) / asked;
  return [what, `${spread(took, 1)} ms, p95 ${percentile(took, 95).toFixed(0)}; ${cpu.toFixed(1)} ms CPU in Node; ${bytes.toLocaleString("en")} bytes`, target ? `≤ ${target} ms` : "", target ? median(took) <= target : undefined];
}

/** Open data over 20,000 services: pages of every depth, changes, searches, and all of it as lines. */
export async function openDataRows(url: string, start: () => Promise<Server>): Promise<Row[]> {
  const program = await start();
  await fill(url);
  const rows = [
    await timed(program, `open data, ${services.toLocaleString("en")} services: 100 full ones`, "services?full=true&per_page=100", 100),
    await timed(program, "  100 with their own fields", "services?per_page=100"),
    await timed(program, "  10,000 in few words", "services?minimal=true&per_page=10000"),
    await timed(program, "  the last page", `services?per_page=50&page=${services / 50}`),
    await timed(program, "  a rare word", "services?search=rare"),
    await timed(program, "  a common word", "services?search=common"),
    await timed(program, "  changed since two weeks: all", `services?modified_after=${Temporal.Now.instant().subtract({ hours: 14 * 24 }).toString()}`),
    await timed(program, "  changed since yesterday: none", `services?modified_after=${Temporal.Now.instant().subtract({ hours: 24 }).toString()}`),
    await timed(program, "  100 full services at locations", "service_at_locations?full=true&per_page=100"),
    await timed(program, "  within 5 km of a postal code", "service_at_locations?postcode=78701&proximity=5000&country=US"),
    await timed(program, "  100 full organizations", "organizations?full=true&per_page=100"),
  ];
  const from = performance.now();
  const answer = await fetch(`http://127.0.0.1:${program.port}/hsds/services?full=true&format=ndjson`, { headers: packed });
  let lines = 0;
  const words = new TextDecoder();
  for await (const chunk of answer.body ?? []) lines += words.decode(chunk, { stream: true }).split("\n").length - 1;
  rows.push([`  all of them full, as ${lines.toLocaleString("en")} lines`, `${((performance.now() - from) / 1000).toFixed(1)} s; most memory of the Node process ${(mostMemoryMb(program.pid) ?? Number.NaN).toFixed(0)} MB`, "", undefined]);
  await program.stop();
  return rows;
}
