// Sets the scanners of others on a running instance: wapiti and sqlmap (Debian's packages) over its public forms and its signed-in pages,
// and MDN's HTTP Observatory on it behind TLS. Fails on any finding, on any page that failed, and below an A+.
// What is missing is installed on demand (Debian as root; npm into a folder of its own), since nothing of it is a part of this program.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Seconds of each scanner's run; a longer one looks further. */
const seconds = Number(process.env.SCAN_SECONDS ?? 150);
const only = process.argv.slice(2);
const observatoryVersion = "1.4.8";
const folder = mkdtempSync(join(tmpdir(), "small-hours-scanners-"));
const findings = [];

/** Puts Debian's packages on this machine, where they are missing and it may. */
function bring(...names) {
  const missing = () => names.filter((name) => spawnSync("which", [name]).status !== 0);
  const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status === 0;
  if (missing().length > 0 && process.getuid?.() === 0 && (apt("install", "-y", "--no-install-recommends", ...missing()) || apt("update"))) apt("install", "-y", "--no-install-recommends", ...missing());
  if (missing().length > 0) throw new Error(`Not here, and not to be installed: ${missing().join(", ")}. On Debian: apt-get install ${names.join(" ")}`);
}

/** The built program on a folder and a port of its own, with the demo's street; each line of its log that says that a request failed is a finding. */
async function openProgram() {
  const child = spawn(process.execPath, ["dist/server.js"], { env: { PATH: process.env.PATH, PORT: "0", LOG_LEVEL: "warn", DATA_DIR: join(folder, "data") }, stdio: ["ignore", "pipe", "inherit"] });
  const links = new Map();
  const opened = new Promise((done, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, label, link] = /^ {2}(.+?):\s+(http\S+)$/.exec(line) ?? [];
      if (label) links.set(label, link);
      if (label === "Letters not sent") done();
      if (line.includes("a request failed")) findings.push(`the program: ${line}`);
    });
    child.once("exit", (code) => failed(new Error(`The program ended with ${code}.`)));
  });
  await opened;
  const base = new URL(links.get("A parent's page")).origin;
  const stop = async () => {
    const left = once(child, "exit");
    child.kill("SIGTERM");
    await left;
  };
  return { base, links, stop };
}

/** Follows a link or posts a form as a browser does, with the cookies so far. */
async function go(jar, url, form) {
  const answer = await fetch(url, { redirect: "manual", headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }, ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}) });
  for (const set of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
    if (/max-age=0/i.test(set)) jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}
const cookieOf = (jar, ...names) => names.map((name) => `__Host-${name}=${jar.get(`__Host-${name}`)}`).join("; ");

async function signedIn(base, link) {
  const jar = new Map();
  await go(jar, link);
  await go(jar, `${base}/sign-in/link`, {});
  return cookieOf(jar, "session");
}

async function aParent(base) {
  const jar = new Map();
  await go(jar, `${base}/message`, { key: randomUUID(), words: "Is anybody awake?", nickname: "Rosa" });
  return cookieOf(jar, "conversation");
}

/** Runs a scanner to its end, or to the end of its time. */
async function run(name, args, patience) {
  const child = spawn(name, args, { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  // What wapiti asks when its time is over: it shall report.
  child.stdin.end("r\n");
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += String(piece)));
  const bell = setTimeout(() => child.kill("SIGINT"), patience * 1000);
  const last = setTimeout(() => child.kill("SIGKILL"), (patience + 60) * 1000);
  await once(child, "close");
  clearTimeout(bell);
  clearTimeout(last);
  writeFileSync(join(folder, `${name}.log`), said, { flag: "a" });
  return said;
}

/** What ends the visit that is being scanned, leads away, or has no end to wait for. */
const leaving = /^\/(exit|sign-out|conversation\/(erase|leave)|account\/sessions|people\/.*\/end|desk\/off-duty)\b|\/stream$/;

/**
 * Stands between a scanner and the program as the browser of one person: each request goes on with her cookies, but for what would end her visit.
 * Nothing is packed on the way, as wapiti 3.0.4 does not unpack what it crawls. Counts what was asked and what failed.
 */
