import { randomBytes, randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { sql } from "kysely";
import { createApp } from "../app.tsx";
import { openSideDoor, type SideDoor } from "../cast/side-door.ts";
import { writeEverySession } from "../features/groups/calendar/commands.ts";
import { meetingsOf, startOf } from "../features/groups/calendar/rules.ts";
import { meetingsToJoin } from "../features/groups/find/queries.ts";
import { anything, hours, type Sought } from "../features/groups/find/types.ts";
import { groupKinds } from "../features/groups/queries.ts";
import { weekdays, type Plan, type Rhythm } from "../features/groups/types.ts";
import { openPool } from "../platform/db/database.ts";
import { migrate } from "../platform/db/migrate.ts";
import { languages } from "../platform/i18n/words.ts";
import type { Instant } from "../platform/time/time.ts";
import { median, percentile, spread } from "./numbers.ts";

type Row = readonly [what: string, measured: string, target: string, met: boolean | undefined];

const groups = 5_000;
const plans = 10_000;
const weeks = 8;
const rounds = 5;
const shown = { days: 7, most: 40 };
const targets = { queryMs: 20, expansionMs: 2_000, longestMs: 200 };
const zones = ["America/New_York", "America/Chicago", "America/Los_Angeles", "America/Phoenix", "Europe/Madrid", "America/Mexico_City", "Australia/Lord_Howe", "Africa/Casablanca"];
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;

/** Of ten groups eight meet each week, one every second, one each month, by turns on a day, on the nth weekday and on the last. */
function rhythmOf(at: number): Rhythm {
  const weekday = pick(weekdays, at);
  if (at % 10 < 8) return { every: "weeks", weeks: 1, days: at % 10 === 0 ? [weekday, pick(weekdays, at + 3)] : [weekday] };
  if (at % 10 === 8) return { every: "weeks", weeks: 2, days: [weekday] };
  return pick<Rhythm>([{ every: "month", day: 1 + (at % 31) }, { every: "month", nth: 3, weekday }, { every: "month", nth: -1, weekday }], Math.floor(at / 10));
}

/** Plans that began in the last two years, at hours round the clock. */
const planOf = (today: Temporal.PlainDate, at: number): Plan => ({ rhythm: rhythmOf(at), starts: today.subtract({ days: (at * 37) % 730 }), at: Temporal.PlainTime.from({ hour: (at * 7) % 24, minute: 30 * (at % 2) }), zone: pick(zones, at), minutes: 90 });

/** Groups with two facilitators each, approved, and written down by the nightly job; in this week's meetings up to as many seats held as there are. */
async function fill(door: SideDoor): Promise<{ sessions: number; seats: number; seconds: number }> {
  const today = door.now().toZonedDateTimeISO("UTC").toPlainDate();
  const kinds = (await door.db.selectFrom("group_kinds").select("id").orderBy("id").execute()).map(({ id }) => id);
  const leaders = Array.from({ length: 200 }, () => randomUUID());
  await sql`insert into members (id, name, sign_in_name, zone, wrapped_key) select id, 'Facilitator', 'f' || substr(id::text, 1, 30), 'America/Chicago', '' from unnest(${leaders}::uuid[]) as id`.execute(door.db);
  const rows = Array.from({ length: groups }, (_, at) => {
    const { rhythm, starts, at: time, zone, minutes } = planOf(today, at);
    return { id: randomUUID(), kind: pick(kinds, Math.floor(at / 7)), language: at % 4 === 0 ? "es" : "en", about: "We sit together, each says how the week was, and whoever likes only listens.", rhythm: JSON.stringify(rhythm), starts_on: starts, at: time, zone, minutes, seats: 4 + (at % 9), camera: pick(["welcome", "off", "hello"], at), approved_at: door.now() };
  });
  for (let at = 0; at < rows.length; at += 1_000) await door.db.insertInto("series").values(rows.slice(at, at + 1_000)).execute();
  const pairs = rows.flatMap(({ id }, at) => [0, 1].map((each) => ({ series_id: id, member_id: pick(leaders, at * 2 + each) })));
  for (let at = 0; at < pairs.length; at += 5_000) await door.db.insertInto("series_facilitators").values(pairs.slice(at, at + 5_000)).execute();
  const from = performance.now();
  await writeEverySession(door);
  const seconds = (performance.now() - from) / 1000;
  await sql`insert into seats (session_id, key_hash, person, alias, language, zone, asked_at, of_seats, place, held_at)
    select s.id, decode(md5(s.id::text || place), 'hex'), decode(md5(place || s.id::text), 'hex'), 'Maya', 'en', 'America/Chicago', now(), s.seats, place, now()
    from (select *, row_number() over (order by starts_at, id) as nth from group_sessions where starts_at < now() + interval '10 days') s, generate_series(1, s.seats) as place
    where place <= (s.nth * 5) % (s.seats + 1)`.execute(door.db);
  await sql`analyze`.execute(door.db);
  const { rows: [counted] } = await sql<{ sessions: number; seats: number }>`select (select count(*)::int from group_sessions) as sessions, (select count(*)::int from seats) as seats`.execute(door.db);
  return { sessions: counted?.sessions ?? 0, seats: counted?.seats ?? 0, seconds };
}

type Search = { readonly what: string; readonly sought: Partial<Sought>; readonly ahead: number };

/** Each single filter with each of its values, this week and three weeks on, and some together, down to what no meeting is. */
function searchesOf(kinds: readonly string[]): Search[] {
  const single: readonly (readonly [string, Partial<Sought>])[] = [
    ["everything", {}],
    ...kinds.map((kind) => ["a kind", { kind }] as const),
    ...languages.map((language) => ["a language", { language }] as const),
    ...hours.map((hour) => ["a time of day", { hours: hour }] as const),
    ["by voice", { voiceOnly: true }],
    ["with a free seat", { open: true }],
    ...kinds.map((kind, at) => ["a kind in Spanish at a time of day", { kind, language: "es", hours: pick(hours, at) }] as const),
    ...kinds.map((kind, at) => ["all of these", { kind, language: "es", hours: pick(hours, at), voiceOnly: true, open: true }] as const),
  ];
  return single.flatMap(([what, sought]) => [0, 21].map((ahead) => ({ what, sought, ahead })));
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

async function listRows(door: SideDoor): Promise<Row[]> {
  const zone = "America/Los_Angeles";
  const filled = await fill(door);
  const query = async (sought: Partial<Sought>, ahead: number) => {
    const now = door.now();
    const day = now.toZonedDateTimeISO(zone).startOfDay();
    const from = ahead === 0 ? now : day.add({ days: ahead }).toInstant();
    return meetingsToJoin(door.db, { ...anything, ...sought }, { from, to: day.add({ days: ahead + shown.days }).toInstant(), zone, most: shown.most });
  };
  const app = createApp(door);
  const page = async () => {
    const answer = await app.request("/groups", { headers: { "accept-language": "en-US", cookie: `__Host-zone=${zone}` } });
    const html = await answer.text();
    if (answer.status !== 200 || html.length < 20_000) throw new Error(`GET /groups was answered with ${answer.status} and ${html.length} characters.`);
    return html.length;
  };
  const searches = searchesOf((await groupKinds(door.db)).map(({ id }) => id));
  const times = searches.map((): number[] => []);
  const pages: number[] = [];
  let length = 0;
  for (let round = -1; round < rounds; round++) {
    for (const [at, { sought, ahead }] of searches.entries()) {
      const took = await timed(() => query(sought, ahead));
      if (round >= 0) times[at]?.push(took);
    }
    for (let each = 0; each < 10; each++) {
      const took = await timed(async () => (length = await page()));
      if (round >= 0) pages.push(took);
    }
  }
  const medians = searches.map(({ what }, at) => ({ what, took: median(times[at] ?? []) }));
  console.log(`\nThe week's list, ${groups.toLocaleString("en")} groups, ${filled.sessions.toLocaleString("en")} meetings, ${filled.seats.toLocaleString("en")} seats, load ${loadavg()[0]?.toFixed(1)}: p50 / most of ${rounds} rounds' medians, in ms`);
  for (const [what, some] of Map.groupBy(medians, (one) => one.what)) console.log(`${what.padEnd(36)} ${ms(median(some.map(({ took }) => took)))} / ${ms(Math.max(...some.map(({ took }) => took)))}`);
  const [all, every] = [medians.map(({ took }) => took), times.flat()];
  return [
    [`meetings of ${groups.toLocaleString("en")} groups written ${weeks} weeks ahead by the nightly job`, `${filled.seconds.toFixed(0)} s, ${filled.sessions.toLocaleString("en")} rows`, "", undefined],
    [`this week's groups, ${shown.most} rows, with filters and without: query and mapping, p95`, `${ms(percentile(all, 95))} ms (p50 ${ms(median(all))}); of every single run ${ms(percentile(every, 95))}`, `≤ ${targets.queryMs} ms`, percentile(all, 95) <= targets.queryMs],
    [`  the whole page, ${length.toLocaleString("en")} characters, p95`, `${ms(percentile(pages, 95))} ms (p50 ${ms(median(pages))})`, "", undefined],
  ];
}

/** The same meetings without a library of rules: each day of the window is asked whether the plan gives it. */
function plainly({ rhythm, starts, at, zone, minutes }: Plan, from: Instant, to: Instant): { starts: Instant; ends: Instant }[] {
  const last = to.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  const monday = starts.subtract({ days: starts.dayOfWeek - 1 });
  const found = [];
  for (let day = from.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (Temporal.PlainDate.compare(day, starts) < 0 || !gives(day)) continue;
    const meets = startOf(day, at, zone).starts;
    if (Temporal.Instant.compare(meets, from) >= 0 && Temporal.Instant.compare(meets, to) < 0) found.push({ starts: meets, ends: meets.add({ minutes }) });
  }
  return found;

  function gives(day: Temporal.PlainDate): boolean {
    const weekday = pick(weekdays, day.dayOfWeek - 1);
    if (rhythm.every === "once") return day.equals(starts);
    if (rhythm.every === "weeks") return rhythm.days.includes(weekday) && Math.floor(monday.until(day).days / 7) % rhythm.weeks === 0;
    if ("day" in rhythm) return day.day === rhythm.day;
    return weekday === rhythm.weekday && (rhythm.nth === -1 ? day.day + 7 > day.daysInMonth : Math.ceil(day.day / 7) === rhythm.nth);
  }
}

const awkward = (today: Temporal.PlainDate): readonly (readonly [what: string, plan: Plan])[] => {
  const long = { starts: today.subtract({ years: 10 }), at: Temporal.PlainTime.from("02:30"), zone: "America/New_York", minutes: 90 };
  return [
    ["on the 31st, for ten years", { ...long, rhythm: { every: "month", day: 31 } }],
    ["on the last Friday, for ten years", { ...long, rhythm: { every: "month", nth: -1, weekday: "FR" } }],
    ["every night, for ten years", { ...long, rhythm: { every: "weeks", weeks: 1, days: weekdays } }],
    ["every eighth week, for ten years", { ...long, rhythm: { every: "weeks", weeks: 8, days: ["SU"] } }],
    ["500 nights, in the midst of them", { ...long, starts: today.subtract({ days: 450 }), count: 500, rhythm: { every: "weeks", weeks: 1, days: weekdays } }],
    ["500 weeks, in the midst of them", { ...long, starts: today.subtract({ weeks: 450 }), count: 500, rhythm: { every: "weeks", weeks: 1, days: ["TU"] } }],
    ["500 times on the 31st", { ...long, count: 500, rhythm: { every: "month", day: 31 } }],
    ["once, ten years ago", { ...long, rhythm: { every: "once" } }],
  ];
};

function expansionRows(now: Instant): Row[] {
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const to = now.add({ hours: weeks * 7 * 24 });
  const all = Array.from({ length: plans }, (_, at) => planOf(today, at));
  const ours = (plan: Plan) => meetingsOf(plan, now, to);
  const expand = (by: (plan: Plan) => readonly { readonly starts: Instant }[]): { took: number; busy: number; found: string[] } => {
    const [from, before] = [performance.now(), process.cpuUsage()];
    // One plan at a time, as the nightly job has them: of each only the text of its moments is kept.
    const found = all.map((plan) => by(plan).map(({ starts }) => starts.epochMilliseconds).join());
    const [took, { user, system }] = [performance.now() - from, process.cpuUsage(before)];
    return { took, busy: (user + system) / 1000, found };
  };
  // By turns, so that what else the machine does meets both.
  const turns = Array.from({ length: 3 }, () => ({ plain: expand((plan) => plainly(plan, now, to)), rules: expand(ours) }));
  const [plain, rules] = [turns.map((turn) => turn.plain.took), turns.map((turn) => turn.rules.took)];
  const unlike = turns[0]?.rules.found.filter((each, at) => each !== turns[0]?.plain.found[at]).length;
  const longest = awkward(today).map(([what, plan]) => [what, Math.max(...Array.from({ length: 5 }, () => { const from = performance.now(); ours(plan); return performance.now() - from; }))] as const);
  console.log(`\nThe longest of five calls, in ms: ${longest.map(([what, took]) => `${what} ${ms(took)}`).join("; ")}.`);
  const worst = Math.max(...longest.map(([, took]) => took));
  return [
    [`plain loop over the days of ${plans.toLocaleString("en")} plans, ${weeks} weeks`, `${spread(plain)} ms, ${spread(turns.map((turn) => turn.plain.busy))} ms CPU`, "", undefined],
    [`their meetings by the rules of the calendar`, `${spread(rules)} ms, ${spread(turns.map((turn) => turn.rules.busy))} ms CPU`, `≤ ${targets.expansionMs.toLocaleString("en")} ms CPU`, median(turns.map((turn) => turn.rules.busy)) <= targets.expansionMs],
    ["  unlike the plain loop's", String(unlike), "0", unlike === 0],
    ["  longest single call of an awkward rule", `${ms(worst)} ms`, `≤ ${targets.longestMs} ms`, worst <= targets.longestMs],
  ];
}

/** What meets this week, among thousands of groups, and what their plans cost to lay out. */
export async function groupRows(url: string): Promise<Row[]> {
  const pool = openPool(url, 2);
  await migrate(pool);
  await pool.end();
  const door = openSideDoor(url, randomBytes(32).toString("hex"));
  // First what is only reckoned, before thousands of rows have filled the memory.
  const expansion = expansionRows(door.now());
  const rows = [...(await listRows(door)), ...expansion];
  await door.close();
  return rows;
}
