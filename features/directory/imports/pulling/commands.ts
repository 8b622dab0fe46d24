import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import { askOutside, OutsideError } from "../../../../platform/http/outside.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { topics } from "../../events.ts";
import { taxonomyId } from "../../taxonomy/queries.ts";
import type { SourceId } from "../../types.ts";
import { accountFor, beginImport, sourceNamed } from "../commands.ts";
import type { SourceForm } from "../forms.ts";
import { sourceById } from "../queries.ts";
import { readingOf } from "../reading/commands.ts";
import { deskFor } from "../records/rules.ts";
import type { Account, ImportId, Source, WholeReason } from "../types.ts";
import { feedPages } from "./feeding/commands.ts";
import { refuseTakenAway } from "./leaving/commands.ts";
import { pageKept, pagesOf, type Page } from "./queries.ts";
import { isBare, pageFrom, sinceWhen, type Answered } from "./rules.ts";

const perPage = 100;
const mostPages = 20_000;
/** So many that a list no longer has are asked for by their id, each time; the rest the next time. */
const mostAsked = 500;
/** What lies half read for longer is begun anew. */
const staleAfter = { hours: 72 } as const;
const againAfter = { minutes: 30 } as const;

/**
 * Another directory that is read by its API, from now on each night; the first time at once. One that was taken away, and is known by its address or
 * its name, is the same one again, read from its beginning. A name that something else has is refused.
 */
export async function addApiSource(house: House, { member }: StaffScope, { name, url, country }: SourceForm): Promise<SourceId | { readonly refused: "nameTaken" }> {
  await bringBack(house, { name, url, country });
  const source = await sourceNamed(house, { name, kind: "api", country, url });
  const { url: kept } = await house.db.selectFrom("directory_sources").select("url").where("id", "=", source.id).executeTakeFirstOrThrow();
  if (source.kind !== "api" || kept !== url) return { refused: "nameTaken" };
  await audit(house.db, { memberId: member.memberId, act: "added_directory", subjectKind: "import", subjectId: source.id });
  await askToPull(house, source.id);
  return source.id;
}

/** Of those that were taken away, the one at this address, else the one of this name, unless something else is called so now. */
const bringBack = (house: House, { name, url, country }: SourceForm): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    const called = sql<boolean>`lower(name) = lower(${name})`;
    const away = await tx.selectFrom("directory_sources").select("id").where("kind", "=", "api").where("taken_away_at", "is not", null).where((eb) => eb.or([eb("url", "=", url), called])).orderBy(sql`url = ${url}`, "desc").forUpdate().executeTakeFirst();
    const other = away && (await tx.selectFrom("directory_sources").select("id").where("id", "<>", away.id).where(called).executeTakeFirst());
    if (away && !other) await tx.updateTable("directory_sources").set({ name, url, country, taken_away_at: null, read_at: null, read_up_to: null, whole_read_at: null }).where("id", "=", away.id).execute();
  });

/** Has a source read as soon as somebody is free. */
export const askToPull = (house: House, sourceId: SourceId, runAt?: Temporal.Instant): Promise<void> =>
  inTransaction(house, async ({ addJob }) => addJob("pull-source", { sourceId }, { key: `pull-source ${sourceId}`, maxAttempts: 3, ...(runAt ? { runAt } : {}) }));

/** Every night: each source that has an address. */
export async function pullEverySource(house: House): Promise<void> {
  for (const { id } of await house.db.selectFrom("directory_sources").select("id").where("kind", "=", "api").where("url", "is not", null).where("taken_away_at", "is", null).execute()) await askToPull(house, id as SourceId);
}

