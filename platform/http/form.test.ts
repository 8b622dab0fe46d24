import { globSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { readTyped, type Typed } from "./form.ts";

const files = await Promise.all(globSync("features/**/forms.ts").map(async (file) => [file, (await import(pathToFileURL(file).href)) as Record<string, unknown>] as const));
const schemas = files.flatMap(([file, exported]) => Object.entries(exported).flatMap(([name, one]) => (one instanceof z.ZodType ? [[`${file} ${name}`, one] as const] : [])));

/** The fields of a form, also where it is checked as a whole or made into something else. */
function fieldsOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.def.in as z.ZodType);
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right].flatMap((one) => fieldsOf(one as z.ZodType));
  return [];
}

const hostile: readonly (readonly string[])[] = [[], [""], ["x"], ["x".repeat(20_000)], ["💜", "constructor"], ["-1"], ["1e309"], ["<script>"], ["2026-02-30"], ["__proto__"]];

test("whatever stands in a field, a form that is not taken names a sentence of ours, and never a message of the library", () => {
  expect(schemas.length).toBeGreaterThan(50);
  const unsaid = new Set<string>();
  for (const [name, schema] of schemas)
    for (const field of fieldsOf(schema))
      for (const lists of [[], [field]])
        for (const values of hostile) {
          const typed: Typed = { [field]: values };
          const read = readTyped(typed, schema, lists);
          if (read.ok) continue;
          const why = read.problems[field];
          if (why !== undefined && !/^[a-z][A-Za-z0-9_]*$/.test(why)) unsaid.add(`${name}, ${field}${lists.length > 0 ? " as a list" : ""}: ${why}`);
        }
  expect([...unsaid]).toEqual([]);
});
