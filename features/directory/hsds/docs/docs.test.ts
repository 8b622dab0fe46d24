import { existsSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../../app.tsx";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { directoryRoom } from "../../routes.tsx";
import { makeRichListing } from "../factory.ts";
import { listNames } from "../rules.ts";

const house = await openTestHouse();
const app = createApp(house);
const folder = process.env["OPEN_DATA_DIR"] && `${process.env["OPEN_DATA_DIR"]}/hsds-3.1`;

type Operation = { operationId: string; summary: string; parameters?: { name: string; schema: object; description: string }[]; requestBody?: { content: Record<string, { schema: { properties: object } }> }; responses: Record<string, { content: Record<string, { schema?: object }> }> };
type OpenApi = { openapi: string; info: { title: string; version: string }; servers: { url: string }[]; paths: Record<string, Partial<Record<"get" | "post", Operation>>>; components: { schemas: Record<string, object> } };

const described = async (language = "en"): Promise<OpenApi> => (await (await app.request("/hsds/openapi.json", { headers: { "accept-language": language } })).json()) as OpenApi;
let api: OpenApi;
beforeAll(async () => {
  house.setClock("2026-11-26T03:00:00Z");
  await makeRichListing(house, "rich", { name: "Círculo de Luna", terms: ["w_dads", "c_free"], accepting: "yes" });
  api = await described();
});

describe("the description for programs", () => {
  it("is OpenAPI 3.1, from any site, and the API says where it is", async () => {
    const about = (await (await app.request("/hsds/")).json()) as { openapi_url: string };
    const answer = await app.request(about.openapi_url);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect([api.openapi, api.info.version, api.servers]).toEqual(["3.1.1", "3.1", [{ url: "http://localhost/hsds" }]]);
  });

  it("describes every open door there is, and no other", () => {
    const open = directoryRoom(house).routes.filter(({ path, anySite }) => anySite && path.startsWith("/hsds/") && !path.endsWith("openapi.json"));
    const ours = open.map(({ method, path }) => `${method} ${path.slice("/hsds".length).replace(":id", "{id}")}`);
    expect(Object.entries(api.paths).flatMap(([path, item]) => (["get", "post"] as const).filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`)).sort()).toEqual(ours.sort());
    const ids = Object.values(api.paths).flatMap(({ get, post }) => [get, post].flatMap((one) => one?.operationId ?? []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leads nowhere that is not in it, and every answer is as it says", async () => {
    const ajv = new Ajv2020.default({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ ...api, $id: "https://openapi.test/" });
    const at = (path: string) => `https://openapi.test/#/paths/${path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}`;
    const fits = (path: string, code: number, type: string, value: unknown, method = "get") => {
      const validate = ajv.getSchema(`${at(path)}/${method}/responses/${code}/content/${type.replace("/", "~1")}/schema`);
      expect(validate?.(value), `${path} ${code} ${JSON.stringify(validate?.errors)}`).toBe(true);
    };
    for (const list of listNames) {
      for (const depth of ["", "?full=true"]) if (depth === "" || !list.startsWith("taxonom")) fits(`/${list}`, 200, "application/json", await (await app.request(`/hsds/${list}${depth}`)).json());
      const page = (await (await app.request(`/hsds/${list}`, { method: "POST", body: "{}", headers: { "content-type": "application/json" } })).json()) as { contents: { id: string }[] };
      fits(`/${list}`, 200, "application/json", page, "post");
      fits(`/${list}/{id}`, 200, "application/json", await (await app.request(`/hsds/${list}/${page.contents[0]?.id}`)).json());
      fits(`/${list}`, 400, "application/problem+json", await (await app.request(`/hsds/${list}?colour=blue`)).json());
      fits(`/${list}/{id}`, 404, "application/problem+json", await (await app.request(`/hsds/${list}/nothing`)).json());
    }
    fits("/", 200, "application/json", await (await app.request("/hsds/")).json());
    expect(ajv.validate({ $ref: "https://openapi.test/#/components/schemas/service" }, { id: "5c4d79d7-cc55-470e-9f1f-8cad074e4892", name: "A", status: "active", colour: "blue" }), "sealed").toBe(false);
  });

  it("says in English and Spanish what each thing means", async () => {
    const spanish = await described("es");
    for (const [path, { get, post }] of Object.entries(api.paths))
      for (const [method, said] of Object.entries({ get, post })) {
        const other = spanish.paths[path]?.[method as "get"];
        if (said) expect(other?.summary, `${method} ${path}`).not.toBe(said.summary);
        for (const [nth, { name, description }] of (said?.parameters ?? []).entries()) expect([description === "", other?.parameters?.[nth]?.description === description], name).toEqual([false, false]);
      }
  });

  it.skipIf(!folder || !existsSync(folder))("has every path and every parameter of the standard's own (OPEN_DATA_DIR)", () => {
    type Named = { name?: string; $ref?: string };
    const { paths } = JSON.parse(readFileSync(`${folder}/openapi.json`, "utf8")) as { paths: Record<string, Partial<Record<"get" | "post", { parameters?: Named[] }>>> };
    for (const [path, item] of Object.entries(paths))
      for (const [method, { parameters = [] }] of Object.entries(item)) {
        const ours = api.paths[path]?.[method as "get"];
        const names = [...(ours?.parameters ?? []).map(({ name }) => name), ...Object.keys(ours?.requestBody?.content["application/json"]?.schema.properties ?? {})];
        expect(names, `${method} ${path}`).toEqual(expect.arrayContaining(parameters.map(({ name, $ref = "" }) => name ?? $ref.split("/").at(-1))));
      }
  });
});

describe("the page for people", () => {
  it.each(["en", "es"])("says the same in %s, without a script", async (language) => {
    const answer = await app.request("/hsds/docs", { headers: { "accept-language": language } });
    const html = await answer.text();
    expect([answer.status, html.includes(`lang="${language}"`)]).toEqual([200, true]);
    for (const words of ['id="problems"', 'href="/hsds/openapi.json"', 'href="/hsds/export.zip"', ...listNames.map((list) => `href="/hsds/${list}"`), "modified_after", "wait_days"]) expect(html.includes(words), words).toBe(true);
  });

  it.each(["/about", "/freshness"])("is reached from %s", async (path) => {
    expect(await (await app.request(path)).text()).toContain('href="/hsds/docs"');
  });
});
