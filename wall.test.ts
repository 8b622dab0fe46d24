import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { furnishTheStreet } from "./cast/street.ts";
import { openTestHouse } from "./cast/test-house.ts";
import { makeSignedIn } from "./features/accounts/factory.ts";
import { keepDraft } from "./features/community/drafts/commands.ts";
import { askForNews } from "./features/community/news/commands.ts";
import { aFullCommunity } from "./features/community/factory.ts";
import type { SpaceId } from "./features/community/types.ts";
import { aFullEvening } from "./features/groups/factory.ts";
import { aFullConversation, aMember, aParent, inside as at, onDuty } from "./features/helpline/factory.ts";
import { noteBreach, recordBreach } from "./features/privacy/breaches/commands.ts";
import { tellMembers } from "./features/privacy/breaches/notices/commands.ts";
import { breachById } from "./features/privacy/breaches/queries.ts";
import { aFullCare, aFullCase, aModerator } from "./features/safety/desk/factory.ts";
import { askerOf, sayAsker, theHouse, type Asker } from "./platform/db/asking.ts";
import { eveningScope, memberScope, moderatorScope, staffScope } from "./platform/http/scope.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const { db } = house;

// One evening at the helpline: two parents who are answered, one who was, and one who waits.
const [ana, marco, ines, judith] = [await onDuty(house, "Ana", { cap: 10 }), await onDuty(house, "Marco", { cap: 10 }), await aMember(house, "Ines"), await onDuty(house, "Judith", { roles: ["supervisor"] })];
const [rosa, lena, maya] = [await aFullConversation(house, ana), await aFullConversation(house, ana), await aFullConversation(house, marco)];
const waiting = await aParent(house);
await db.updateTable("claims").set({ released_at: house.now(), release_reason: "ended" }).where("conversation_id", "=", lena.conversationId).execute();
await db.updateTable("invitations_in").set({ joined_by: ines.member.memberId, joined_at: house.now() }).where("conversation_id", "=", rosa.conversationId).execute();

// A community, and those who keep it; one of them writes there, too.
const { author, inside, outside } = await aFullCommunity(house, people.lucia);
const [wren, pilar] = [await aModerator(house, "Wren"), await makeSignedIn(house, ["moderator", "member"])];
for (const whose of [{ authorId: author.member.memberId }, { authorId: pilar.id }, { authorMark: randomBytes(32).toString("hex") }]) await aFullCase(house, wren.id, whose);
for (const scope of [wren.scope, moderatorScope(pilar.scope.member)]) await aFullCare(house, scope);
// A listing that somebody calls unsafe is a coordinator's to read; a word that Pilar has not sent is hers as a member alone.
const noor = await aModerator(house, "Noor of the listings", ["coordinator"]);
await aFullCase(house, noor.id, { subjectKind: "listing" });
const { id: openSpace } = await db.selectFrom("spaces").select("id").where("name_en", "=", "For all").executeTakeFirstOrThrow();
await keepDraft(house, memberScope(pilar.scope.member), { spaceId: openSpace as SpaceId }, { words: "Not sent." }, undefined);
await askForNews(house, memberScope(pilar.scope.member), "week");

// What went wrong once, and who has the desk open.
const [byNoor, then] = [staffScope(noor.scope.member), house.now()];
const breach = await recordBreach(house, byNoor, { key: randomUUID(), kind: "lost", classes: ["posts"], from: then, until: then, knownAt: then, what: "A laptop was left on the bus." });
await noteBreach(house, byNoor, breach, { key: randomUUID(), step: "contained", words: "" });
const record = await breachById(house.db, house.keys, byNoor, breach);
const told = { happened: "A laptop was left on the bus.", did: "It was wiped.", may: "Nothing." };
if (record) await tellMembers(house, byNoor, record, { key: randomUUID(), words: { en: told, es: told } });
await db.insertInto("desk_presence").values({ member_id: wren.id, seen_at: then }).execute();

