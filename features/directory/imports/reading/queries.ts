import type { Readable } from "node:stream";
import { factsTaxonomyId, taxonomyId } from "../../taxonomy/queries.ts";
import { fromWindows1252, isAllUtf8, openFiles, through, type Files } from "../files/queries.ts";
import { isTable, type Limits } from "../files/rules.ts";
import { isTemplate, neededColumns, suggest } from "../flat/rules.ts";
import { knows } from "../records/older/rules.ts";
import { linesOf, uncut, type Line } from "../rows/queries.ts";
import { headingsOf, shapeOf, type Shape } from "../shapes/rules.ts";
import { WholeRefused, type Looked, type Mapping } from "../types.ts";
import { delimiterOf, refuseHeadings } from "./rules.ts";

/** `taxonomy.csv` lists terms before 3.0, and a single table without the standard's name may still be one. */
export async function shapeHere(files: Files, name: string, limits: Limits): Promise<Shape | undefined> {
  const shape = shapeOf(name);
  if (shape !== "taxonomy_v1") return shape;
  const headings = (await firstLines(files, name, limits))[0]?.cells ?? [];
  return headings.some((heading) => /^(parent_id|parent_name|vocabulary|term)$/i.test(heading.trim())) ? "taxonomy_v1" : "taxonomy";
}

/** The beginning of a table, its headings first. */
export async function firstLines(files: Files, name: string, limits: Limits, delimiter = ","): Promise<readonly Line[]> {
  for await (const some of linesOf(name, await files.read(name), limits, delimiter)) return some;
  return [];
}

/** Does it come from this program? Then it carries our own lists of terms. */
export async function isOurs(files: Files, taxonomies: string | undefined, limits: Limits): Promise<boolean> {
  if (!taxonomies) return false;
  return (await firstLines(files, taxonomies, limits)).some(({ cells }) => cells[0] === taxonomyId || cells[0] === factsTaxonomyId);
}

/** How a spreadsheet's table is to be read: in which letters, and with what between its cells. */
export async function flatTable(files: Files, name: string, limits: Limits): Promise<{ readonly open: () => Promise<Readable>; readonly delimiter: string; readonly headings: readonly string[] }> {
  const utf8 = await isAllUtf8(files, name);
  const open = async (): Promise<Readable> => {
    const raw = await files.read(name);
    return utf8 ? raw : through(raw, fromWindows1252());
  };
  const commas = { ...files, read: open };
  const delimiter = delimiterOf((await firstLines(commas, name, limits, uncut))[0]?.cells[0] ?? "");
  const headings = ((await firstLines(commas, name, limits, delimiter))[0]?.cells ?? []).map((heading) => heading.trim());
  if (headings.length < 2) throw new WholeRefused(headings.length === 0 ? "fileEmpty" : "delimiterWrong", name);
  return { open, delimiter, headings };
}

/** Rows of which she sees what stands in each column. */
const sampled = 20;

/** What is in a file, before anything of it is read in: its tables by name, or the columns of its one table. Throws `WholeRefused` at what can't be read. */
export async function lookInto(path: string, limits: Limits, mapping: Mapping | undefined): Promise<Looked> {
  const files = await openFiles(path, limits);
  try {
    const tables = files.names.filter(isTable);
    const shaped = await Promise.all(tables.map(async (name) => ({ name, shape: await shapeHere(files, name, limits) })));
    if (!shaped.some(({ shape }) => shape !== undefined) || (tables.length === 1 && shaped[0]?.shape !== "service")) {
      if (tables.length !== 1) throw new WholeRefused("noTables");
      return await lookAtSheet(files, tables[0]!, limits, mapping);
    }
    if (!shaped.some(({ shape }) => shape === "service" || shape === "organization")) throw new WholeRefused("noServices");
    const seen: Extract<Looked, { kind: "tables" }>["tables"][number][] = [];
    for (const { name, shape } of shaped) seen.push({ name, shape, bytes: files.size(name), unknown: shape ? await unknownIn(files, name, shape, limits) : [] });
    return { kind: "tables", tables: seen };
  } finally {
    files.close();
  }
}

async function unknownIn(files: Files, name: string, shape: Shape, limits: Limits): Promise<readonly string[]> {
  const [first] = await firstLines(files, name, limits);
  const headings = headingsOf(shape, first?.cells ?? []);
  refuseHeadings(name, shape, headings);
  return headings.filter((heading) => heading !== "" && !knows(shape, heading));
}

async function lookAtSheet(files: Files, name: string, limits: Limits, known: Mapping | undefined): Promise<Looked> {
  const { open, delimiter, headings } = await flatTable(files, name, limits);
  const lines: Line[] = [];
  for await (const some of linesOf(name, await open(), limits, delimiter)) if (lines.push(...some) > sampled) break;
  const columns = headings.map((heading, at) => ({ heading, samples: [...new Set(lines.slice(1, 1 + sampled).map(({ cells }) => (cells[at] ?? "").trim()).filter(Boolean))].slice(0, 3).map((cell) => cell.slice(0, 60)) }));
  const template = isTemplate(headings);
  const fits = known !== undefined && neededColumns.every((column) => headings.includes(known[column] ?? ""));
  return { kind: "sheet", columns: columns.filter(({ heading }, at) => heading !== "" && headings.indexOf(heading) === at), template, mapping: fits && !template ? known : suggest(headings), known: template || fits };
}
