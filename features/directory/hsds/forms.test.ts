import { existsSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { nouns, tabular, type Noun } from "./forms.ts";
import { isUri } from "./rules.ts";

const folder = process.env["OPEN_DATA_DIR"] && `${process.env["OPEN_DATA_DIR"]}/hsds-3.1`;
const standard = folder && existsSync(folder) ? folder : undefined;
const read = (file: string) => JSON.parse(readFileSync(`${standard}/${file}`, "utf8")) as { properties: Record<string, { type?: string; items?: object }>; required: string[]; tabular_required?: string[]; path: string };

/** What the standard's API adds to its nouns. */
const added: Partial<Record<Noun, string[]>> = { organization: ["services"], service_at_location: ["service"] };

describe.skipIf(!standard)("beside the standard's own schemas (OPEN_DATA_DIR)", () => {
  it.each(Object.keys(nouns) as Noun[])("%s has the same fields, and the same are required", (noun) => {
    const { properties, required } = read(`${noun}.json`);
    const schema: z.ZodObject = nouns[noun];
    expect(Object.keys(schema.shape).sort()).toEqual([...Object.keys(properties), ...(added[noun] ?? [])].sort());
    const ours = Object.entries(schema.shape).filter(([, field]) => !(field instanceof z.ZodOptional));
    expect(ours.map(([name]) => name).sort()).toEqual([...required].sort());
  });

  it.each(tabular.map((one) => [one.file, one] as const))("%s has the standard's columns, order, numbers and required cells", (file, table) => {
    const { properties, required, tabular_required = [], path } = read(`${table.noun}.json`);
    expect(path).toBe(file);
    const [head = ""] = readFileSync(`${standard}/examples/csv/${file}`, "utf8").split(/\r?\n/);
    // The example of url.csv lacks the two links that the standard's own table of tables has.
    expect(table.columns.join(",")).toBe(file === "url.csv" ? `${head},organization_id,service_id` : head);
    expect([...table.numeric].sort()).toEqual(table.columns.filter((name) => properties[name]?.type === "number").sort());
    expect([...table.required].sort()).toEqual([...required.filter((name) => table.columns.includes(name)), ...tabular_required].sort());
  });
});

test("each noun has one file", () => {
  expect(tabular.map(({ noun }) => noun).sort()).toEqual((Object.keys(nouns) as Noun[]).sort());
});

test("a field that the standard does not know is refused", () => {
  const taxonomy = { id: "5c4d79d7-cc55-470e-9f1f-8cad074e4892", name: "Terms", description: "" };
  expect(nouns.taxonomy.safeParse(taxonomy).success).toBe(true);
  expect(nouns.taxonomy.safeParse({ ...taxonomy, colour: "blue" }).success).toBe(false);
});

describe("what we take for a web or mail address", () => {
  const ajv = new Ajv2020.default();
  addFormats.default(ajv);
  const uri = ajv.compile({ type: "string", format: "uri" });
  const email = ajv.compile({ type: "string", format: "email" });
  const characters = fc.constantFrom(..."aZ09-._~:/?#@!$&'()*+,;=%2f é<\"\\");
  const parts = fc.oneof(characters, fc.constantFrom("https://", "http:", "mailto:", "example.org", "www.", "%20", "//", ".org", "@b.co"));
  const texts = fc.array(parts, { maxLength: 12 }).map((some) => some.join(""));

  it("is one to the standard's validator too", () => {
    fc.assert(fc.property(texts, (text) => !isUri(text) || uri(text)), { numRuns: 20_000 });
    fc.assert(fc.property(fc.oneof(fc.emailAddress(), texts), (text) => !nouns.contact.shape.email.safeParse(text).success || email(text)), { numRuns: 20_000 });
  });

  it.each([["https://example.org/a?b=c#d", true], ["http://example.org", true], ["mailto:a@example.org", true], ["www.example.org", false], ["https://", false], ["see our page", false], ["http://exa mple.org", false]])("%s: %s", (text, is) => {
    expect(isUri(text)).toBe(is);
  });
});