// Two groups, who came to them, and who leads one of them each.
const [lea, mia] = [await makeSignedIn(house, ["facilitator"], { name: "Lea" }), await makeSignedIn(house, ["facilitator"], { name: "Mia" })];
const [[robin, sky], [kay, jo]] = [await aFullEvening(house, lea.id, ["Robin", "Sky"]), await aFullEvening(house, mia.id, ["Kay", "Jo"])];

const askers: Readonly<Record<string, Asker>> = {
  "who says nothing": { ...theHouse, who: "" as "house" },
  "the house": theHouse,
  "Rosa": askerOf(rosa),
  "Ana": askerOf(ana),
  "Ana (with Rosa)": askerOf(at(ana, rosa)),
  "Ana (with Lena, whom she held)": askerOf(at(ana, lena)),
  "Ana (with Maya, whom Marco holds)": askerOf(at(ana, maya)),
  "Ines (asked in by Ana)": askerOf(ines),
  "Judith (supervises)": askerOf(judith),
  "Judith (with Maya)": askerOf(at(judith, maya)),
  "Robin (at her seat)": askerOf(robin),
  "Kay (at her seat)": askerOf(kay),
  "Lea (leads one evening)": askerOf(eveningScope(lea.scope.member, robin.sessionId, true)),
  "Lea (at another's evening)": askerOf(eveningScope(lea.scope.member, kay.sessionId, true)),
  "Lea (at none)": askerOf(eveningScope(lea.scope.member, undefined, false)),
  "Noor (coordinates, at one evening)": askerOf(eveningScope(noor.scope.member, robin.sessionId, false)),
  "the author": askerOf(author),
  "one inside": askerOf(inside),
  "one outside": askerOf(outside),
  "Wren (moderates)": askerOf(wren.scope),
  "Pilar (moderates)": askerOf(moderatorScope(pilar.scope.member)),
  "Noor (coordinates, at the desk)": askerOf(noor.scope),
  "Pilar (as a member)": askerOf(memberScope(pilar.scope.member)),
};

/** What a row is called: by its own name, or by those of what it belongs to. */
const names = new Map<unknown, string>([
  [rosa.conversationId, "Rosa"], [lena.conversationId, "Lena"], [maya.conversationId, "Maya"], [waiting.conversationId, "who waits"],
  [ana.member.memberId, "Ana"], [marco.member.memberId, "Marco"], [ines.member.memberId, "Ines"], [judith.member.memberId, "Judith"],
  [author.member.memberId, "the author"], [inside.member.memberId, "one inside"], [outside.member.memberId, "one outside"],
  [wren.id, "Wren"], [noor.id, "Noor (coordinates)"], [pilar.id, "Pilar"], [people.lucia, "Lucía"],
  [robin.seatId, "Robin"], [sky.seatId, "Sky"], [kay.seatId, "Kay"], [jo.seatId, "Jo"], [robin.sessionId, "one evening"], [kay.sessionId, "another evening"], [lea.id, "Lea"], [mia.id, "Mia"],
]);
for (const { id, name_en } of await db.selectFrom("spaces").select(["id", "name_en"]).execute()) names.set(id, `space “${name_en}”`);
for (const { id, title } of await db.selectFrom("topics").select(["id", "title"]).execute()) names.set(id, `topic “${title}”`);
for (const { id, title } of await db.selectFrom("posts as p").innerJoin("topics as t", "t.id", "p.topic_id").select(["p.id", "t.title"]).execute()) names.set(id, `post in “${title}”`);
for (const { id, author_member, subject_id } of await db.selectFrom("cases").select(["id", "author_member", "subject_id"]).execute()) names.set(id, `case of ${names.get(author_member) ?? names.get(subject_id) ?? "somebody without a name"}`);

