import { sql, type RawBuilder } from "kysely";
import { NIL } from "uuid";
import type { Reader } from "../../../../platform/db/database.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { daysOf } from "../../claims/rules.ts";
import { onEarth, searchOf, straight, wordsOf } from "../../finder/rules.ts";
import { areaOf } from "../../listing/rules.ts";
import { termId } from "../../taxonomy/queries.ts";
import { terms } from "../../taxonomy/rules.ts";
import { kinds, type Field } from "../../types.ts";
import { fieldOfTerm } from "../parts/rules.ts";
import type { ListName } from "../rules.ts";
import { anyOf, isShown } from "../standing/queries.ts";
import type { Ask, Row, Window } from "./types.ts";

type Condition = RawBuilder<unknown>;
const all = (conditions: readonly Condition[]): Condition => (conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`);

/** Most words of a search that are minded. */
const mostWords = 8;
/** How far around a postal code a service counts as covering it, where nobody said which area it serves. */
const usualMetres = 25_000;

/**
 * The statement of this field is not over for good, so that something may be found by it (`parts/rules.ts: hiddenFields`). On a crisis line, which is
 * never hidden, what was said of the whole ends it too.
 */
const stands = (field: Field, now: Instant): Condition => {
  const days = sql.join(kinds.map((kind) => sql`when ${kind} then ${daysOf(kind, field)}::int`), sql` `);
  const said = (which: Condition) => sql`select from listing_claims as said where said.service_id = listing.service_id and said.superseded_at is null and said.field = ${which}`;
  const old = sql`coalesce(said.verified_at, said.stated_at) <= ${now}::timestamptz - make_interval(hours => 48 * case listing.kind ${days} end)`;
  const whole = sql`(case when exists (${said(sql`'about'`)}) then 'about' else 'contact' end)`;
  return sql`not exists (${said(sql`${field}`)} and ${old}) and (listing.kind <> 'crisis_line' or exists (${said(sql`${field}`)}) or not exists (${said(whole)} and ${old}))`;
};

/** Rows of `listings as listing` are of those that are found so. */
const foundBy = (condition: Condition): Condition => sql`listing.id in (select id from listing_search where ${condition})`;

/** What is asked, as conditions on `listings as listing`. */
function conditionsOf({ search, taxonomy_term_id, taxonomy_id, organization_id, coverage }: Ask, now: Instant): Condition[] {
  const words = wordsOf(search ?? "").slice(0, mostWords);
  const field = fieldOfTerm(terms.find((term) => termId(term) === taxonomy_term_id));
  return [
    sql`(listing.hidden_at is null or listing.hidden_at > ${now})`,
    ...(search ? [words.length > 0 ? foundBy(sql`search @@ ${searchOf({ words, facets: [], begun: undefined }).tsquery}::tsquery`) : sql`false`] : []),
    ...(organization_id ? [sql`listing.service_id in (select id from services where organization_id = ${organization_id})`] : []),
    ...(taxonomy_term_id ? [sql`listing.service_id in (select link_id from attributes where taxonomy_term_id = ${taxonomy_term_id})`] : []),
    ...(taxonomy_id ? [sql`listing.service_id in (select link_id from attributes join taxonomy_terms as term on term.id = attributes.taxonomy_term_id where term.taxonomy_id = ${taxonomy_id})`] : []),
    ...(field ? [stands(field, now)] : []),
    ...(coverage ? [covers(coverage)] : []),
  ];
}

/** Within so many metres; or its area has the postal code, or it names no area that we know and is near. */
function covers({ at, metres, areas }: NonNullable<Ask["coverage"]>): Condition {
  const point = sql`cube(${sql.val(onEarth(at))}::float8[])`;
  const within = (far: number) => foundBy(sql`earth_point <@ cube_enlarge(${point}, ${straight(far)}, 3) and cube_distance(earth_point, ${point}) <= ${straight(far)}`);
  if (metres !== undefined) return within(metres);
  const served = sql`select from service_areas as area where (area.service_id = listing.service_id or area.service_at_location_id = listing.id) and area.area_id is not null`;
  return sql`(exists (${served} and area.area_id = any(${sql.val(areas)}::text[])) or (not exists (${served}) and ${within(usualMetres)}))`;
}

/** Services of which something that is shown changed at `since` or later, also by an end that came by itself. */
function modifiedSince(since: Instant, now: Instant): Condition {
  return sql`select id from services where edited_at >= ${since}
    union select service_id from listings where changed_at >= ${since}
    union select service_id from listings where hidden_at >= ${since} and hidden_at <= ${now}
    union select service_id from listing_claims where superseded_at is null and expires_at > ${since}::timestamptz - interval '90 days' and expires_at <= ${now}
      and (expires_at >= ${since} or expires_at + (expires_at - verified_at) between ${since} and ${now})`;
}

/** Ids of services, in their order; with `modified_after` also of those that are gone. */
function services(ask: Ask, now: Instant): Condition {
  const found = sql`select distinct listing.service_id as id, false as gone from listings as listing where ${all(conditionsOf(ask, now))}`;
  if (!ask.modified_after) return found;
  const gone = sql`select service.id, true as gone from services as service join modified on modified.id = service.id
    where not ${isShown("service.id", now)} ${ask.organization_id ? sql`and service.organization_id = ${ask.organization_id}` : sql``}`;
  return sql`with modified as materialized (${modifiedSince(ask.modified_after, now)})
    ${found} and listing.service_id in (select id from modified) ${ask.search ? sql`` : sql`union all ${gone}`}`;
}

/** Ids of services at locations. Those of a service that is gone are gone. */
function places(ask: Ask, now: Instant): Condition {
  const found = sql`select listing.id, false as gone from listings as listing where listing.id <> listing.service_id and ${all(conditionsOf(ask, now))} and ${stands("place", now)}`;
  if (!ask.modified_after) return found;
  const gone = sql`select at.id, true as gone from services_at_locations as at join modified on modified.id = at.service_id
    where not ${isShown("at.service_id", now)} ${ask.organization_id ? sql`and at.service_id in (select id from services where organization_id = ${ask.organization_id})` : sql``}`;
  return sql`with modified as materialized (${modifiedSince(ask.modified_after, now)})
    ${found} and listing.service_id in (select id from modified) ${ask.search || ask.coverage ? sql`` : sql`union all ${gone}`}`;
}

/** Ids of organizations that have a service to show, or none at all; of those asked for by words or terms, that have such a service, or the term themselves. */
function organizations(ask: Ask, now: Instant): Condition {
  const { search, taxonomy_term_id, taxonomy_id } = ask;
  const shown = isOrganizationShown("organization.id", now);
  const having = sql`organization.id in (select service.organization_id from services as service join listings as listing on listing.service_id = service.id where ${all(conditionsOf(ask, now))})`;
  const itself = all([...(taxonomy_term_id ? [sql`term.id = ${taxonomy_term_id}`] : []), ...(taxonomy_id ? [sql`term.taxonomy_id = ${taxonomy_id}`] : [])]);
  const named = sql`(${having} or (${shown} and organization.id in (select link_id from attributes join taxonomy_terms as term on term.id = attributes.taxonomy_term_id where link_entity = 'organization' and ${itself})))`;
  return sql`select organization.id, false as gone from organizations as organization where ${search ? having : taxonomy_term_id || taxonomy_id ? named : shown}`;
}

/** Has a service that is shown, or none at all. */
export const isOrganizationShown = (column: string, now: Instant): RawBuilder<boolean> =>
  sql<boolean>`(exists (select from services as own where own.organization_id = ${sql.ref(column)} and ${isShown("own.id", now)}) or not exists (select from services as own where own.organization_id = ${sql.ref(column)}))`;

/** A service that is shown is there, and somebody stands for its being there; or none is there at all. */
export const isLocationShown = (column: string, now: Instant): RawBuilder<boolean> =>
  sql<boolean>`(exists (select from services_at_locations as here join listings as listing on listing.id = here.id where here.location_id = ${sql.ref(column)} and (listing.hidden_at is null or listing.hidden_at > ${now}) and ${stands("place", now)})
    or not exists (select from services_at_locations as here where here.location_id = ${sql.ref(column)}))`;

const like = (search: string | undefined, ...columns: readonly string[]): Condition[] =>
  (search ?? "").split(/\s+/).filter(Boolean).slice(0, mostWords).map((word) => sql`(${sql.join(columns.map((column) => sql`${sql.ref(column)} ilike ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`), sql` or `)})`);

function taxonomyTerms({ search, taxonomy_id, parent_id, top_only }: Ask): Condition {
  const asked = [...like(search, "name", "code", "description"), ...(taxonomy_id ? [sql`taxonomy_id = ${taxonomy_id}`] : []), ...(parent_id ? [sql`parent_id = ${parent_id}`] : []), ...(top_only ? [sql`parent_id is null`] : [])];
  return sql`select id, false as gone from taxonomy_terms where ${all(asked)}`;
}

const taxonomies = ({ search }: Ask): Condition => sql`select id, false as gone from taxonomies where ${all(like(search, "name", "description"))}`;

const lists = { services, service_at_locations: places, organizations, taxonomies, taxonomy_terms: taxonomyTerms } as const satisfies Record<ListName, unknown>;

/** Which records answer, in the order of their ids: a part of them, however many there are. */
export async function idsOf(db: Reader, list: ListName, ask: Ask, now: Instant, { after = NIL, skip = 0, limit, only, among }: Window): Promise<Row[]> {
  const { rows } = await sql<Row>`/* planned anew */ select id, gone from (${lists[list](ask, now)}) as found where ${among ? anyOf("id", among) : only ? sql`id = ${only}` : sql`id > ${after}`} order by id limit ${limit} offset ${skip}`.execute(db);
  return rows;
}

/** How many records answer. */
export async function countOf(db: Reader, list: ListName, ask: Ask, now: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* planned anew */ select count(*) as count from (${lists[list](ask, now)}) as found`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The areas that a postal code of this country and region lies in, small and large. */
export async function areasOver(db: Reader, country: string, region: string, code: string): Promise<string[]> {
  const area = areaOf(country, region) ?? country;
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const { rows } = await sql<{ id: string }>`select id from areas where id = ${country} or id = ${area}
    or (parent = ${area} and until is null and exists (select from unnest(postal_prefixes) as prefix where starts_with(${plain}, prefix)))`.execute(db);
  return rows.map(({ id }) => id);
}
