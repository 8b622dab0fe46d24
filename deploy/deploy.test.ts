import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const read = (name: string): string => readFileSync(join(here, name), "utf8");

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()), interval: z.string(), retries: z.number() }),
});
const compose = z
  .object({ services: z.object({ app: service, database: service }), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read("compose.yaml")));

/** What `npm start` says to Node; whoever starts the server by another way says the same. */
const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const flags = scripts.start.match(/--\S+/g) ?? [];

/** The instructions of the Containerfile, continued lines joined, by stage. */
const stages = read("Containerfile")
  .replaceAll("\\\n", "")
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((text) => text.split("\n").filter((line) => /^[A-Z]+ /.test(line)));
const last = stages.at(-1) ?? [];

const unit = new Map<string, string[]>();
for (const [, name = "", value = ""] of read("small-hours.service").matchAll(/^(\w+)=(.*)$/gm)) unit.set(name, [...(unit.get(name) ?? []), value]);

test("the image is built in stages of one Node 26 and runs the server as an ordinary user", () => {
  expect(stages.length).toBeGreaterThan(1);
  for (const [from] of stages) expect(from).toMatch(/^FROM node:26-slim AS \w+$/);
  expect(last.filter((line) => line.startsWith("USER "))).toEqual(["USER node"]);
  expect(last.findIndex((line) => line.startsWith("USER "))).toBeGreaterThan(last.findLastIndex((line) => /^(RUN|COPY) /.test(line)));
  expect(JSON.parse((last.at(-1) ?? "").replace("CMD ", ""))).toEqual(["node", ...flags, "dist/server.js"]);
  expect(last.some((line) => line.startsWith("ENV ") && line.includes(" MALLOC_ARENA_MAX=2 "))).toBe(true);
  expect(last.some((line) => line.startsWith("HEALTHCHECK ") && line.includes("/ready"))).toBe(true);
});

test("every stage that the image copies from exists, and all that the server reads at run time is copied", () => {
  const names = stages.map(([from = ""]) => from.split(" AS ")[1]);
  for (const line of stages.flat()) {
    const from = /--from=(\w+)/.exec(line)?.[1];
    if (from) expect(names).toContain(from);
  }
  for (const needed of ["node_modules", "package.json", "migrations", "dist"]) expect(last.some((line) => line.includes(`/app/${needed} `))).toBe(true);
});

test("neither data, secrets nor installed packages go into the image's build", () => {
  const ignored = read("Containerfile.dockerignore").split("\n");
  for (const name of ["data", "dist", ".git", "**/node_modules", "**/.env*"]) expect(ignored).toContain(name);
});

test("compose waits for a healthy PostgreSQL 18, keeps its data, and shows the program to this machine only", () => {
  const { app, database } = compose.services;
  expect(app.build && existsSync(join(here, app.build.context, app.build.dockerfile))).toBe(true);
  expect(app.depends_on?.["database"]?.condition).toBe("service_healthy");
  expect(database.image).toBe("postgres:18");
  expect(database.healthcheck.test[1]).toBe("pg_isready");
  expect(database.volumes).toContain("database:/var/lib/postgresql");
  expect(database.ports).toBeUndefined();
  for (const port of app.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  for (const volume of [...app.volumes, ...database.volumes]) {
    const [source = ""] = volume.split(":");
    if (source.startsWith(".")) expect(statSync(join(here, source)).mode & 0o111).not.toBe(0);
    else expect(Object.keys(compose.volumes)).toContain(source);
  }
});

test("compose has no secret in it: each must come from the environment, and none has a default", () => {
  for (const { environment } of Object.values(compose.services)) {
    for (const [name, value] of Object.entries(environment)) if (/KEY|PASSWORD|DATABASE_URL/.test(name)) expect(value).toMatch(/\$\{\w+:\?[^}]+\}/);
  }
});

test("the systemd unit gives the program its own user, its own folder and little else", () => {
  const wanted = { DynamicUser: "yes", ProtectSystem: "strict", ProtectHome: "yes", PrivateTmp: "yes", NoNewPrivileges: "yes", CapabilityBoundingSet: "", KillMode: "mixed", StateDirectory: "small-hours" };
  for (const [name, value] of Object.entries(wanted)) expect(unit.get(name)).toEqual([value]);
  expect(unit.get("ExecStart")).toEqual([["/opt/small-hours/node_modules/.bin/node", ...flags, "dist/server.js"].join(" ")]);
  expect(unit.get("Environment")).toContain("MALLOC_ARENA_MAX=2");
  expect(unit.get("Environment")).toContain(`DATA_DIR=/var/lib/${unit.get("StateDirectory")?.[0]}`);
});

const hasAnalyze = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!hasAnalyze)("systemd itself finds nothing wrong with the unit, and calls its exposure low", () => {
  const folder = mkdtempSync(join(tmpdir(), "sh-unit-"));
  try {
    const path = join(folder, "small-hours.service");
    // The program is not in /opt here; all else is as it is.
    writeFileSync(path, read("small-hours.service").replace("/opt/small-hours/node_modules/.bin/node", "/bin/true").replace(/^Documentation=.*\n/m, ""));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", path], { encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => line.includes("small-hours"))).toEqual([]);
    expect(status).toBe(0);
    expect(spawnSync("systemd-analyze", ["security", "--offline=yes", "--threshold=30", path]).status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every setting named in these files is explained for whoever runs the program", () => {
  const names = new Set<string>();
  for (const [, name = ""] of read("compose.yaml").matchAll(/\$\{(\w+)/g)) names.add(name);
  for (const { environment } of Object.values(compose.services)) for (const name of Object.keys(environment)) names.add(name);
  for (const line of last) if (line.startsWith("ENV ")) for (const [, name = ""] of line.matchAll(/(\w+)=/g)) names.add(name);
  for (const setting of unit.get("Environment") ?? []) names.add(setting.split("=")[0] ?? "");
  const pages = [join(here, "README.md"), join(root, "OPERATIONS.md"), ...(existsSync(join(root, "docs")) ? readdirSync(join(root, "docs")).map((name) => join(root, "docs", name)) : [])];
  const docs = pages.filter((path) => path.endsWith(".md") && existsSync(path)).map((path) => readFileSync(path, "utf8")).join("\n");
  expect(names.size).toBeGreaterThan(8);
  expect([...names].filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});
