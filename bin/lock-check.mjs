// What must hold of everything this project installs and commits: each package sealed by its digest, under a licence that may be shipped,
// with no known hole (where the registry answers), and no secret among the committed files.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const wrong = [];
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const allowed = /^(MIT|ISC|0BSD|BSD|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|CC0-1\.0|CC-BY-[34]\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0|MIT-0|PostgreSQL|\(?MIT OR [\w.-]+\)?|\(?[\w.-]+ OR MIT\)?|\(?MIT AND [\w.-]+\)?|Apache-2\.0 AND MIT|\(Apache-2\.0 AND BSD-3-Clause\)|\(BSD-2-Clause OR MIT OR Apache-2\.0\))$/;
/** Tools that never ship and are weak copyleft; the program itself uses none. */
const toolsOnly = /^(MPL-2\.0|Apache-2\.0 AND LGPL.*)$/;

for (const [path, entry] of Object.entries(lock.packages)) {
  // The project itself, and what stands in its own folders: a file of ours, under our own licence.
  if (path === "" || entry.link || !path.includes("node_modules/")) continue;
  if (!entry.integrity && !entry.inBundle) wrong.push(`${path} has no digest in the lock`);
  if (entry.resolved && !entry.resolved.startsWith("https://")) wrong.push(`${path} comes from ${entry.resolved}`);
  const licence = entry.license ?? "none named";
  if (!allowed.test(licence) && !(entry.dev && toolsOnly.test(licence))) wrong.push(`${path} is under ${licence}`);
}

const secrets = [/-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----/, /\bAKIA[0-9A-Z]{16}\b/, /\bghp_[A-Za-z0-9]{36}\b/, /\bxox[bp]-[A-Za-z0-9-]{20,}/, /\bMASTER_KEY\s*[=:]\s*["']?[0-9a-f]{64}/i, /postgres(?:ql)?:\/\/[^\s:"'`$]+:(?!\$|password|secret|\*)[^\s@"'`$]{8,}@(?!localhost|127\.)/];
const files = spawnSync("git", ["ls-files", "-z"], { encoding: "utf8" }).stdout.split("\0").filter((file) => file && !/\.(png|woff2|ico)$|package-lock\.json$/.test(file));
for (const file of files) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    // A file that is deleted and not yet committed is no leak.
    if (error.code === "ENOENT") continue;
    throw error;
  }
  for (const secret of secrets) if (secret.test(text)) wrong.push(`${file} seems to hold a secret (${secret.source.slice(0, 30)}…)`);
}

const audit = spawnSync("npm", ["audit", "--omit=dev", "--audit-level=high", "--json"], { encoding: "utf8", timeout: 60_000 });
try {
  const { metadata, error } = JSON.parse(audit.stdout);
  if (error || !metadata) console.log("npm audit: the registry does not answer; not checked.");
  else {
    const { high = 0, critical = 0 } = metadata.vulnerabilities;
    console.log(`npm audit: ${high} high, ${critical} critical`);
    if (high + critical > 0) wrong.push("npm audit knows of a hole; run npm audit");
  }
} catch {
  console.log("npm audit: the registry does not answer; not checked.");
}

for (const line of wrong) console.error(line);
console.log(`${Object.keys(lock.packages).length - 1} packages, ${files.length} files, ${wrong.length} wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