type Row = { readonly id?: unknown } & Readonly<Record<string, unknown>>;
const nameOf = (row: Row): string => names.get(row.id) ?? ([...new Set(Object.values(row).flat().flatMap((value) => names.get(value) ?? []))].join("/") || "one");
const namesOf = (rows: readonly Row[]): string => {
  const counted = Map.groupBy(rows.map(nameOf), (name) => name);
  return [...counted].map(([name, { length }]) => (length > 1 ? `${name} ×${length}` : name)).sort().join(" · ");
};

const client = new pg.Client({ connectionString: house.url });
await client.connect();
afterAll(() => client.end());
const rowsOf = async (text: string, values: unknown[] = []): Promise<Row[]> => (await client.query<{ row: Row }>(text, values)).rows.map(({ row }) => row);

/** Does something, and leaves the database as it was. */
async function undone<T>(act: () => Promise<T>): Promise<T> {
  await client.query("savepoint before");
  try {
    return await act();
  } finally {
    await client.query("rollback to before");
  }
}

const tables = await rowsOf(`
  select jsonb_build_object('name', relname, 'walled', relrowsecurity, 'columns', (
    select jsonb_agg(format('%I', attname) order by attnum) from pg_attribute a where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '')) as row
  from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by relname`) as { name: string; walled: boolean; columns: string[] }[];
const walled = tables.filter((table) => table.walled);
type Table = (typeof tables)[number];

// To add a row: the wall asks before anything else does, so that whatever is said after it (there is one like it already) means that it let her.
await client.query(`
  create function pg_temp.may_add(behind text, names text, added jsonb) returns boolean language plpgsql as $$
  begin
    execute format('insert into %1$I (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$I, $1)', behind, names) using added;
    raise exception 'enough';
  exception
    when insufficient_privilege then return false;
    when others then return true;
  end $$`);

/** Everything that is behind the wall, by table. */
const kept = new Map<string, Row[]>();
await client.query("begin");
await sayAsker(client, theHouse);
for (const { name } of walled) kept.set(name, await rowsOf(`select to_jsonb(t) as row from ${name} t`));
await client.query("rollback");

const acts: Readonly<Record<string, (table: Table) => Promise<Row[]>>> = {
  reads: ({ name }) => rowsOf(`select to_jsonb(t) as row from ${name} t`),
  changes: ({ name, columns: [column] }) => undone(() => rowsOf(`update ${name} t set ${column} = ${column} returning to_jsonb(t) as row`)),
  removes: ({ name }) => undone(() => rowsOf(`delete from ${name} t returning to_jsonb(t) as row`)),
  adds: ({ name, columns }) => rowsOf("select one as row from jsonb_array_elements($3) one where pg_temp.may_add($1, $2, one)", [name, columns.join(", "), JSON.stringify(kept.get(name))]),
};
/** The house does as it likes. What it changes or removes is left out: other tables would hold it back, and not the wall. */
const asked = (who: string) => (who === "the house" ? ["reads", "adds"] : Object.keys(acts));
const does = async (who: string, act: string, table: Table) => {
  await sayAsker(client, askers[who] ?? theHouse);
  return namesOf((await acts[act]?.(table)) ?? []);
};

const right = new Map<string, string>();
for (const table of walled) {
  await client.query("begin");
  for (const who of Object.keys(askers)) for (const act of asked(who)) right.set(`${table.name} ${who} ${act}`, await does(who, act, table));
  await client.query("rollback");
}

/** Does anybody see or do something else than is right, once the wall of this table was changed so? */
async function isNoticed(table: Table, change: string): Promise<boolean> {
  await client.query("begin");
  try {
    await client.query(change);
    for (const who of Object.keys(askers)) for (const act of asked(who)) if ((await does(who, act, table)) !== right.get(`${table.name} ${who} ${act}`)) return true;
    return false;
  } finally {
    await client.query("rollback");
  }
}

