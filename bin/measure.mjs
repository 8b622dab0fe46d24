// Prints how long our files and functions are, beside what we aim at. A mirror, not a gate; only `any` is one.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";

const folders = ["features", "platform", "cast", "bench", "bin", "journeys", "deploy"];
// Written by a tool, from the database.
const generated = new Set([join("platform", "db", "tables.ts")]);
const isCode = (path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".d.ts") && !path.endsWith(".d.mts") && !generated.has(path);
const isTest = (path) => /\.test\.tsx?$/.test(path) || path.startsWith("journeys") || path.endsWith("factory.ts");

const within = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const files = [...readdirSync(".").filter((name) => /\.tsx?$/.test(name)), ...folders.flatMap(within)].filter(isCode).sort();

const functionTypes = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "ClassMethod", "PrivateMethod", "MethodProperty", "Constructor"]);

function read(path) {
  const source = readFileSync(path, "utf8");
  const bytes = Buffer.from(source);
  const starts = [0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) starts.push(at + 1);
  const lineAt = (offset) => starts.findLastIndex((start) => start <= offset) + 1;
  const tree = parseSync(source, { syntax: "typescript", tsx: path.endsWith(".tsx"), target: "esnext", comments: false });
  // Positions count bytes on from the files that were read before; the first one-byte is the first token, which comments can precede.
  const lead = /^(?:\s|\/\/.*|\/\*[^]*?\*\/|#!.*)*/.exec(source)?.[0] ?? "";
  const base = tree.span.start - Buffer.byteLength(lead);
  const functions = [];
  let any = 0;
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!node || typeof node !== "object") return;
    if (node.type === "TsKeywordType" && node.kind === "any") any++;
    const span = node.span ?? node.function?.span;
    if (functionTypes.has(node.type) && span && (node.body ?? node.function?.body)) {
      const from = lineAt(span.start - base);
      functions.push({ path, line: from, lines: lineAt(span.end - base - 1) - from + 1 });
    }
    Object.values(node).forEach(visit);
  };
  visit(tree.body);
  return { path, lines: starts.length - (source.endsWith("\n") ? 1 : 0), functions, any };
}

const all = files.map(read);
const code = all.filter(({ path }) => !isTest(path));
const tests = all.filter(({ path }) => isTest(path));
const at = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
const sum = (list) => list.reduce((total, { lines }) => total + lines, 0);
const row = (...cells) => console.log(cells.map((cell, column) => (column === 0 ? String(cell).padEnd(18) : String(cell).padStart(10))).join(""));
const sizes = (name, list, aims) => {
  const values = list.map(({ lines }) => lines);
  row(`${name} (${values.length})`, at(values, 0.5), at(values, 0.9), Math.max(...values));
  row("  aim", ...aims.map((aim) => `≤ ${aim}`));
};
const longest = (list, count) => list.toSorted((a, b) => b.lines - a.lines).slice(0, count);

row("lines", "median", "p90", "most");
sizes("files", code, [45, 150, 300]);
sizes("functions", code.flatMap(({ functions }) => functions), [10, 30, 60]);
console.log(`\nlongest files      ${longest(code, 5).map(({ path, lines }) => `${path} ${lines}`).join(", ")}`);
console.log(`longest functions  ${longest(code.flatMap(({ functions }) => functions), 5).map(({ path, line, lines }) => `${path}:${line} ${lines}`).join(", ")}`);
console.log(`tests and code     ${sum(tests)} lines of tests to ${sum(code)} of code (${(sum(tests) / sum(code)).toFixed(2)})`);
const withAny = all.filter(({ any }) => any > 0);
console.log(`any                ${withAny.reduce((total, { any }) => total + any, 0)}${withAny.map(({ path, any }) => ` ${path} ${any}`).join(",")}`);
process.exitCode = withAny.length > 0 ? 1 : 0;
