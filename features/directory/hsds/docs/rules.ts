import { z } from "zod";
import { listShapes, organizationShape } from "../asks/forms.ts";
import { nouns, type Noun } from "../forms.ts";
import { listNames, nounOf, version, type ListName } from "../rules.ts";
import type { say } from "./words.ts";

type Say = ReturnType<typeof say>;
type Json = Readonly<Record<string, unknown>>;

/** `site`: where this installation is reached, without a slash at its end. */
export type About = { readonly title: string; readonly site: string; readonly t: Say };

/** JSON Schema, without patterns where a format says the same. */
const asSchema = { unrepresentable: "any", override: ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }) => void (jsonSchema.format !== undefined && delete jsonSchema.pattern) } as const;

const without = (some: Json, ...names: readonly string[]): Json => Object.fromEntries(Object.entries(some).filter(([name]) => !names.includes(name)));
const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** What a list takes, one by one, with what it means. */
export function parametersOf(list: ListName, t: Say): readonly { readonly name: string; readonly description: string; readonly schema: Json }[] {
  return fieldsOf(listShapes[list], t);
}

function fieldsOf(shape: z.ZodRawShape, t: Say) {
  const { properties = {} } = z.toJSONSchema(z.strictObject(shape), { ...asSchema, io: "input" });
  return Object.entries(properties).map(([name, schema]) => ({ name, description: t(`param_${name}` as "param_search"), schema: schema as Json }));
}

/** The API as OpenAPI 3.1 describes it, made of the very forms that questions are read by and answers are written by. */
export function openApiOf(about: About): Json {
  const { title, site, t } = about;
  const paths = Object.fromEntries(listNames.flatMap((list) => [[`/${list}`, pathOfList(list, t)], [`/${list}/{id}`, pathOfRecord(list, t)]]));
  return {
    openapi: "3.1.1",
    info: { title: `${title}: ${t("title")}`, version, description: `${t("lead")}\n\n${t("sure")} ${t("sureKeep")}` },
    externalDocs: { url: `${site}/hsds/docs` },
    servers: [{ url: `${site}/hsds` }],
    paths: { "/": { get: { operationId: "about", summary: t("about"), responses: { 200: { description: t("about"), content: { "application/json": { schema: refTo("about") } } } } } }, ...paths, "/export.zip": pathOfExport(t) },
    components: { schemas: schemas() },
  };
}

const nouned = (list: ListName): string => nounOf[list].replace(/(^|_)([a-z])/g, (_all, _mark, letter: string) => letter.toUpperCase());

function pathOfList(list: ListName, t: Say): Json {
  const parameters = parametersOf(list, t);
  const about = { summary: t(list), tags: [list] };
  const responses = {
    200: { description: t("page"), content: { "application/json": { schema: pageOf(nounOf[list]) }, "application/x-ndjson": { schema: refTo(nounOf[list]) } } },
    ...problemsOf(t, 400, 503),
  };
  const schema = { type: "object", properties: Object.fromEntries(parameters.map(({ name, description, schema: one }) => [name, { ...one, description }])), additionalProperties: false };
  return {
    get: { ...about, operationId: `list${nouned(list)}`, parameters: parameters.map((one) => ({ ...one, in: "query" })), responses },
    post: { ...about, operationId: `search${nouned(list)}`, description: t("search"), requestBody: { content: { "application/json": { schema }, "application/x-www-form-urlencoded": { schema } } }, responses },
  };
}

function pathOfRecord(list: ListName, t: Say): Json {
  const asked = list === "organizations" ? fieldsOf(organizationShape, t).map((one) => ({ ...one, in: "query" })) : [];
  return {
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
    get: { summary: t("record"), tags: [list], operationId: `read${nouned(list)}`, parameters: asked, responses: { 200: { description: t("record"), content: { "application/json": { schema: refTo(nounOf[list]) } } }, ...problemsOf(t, 400, 404, ...(list === "services" ? [410] : [])) } },
  };
}

const pathOfExport = (t: Say): Json => ({ get: { operationId: "export", summary: t("export"), responses: { 200: { description: t("export"), content: { "application/zip": {} } }, ...problemsOf(t, 503) } } });

const problemsOf = (t: Say, ...codes: readonly number[]): Json => Object.fromEntries(codes.map((code) => [code, { description: t("problems"), content: { "application/problem+json": { schema: refTo("problem") } } }]));

const count = { type: "integer", minimum: 0 };

/** A page of records, as `rules.ts: pageOf` makes it. */
function pageOf(noun: Noun): Json {
  const properties = { total_items: count, total_pages: count, page_number: count, size: count, first_page: { type: "boolean" }, last_page: { type: "boolean" }, empty: { type: "boolean" }, contents: { type: "array", items: refTo(noun) } };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function schemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [noun, schema] of Object.entries(nouns)) registry.add(schema, { id: noun });
  const made = z.toJSONSchema(registry, { ...asSchema, uri: (noun) => `#/components/schemas/${noun}` }).schemas as Readonly<Record<string, Json>>;
  const text = { type: "string" };
  const about = { type: "object", properties: { version: text, profile: { ...text, format: "uri" }, openapi_url: { ...text, format: "uri" } }, required: ["version", "profile", "openapi_url"] };
  const invalid = { type: "array", items: { type: "object", properties: { name: text, reason: text }, required: ["name", "reason"] } };
  const problem = { type: "object", properties: { type: text, title: text, detail: text, status: { type: "integer" }, invalid, merged_into: { ...text, format: "uuid" } }, required: ["type", "title", "detail", "status"] };
  return { ...Object.fromEntries(Object.entries(made).map(([noun, schema]) => [noun, without(schema, "$schema", "$id")])), about, problem };
}