/** An expression as PostgreSQL writes it, in the parts that its outermost "and"s or "or"s join. */
function partsOf(expression: string): { readonly parts: string[]; readonly joint: string } {
  const inner = /^\((.*)\)$/s.exec(expression)?.[1] ?? "";
  const parts = [""];
  let [depth, joint] = [0, ""];
  for (const piece of inner.split(/([()]| AND | OR )/)) {
    depth += piece === "(" ? 1 : piece === ")" ? -1 : 0;
    if (depth < 0) return { parts: [], joint };
    if (depth === 0 && /^ (AND|OR) $/.test(piece)) {
      joint = piece;
      parts.push("");
    } else parts.push((parts.pop() ?? "") + piece);
  }
  return { parts, joint };
}

/** The expression with one of its parts left out, in every way. */
function lacking(expression: string): string[] {
  const { parts, joint } = partsOf(expression);
  if (parts.length < 2) return [];
  return parts.flatMap((part, at) => [parts.toSpliced(at, 1), ...lacking(part).map((less) => parts.with(at, less))]).map((left) => `(${left.join(joint)})`);
}

type Clause = { readonly name: string; readonly table: string; readonly clause: string; readonly expression: string };
const clauses = await rowsOf(`
  select jsonb_build_object('name', polname, 'table', relname, 'clause', clause, 'expression', pg_get_expr(expression, polrelid)) as row
  from pg_policy join pg_class c on c.oid = polrelid, lateral (values ('using', polqual), ('with check', polwithcheck)) as each (clause, expression)
  where expression is not null order by relname, polname`) as Clause[];
/** The cases are behind the wall themselves, for moderators alone; that it is a moderator who asks is said once more so that nobody else looks them up. */
const saidTwice = (table: string, left: string) => /^(case_|looks|strikes)/.test(table) && /^\(\(case_id IN \( SELECT cases\.id\s+FROM cases\)\)\)$/.test(left);
const tableOf = (name: string): Table => walled.find((table) => table.name === name) as Table;

describe("who is shown which rows", () => {
  test("is what was agreed, for every table behind the wall", async () => {
    const lines = walled.flatMap(({ name }) => [
      "",
      name,
      ...Object.keys(askers).flatMap((who) => asked(who).flatMap((act) => {
        const rows = right.get(`${name} ${who} ${act}`);
        return rows ? [`  ${who} ${act}: ${rows}`] : [];
      })),
    ]);
    const without = tables.filter((table) => !table.walled).map(({ name }) => name);
    await expect(["Whoever is not named with a table is shown no row of it, and adds, changes and removes none.", ...lines, "", `Not behind the wall: ${without.join(", ")}`, ""].join("\n")).toMatchFileSnapshot("./docs/who-is-shown-which-rows.txt");
  });

  test("can be told: there are rows in each", () => {
    expect(walled.filter(({ name }) => !kept.get(name)?.length).map(({ name }) => name)).toEqual([]);
  });
});

describe("it is noticed when the wall", { timeout: 180_000 }, () => {
  test("has changed, and only then", async () => {
    for (const table of walled) expect(await isNoticed(table, "select"), table.name).toBe(false);
  });

  test("of a table is away, or lets its owner through", async () => {
    for (const table of walled) for (const change of ["disable row level security", "no force row level security"]) expect(await isNoticed(table, `alter table ${table.name} ${change}`), `${table.name}: ${change}`).toBe(true);
  });

  test.each(clauses)("of $table lacks “$name”", async ({ name, table }) => {
    expect(await isNoticed(tableOf(table), `drop policy ${name} on ${table}`)).toBe(true);
  });

  test.each(clauses)("of $table lets everybody through by “$name”, or leaves out a part of it", async ({ name, table, clause, expression }) => {
    const unnoticed: string[] = [];
    for (const left of ["(true)", ...lacking(expression)]) if (!saidTwice(table, left) && !(await isNoticed(tableOf(table), `alter policy ${name} on ${table} ${clause} ${left}`))) unnoticed.push(left);
    expect(unnoticed).toEqual([]);
  });
});