/** Reads a source on, or anew, to its end; then all of it comes in at once. One process at a time. */
export async function pullSource(house: House, sourceId: SourceId): Promise<void> {
  await house.db.connection().execute(async (db) => {
    const name = `pull ${sourceId}`;
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as mine`.execute(db);
    if (!rows[0]?.mine) return;
    try {
      await pull(house, sourceId);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(db);
    }
  });
}

async function pull(house: House, sourceId: SourceId): Promise<void> {
  const source = await sourceById(house.db, sourceId);
  const row = await house.db.selectFrom("directory_sources").select(["url", "read_up_to", "whole_read_at", "taken_away_at"]).where("id", "=", sourceId).executeTakeFirst();
  if (source?.kind !== "api" || !row?.url || row.taken_away_at) return;
  const begun = (await goesOn(house, sourceId)) ?? (await begin(house, source, sinceWhen({ readUpTo: row.read_up_to ?? undefined, wholeReadAt: row.whole_read_at ?? undefined }, house.now())));
  try {
    if (!(await gather(house, row.url, source, begun))) return;
  } catch (error) {
    if (error instanceof OutsideError) return stopped(house, sourceId, begun.id, error);
    throw error;
  }
  const account = await bringIn(house, begun.id, source);
  if (account.refused) return;
  await house.db
    .updateTable("directory_sources")
    .set({ read_up_to: begun.startedAt, read_at: house.now(), trouble: null, trouble_since: null, ...(begun.since ? {} : { whole_read_at: begun.startedAt }) })
    .where("id", "=", sourceId)
    .execute();
}

/** However that ends, the reading is over: the next try reads anew, so what was kept of it goes. */
async function bringIn(house: House, id: ImportId, source: Source): Promise<Account> {
  try {
    return await accountFor(house, id, source, async (stage, act) => {
      await refuseTakenAway(act, source.id);
      return feedPages(house, id, source, stage);
    });
  } finally {
    await house.db.deleteFrom("directory_pages").where("import_id", "=", id).execute();
  }
}

type Begun = { readonly id: ImportId; readonly startedAt: Temporal.Instant; readonly since: Temporal.Instant | undefined };

/** The reading that was cut, if it is not too long ago; what is older is let go. */
async function goesOn(house: House, sourceId: SourceId): Promise<Begun | undefined> {
  const row = await house.db.selectFrom("directory_imports").select(["id", "started_at", "since"]).where("source_id", "=", sourceId).where("finished_at", "is", null).orderBy("started_at", "desc").executeTakeFirst();
  if (!row) return undefined;
  if (Temporal.Instant.compare(row.started_at.add(staleAfter), house.now()) > 0) return { id: row.id as ImportId, startedAt: row.started_at, since: row.since ?? undefined };
  await refuse(house, row.id as ImportId, "apiAway", "");
  return undefined;
}

async function begin(house: House, source: Source, since: Temporal.Instant | undefined): Promise<Begun> {
  const id = await beginImport(house, { source });
  const { started_at } = await house.db.updateTable("directory_imports").set({ since: since ?? null }).where("id", "=", id).returning("started_at").executeTakeFirstOrThrow();
  return { id, startedAt: started_at, since };
}

const whole: Readonly<Record<OutsideError["trouble"], WholeReason>> = { forbidden: "apiForbidden", denied: "apiDenied", wrong: "apiWrong", away: "apiAway" };

/** Where nobody answers now, what has been read stays and the reading goes on later; everything else ends it. */
async function stopped(house: House, sourceId: SourceId, id: ImportId, { trouble, detail, waitSeconds }: OutsideError): Promise<void> {
  const reason = whole[trouble];
  await house.db.updateTable("directory_sources").set({ trouble: reason, trouble_since: sql`coalesce(trouble_since, ${house.now()}::timestamptz)` }).where("id", "=", sourceId).execute();
  if (trouble !== "away") return refuse(house, id, reason, detail);
  house.bus.tell([topics.tending]);
  await askToPull(house, sourceId, house.now().add(waitSeconds === undefined ? againAfter : { seconds: Math.min(Math.ceil(waitSeconds), 24 * 3_600) }));
}

async function refuse(house: House, id: ImportId, reason: WholeReason, detail: string): Promise<void> {
  await house.db.deleteFrom("directory_pages").where("import_id", "=", id).execute();
  await house.db.updateTable("directory_imports").set({ finished_at: house.now(), refused: reason, refused_detail: detail.slice(0, 200) }).where("id", "=", id).execute();
  house.bus.tell([topics.tending]);
}

/** Keeps every page, from the first that is not here yet; page 0 says whose lists of terms they are, and the last one what they show no more. False where the source was taken away meanwhile. */
async function gather(house: House, base: string, source: Source, { id, since }: Begun): Promise<boolean> {
  const { last } = await house.db.selectFrom("directory_pages").select(({ fn }) => fn.max("nth").as("last")).where("import_id", "=", id).executeTakeFirstOrThrow();
  const keep = (nth: number, value: Page): Promise<unknown> => house.db.insertInto("directory_pages").values({ import_id: id, nth, body: gzipSync(JSON.stringify(value)) }).execute();
  const keptLast = last === null ? undefined : await pageKept(house.db, id, last);
  if (keptLast?.gone) return true;
  if (last === null) await keep(0, { ours: await areOurs(house, base) });
  let [nth, before, isLast] = [(last ?? 0) + 1, "", keptLast?.isLast === true];
  for (; !isLast && nth < mostPages; nth++) {
    const question = new URLSearchParams({ page: String(nth), per_page: String(perPage), full: "true", ...(since ? { modified_after: since.toString() } : {}) });
    const page = pageFrom(await askOutside(house, `${base}/services?${question}`));
    if (!page) throw new OutsideError("wrong", "services");
    const first = String(page.contents[0]?.["id"] ?? "");
    // A server that knows of no pages gives the same one for ever.
    isLast = page.isLast || first === before;
    if (first !== before) await keep(nth, { contents: await allOf(house, base, page.contents), isLast });
    before = first;
    const { numUpdatedRows } = await house.db.updateTable("directory_imports").set({ counts: JSON.stringify({ services: { rows: nth * perPage } }) }).where("id", "=", id).where("finished_at", "is", null).executeTakeFirst();
    if (numUpdatedRows === 0n) {
      await house.db.deleteFrom("directory_pages").where("import_id", "=", id).execute();
      return false;
    }
  }
  await keep(nth + 1, since ? { gone: [], contents: [] } : await whatIsGone(house, base, source, id));
  return true;
}

const byId = (base: string, id: string): string => `${base}/services/${encodeURIComponent(id)}`;

async function allOf(house: House, base: string, contents: readonly Answered[]): Promise<readonly Answered[]> {
  if (contents.length === 0 || !contents.every(isBare)) return contents;
  const all: Answered[] = [];
  for (const record of contents) {
    const answer = await askOutside(house, byId(base, String(record["id"])));
    all.push(typeof answer === "object" && answer !== null ? (answer as Answered) : record);
  }
  return all;
}

/** Another installation of this program: what it says of kinds, zones and numbers is taken as it is. */
async function areOurs(house: House, base: string): Promise<boolean> {
  try {
    return pageFrom(await askOutside(house, `${base}/taxonomies?per_page=100`))?.contents.some(({ id }) => id === taxonomyId) === true;
  } catch (error) {
    if (error instanceof OutsideError && error.trouble === "denied") return false;
    throw error;
  }
}

/** Services that we have from there and that no page had: closed where it does not know them by their id either, read where it does. */
async function whatIsGone(house: House, base: string, source: Source, importId: ImportId): Promise<Page> {
  const held = new Set((await house.db.selectFrom("services").select("id").where("source_id", "=", source.id).where("status", "in", ["active", "temporarily closed"]).execute()).map(({ id }) => id));
  const { idOf } = deskFor(readingOf(source, house.now()));
  for await (const { contents = [] } of pagesOf(house.db, importId)) for (const { id } of contents) held.delete(idOf("service", String(id)));
  const [gone, contents]: [string[], Answered[]] = [[], []];
  for (const id of [...held].slice(0, mostAsked))
    try {
      const answer = await askOutside(house, byId(base, id));
      if (typeof answer === "object" && answer !== null) contents.push(answer as Answered);
    } catch (error) {
      if (!(error instanceof OutsideError && error.trouble === "denied" && /^(404|410)$/.test(error.detail))) throw error;
      gone.push(id);
    }
  return { gone, contents };
}