async function asPerson(base, cookie) {
  const seen = { asked: 0, addresses: new Set(), failed: [] };
  const server = http.createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, base);
    if (leaving.test(pathname)) return answer.writeHead(204).end();
    seen.asked += 1;
    seen.addresses.add(`${asked.method} ${pathname}`);
    const on = http.request(base, { path: asked.url, method: asked.method, headers: { ...asked.headers, "accept-encoding": "identity", ...(cookie ? { cookie } : {}) } }, (back) => {
      if (back.statusCode >= 500) seen.failed.push(`${asked.method} ${asked.url} → ${back.statusCode}`);
      answer.writeHead(back.statusCode, back.headers);
      back.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    return asked.pipe(on);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { at: `http://localhost:${server.address().port}`, seen, close: () => (server.closeAllConnections(), server.close()) };
}

// Not asked: csrf (it looks for a token in each form; ours are known by where they come from, tested in app.test.tsx), ssrf and xxe (they need a server of wapiti's own outside; tested in outside.test.ts), and what only fetches lists from elsewhere.
const wapitiModules = "backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss";

/** A header that browsers have given up, and that let other sites in where it was honoured; our policy forbids inline scripts instead. */
const outdated = /^X-XSS-Protection is not set/;

async function wapiti(base, who, cookie) {
  const { at, seen, close } = await asPerson(base, cookie);
  const report = join(folder, `wapiti-${who}.json`);
  const starts = who === "visitor" ? [] : ["/conversation", "/account", "/desk", "/board", "/people", "/tend", "/evenings"].flatMap((path) => ["-s", `${at}${path}`]);
  // The field that steers our switches of language and light is the same on each page, and one of the finder's seventy boxes stands for all.
  const said = await run("wapiti", ["-u", `${at}/`, ...starts, "--scope", "domain", "-m", wapitiModules, "-f", "json", "-o", report, "--flush-session", "--no-bugreport", "--store-session", join(folder, `wapiti-${who}`), "--max-scan-time", String(seconds), "--max-attack-time", String(Math.ceil(seconds / 6)), "--max-links-per-page", "60", "--skip", "back", "--skip", "facet", "-v", "1"], seconds * 6);
  close();
  if (!existsSync(report)) throw new Error(`wapiti wrote no report:\n${said.slice(-2000)}`);
  const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, "utf8"));
  const found = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([kind, all]) => all.map((one) => ({ kind, ...one }))).filter(({ info }) => !outdated.test(info ?? ""));
  for (const { kind, method, path, parameter, info } of found) findings.push(`wapiti as ${who}: ${kind}: ${method} ${path} ${parameter ?? ""} ${info ?? ""}`);
  conclude("wapiti", who, seen, found.length);
}

async function sqlmap(base, who, start, cookie) {
  const { at, seen, close } = await asPerson(base, cookie);
  const out = join(folder, `sqlmap-${who}`);
  mkdirSync(out);
  const said = await run("sqlmap", ["-u", `${at}${start}`, "--forms", "--crawl=2", "--batch", "--dbms=PostgreSQL", "--level=2", "--risk=1", "--threads=4", "--technique=BEUST", "--time-sec=4", "--drop-set-cookie", "--flush-session", "--disable-coloring", "--output-dir", out, "--results-file", join(out, "results.csv")], seconds * 2);
  close();
  const rows = existsSync(join(out, "results.csv")) ? readFileSync(join(out, "results.csv"), "utf8").trim().split("\n").slice(1).filter((line) => line.split(",")[2]) : [];
  for (const row of rows) findings.push(`sqlmap as ${who}: ${row}`);
  const points = said.match(/identified the following injection point|appears to be [^\n]*injectable/g) ?? [];
  if (points.length > 0) findings.push(`sqlmap as ${who}: ${[...new Set(points)].join("; ")}`);
  conclude("sqlmap", who, seen, rows.length + points.length, `, ${(said.match(/does not seem to be injectable/g) ?? []).length} parameters tried to the end`);
}

function conclude(scanner, who, { asked, addresses, failed }, found, more = "") {
  for (const one of new Set(failed)) findings.push(`${scanner} as ${who}: ${one}`);
  console.log(`${scanner} as ${who}: ${asked} requests to ${addresses.size} addresses${more}, ${found} findings, ${failed.length} failures of ours`);
}

/** A certificate of an authority that is ours for this run alone. */
function ownCertificate() {
  const openssl = (...args) => {
    const { status, stderr } = spawnSync("openssl", args, { cwd: folder });
    if (status !== 0) throw new Error(String(stderr));
  };
  openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=Small Hours scanners", "-keyout", "ca.key", "-out", "ca.pem");
  openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-keyout", "tls.key", "-out", "tls.csr");
  writeFileSync(join(folder, "san"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  openssl("x509", "-req", "-in", "tls.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "san", "-out", "tls.pem");
  return { key: readFileSync(join(folder, "tls.key")), cert: readFileSync(join(folder, "tls.pem")) };
}

/** A proxy such as stands before the program: TLS, and whoever comes without it is led there. Both on one port, since the Observatory asks one name. */
async function behindTls(base) {
  const pass = (asked, answer) => {
    const on = http.request(new URL(asked.url, base), { method: asked.method, headers: { ...asked.headers, "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https" } }, (back) => {
      answer.writeHead(back.statusCode, back.headers);
      back.pipe(answer);
    });
    asked.pipe(on);
  };
  const tls = https.createServer(ownCertificate(), pass);
  const plain = http.createServer((asked, answer) => answer.writeHead(308, { location: `https://${asked.headers.host}${asked.url}` }).end());
  const both = net.createServer((socket) =>
    socket.once("readable", () => {
      const first = socket.read();
      if (first === null) return socket.destroy();
      socket.unshift(first);
      return (first[0] === 0x16 ? tls : plain).emit("connection", socket);
    }),
  );
  both.listen(0, "127.0.0.1");
  await once(both, "listening");
  return both;
}

async function observatory(base) {
  const tool = join(folder, "observatory");
  mkdirSync(tool);
  writeFileSync(join(tool, "package.json"), '{"private":true}');
  const { status } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", `@mdn/mdn-http-observatory@${observatoryVersion}`], { cwd: tool, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("The Observatory could not be installed.");
  const home = join(tool, "node_modules/@mdn/mdn-http-observatory");
  // What it would fetch: the browsers' list of hosts that know TLS alone, and the names of all countries.
  writeFileSync(join(home, "conf/hsts-preload.json"), "{}");
  writeFileSync(join(home, "conf/tld-list.json"), "[]");
  const proxy = await behindTls(base);
  const child = spawn(process.execPath, [join(home, "src/scan.js"), `localhost:${proxy.address().port}`], { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") }, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (piece) => (said += String(piece)));
  await once(child, "close");
  proxy.close();
  const { scan, tests, error } = JSON.parse(said);
  if (error) throw new Error(`The Observatory: ${error}`);
  for (const [name, { pass, result, scoreModifier }] of Object.entries(tests)) console.log(`  ${name.padEnd(32)} ${pass ? "holds" : "FAILS"} ${String(scoreModifier).padStart(4)}  ${result}`);
  console.log(`MDN HTTP Observatory: ${scan.grade}, ${scan.score}`);
  if (scan.grade !== "A+") findings.push(`MDN HTTP Observatory: ${scan.grade}, ${scan.score}`);
}

const wanted = (name) => only.length === 0 || only.includes(name);
bring(...["wapiti", "sqlmap"].filter(wanted), ...(wanted("observatory") ? ["openssl"] : []));
const program = await openProgram();
try {
  const { base, links } = program;
  const who = { visitor: "", parent: await aParent(base), volunteer: await signedIn(base, links.get("A volunteer signs in")), coordinator: await signedIn(base, links.get("A coordinator signs in")) };
  if (wanted("observatory")) await observatory(base);
  if (wanted("wapiti")) for (const [name, cookie] of Object.entries(who)) await wapiti(base, name, cookie);
  if (wanted("sqlmap")) for (const [name, start] of [["visitor", "/"], ["parent", "/conversation"], ["volunteer", "/desk"], ["coordinator", "/board"]]) await sqlmap(base, name, start, who[name]);
  const ready = await fetch(`${base}/ready`);
  if (!ready.ok) findings.push(`the program: /ready answers ${ready.status} afterwards`);
} finally {
  await program.stop();
  if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true });
}
for (const finding of findings) console.error(finding);
console.log(`${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
