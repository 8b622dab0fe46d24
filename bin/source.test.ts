import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What is served and run: no tests, nothing that only tests use. */
const sources = ["app.tsx", "open-house.ts", "server.ts", "worker.ts", ...["features", "platform"].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`))]
  .filter((name) => /\.tsx?$/.test(name) && !/(\.test\.tsx?|factory\.ts|test-server\.ts)$/.test(name))
  .map((name) => ({ name, text: readFileSync(name, "utf8") }));

/** The files in which something stands, by name. */
const where = (what: RegExp): string[] => sources.filter(({ text }) => what.test(text)).map(({ name }) => name).sort();
/** Everything that a pattern catches, with the file it stands in. */
const found = (what: RegExp): { name: string; caught: string }[] => sources.flatMap(({ name, text }) => [...text.matchAll(what)].map(([, caught = ""]) => ({ name, caught })));

test("there is a source to look at", () => {
  expect(sources.length).toBeGreaterThan(300);
});

test("no text is run as a program", () => {
  expect(where(/\beval\(|new Function\b|\bvm\.|from "node:vm"|setTimeout\("|import\([^")]/)).toEqual([]);
});

test("no HTML is put into a page as it stands, but the first sheet and the linked data that we make and escape ourselves", () => {
  expect(where(/dangerouslySetInnerHTML/)).toEqual(["platform/ui/page.tsx"]);
  expect(where(/\binnerHTML\b|outerHTML\s*=|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser/)).toEqual([]);
});

test("a statement takes values as parameters alone: what is put into one as text is a name of a table or column from our own lists", () => {
  expect(where(/sql\.raw|sql\.lit\b/)).toEqual(["features/directory/imports/settling/claims/commands.ts", "features/directory/imports/settling/commands.ts", "features/directory/imports/settling/doubles/commands.ts", "features/directory/imports/settling/kept/commands.ts", "features/directory/imports/staging/commands.ts", "features/directory/listing/commands.ts"]);
  const asText = found(/\b(?:query|exec)\(\s*`[^`]*\$\{([^}]*)\}[^`]*`/g);
  expect([...new Set(asText.map(({ name }) => name))].sort()).toEqual(["platform/db/backup-tables.ts", "platform/db/backup.ts", "platform/db/embedded-cluster.ts", "platform/live/bus.ts"]);
});

test("other programs are started by the database's keeper and the room's alone, with their arguments in a list and never through a shell", () => {
  expect(where(/from "node:child_process"/)).toEqual(["platform/db/embedded-account.ts", "platform/db/embedded-owner.ts", "platform/db/embedded-server.ts", "platform/rooms/embedded/child.ts"]);
  expect(where(/shell:\s*true|\bexecSync\(|\bexec\(`|\bexec\("/)).toEqual([]);
});

test("a pattern is made of our own words alone", () => {
  const made = found(/new RegExp\(([^\n]*)/g).map(({ name }) => name);
  expect([...new Set(made)].sort()).toEqual(["features/community/contacts/rules.ts", "features/directory/imports/flat/hours/rules.ts", "features/directory/phones/rules.ts", "platform/rooms/embedded/rules.ts"]);
});

test("a sentence with places in it is one of ours, and so is a line of the log", () => {
  expect(where(/new IntlMessageFormat\(/).filter((name) => !name.startsWith("platform/i18n/"))).toEqual([]);
  expect(where(/\blog\.(?:fatal|error|warn|info|debug)\([^\n]*`[^`\n]*\$\{/)).toEqual([]);
  expect(where(/from "node:util".*\n?.*\bformat\(/)).toEqual([]);
});

test("what is logged goes to the one log: nothing is printed but what a start says to its operator", () => {
  expect(where(/\bconsole\.(?:log|error|warn|info|debug)\(/).filter((name) => !/browser/.test(name))).toEqual(["server.ts"]);
});

test("chance that guards something comes from the system's own source", () => {
  // A free name is proposed in a group's form; she may write another.
  expect(where(/Math\.random/)).toEqual(["features/groups/seats/routes.tsx"]);
  expect(where(/pseudoRandomBytes|from "(?:nanoid|seedrandom)"/)).toEqual([]);
});

test("the algorithms are those of the list in SECURITY.md, and no others", () => {
  const names = (what: RegExp) => [...new Set(found(what).map(({ caught }) => caught))].sort();
  expect(names(/create(?:C|Dec)ipheriv\("([^"]+)"/g)).toEqual(["aes-256-gcm"]);
  expect(names(/createHash\("([^"]+)"/g)).toEqual(["md5", "sha256"]);
  // An id that is made of another one; it guards nothing.
  expect(where(/createHash\("md5"/)).toEqual(["features/directory/hsds/export/rules.ts"]);
  // SHA-1 only inside the HMACs that the text provider and coturn prescribe.
  expect(names(/createHmac\("([^"]+)"/g)).toEqual(["sha1", "sha256"]);
  expect(where(/createHmac\("sha1"/)).toEqual(["platform/delivery/sms.ts", "platform/rooms/turn.ts"]);
  expect(names(/hkdfSync\("([^"]+)"/g)).toEqual(["sha256"]);
  expect(where(/from "(?:crypto-js|bcryptjs?|md5|node-forge|tweetnacl)"/)).toEqual([]);
  expect(where(/from "@node-rs\/argon2"/)).toEqual(["platform/crypto/passphrase.ts"]);
});

test("a passphrase of a backup is stretched by scrypt before it is a key", () => {
  const [{ caught } = { caught: "" }] = found(/scrypt\([^{\n]*(\{[^}]*\})|\b(?:const \w*[cC]ost\w* = )(?=\{[^}]*N)/g);
  expect(`${caught}${sources.find(({ name }) => name === "platform/db/backup-seal.ts")?.text ?? ""}`).toMatch(/N:\s*(?:2 \*\* 1[5-9]|1 << 1[5-9]|32_?768|65_?536|131_?072)/);
});

test("no certificate is taken unchecked", () => {
  expect(where(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|sslmode=no-verify/)).toEqual([]);
});

test("no page listens to another window, opens one that it keeps hold of, or keeps anything for good in the browser", () => {
  expect(where(/\bpostMessage\(|addEventListener\("message"/).filter((name) => !name.startsWith("platform/rooms/") && !name.endsWith(".worker.ts") && name !== "features/directory/imports/reading/aside/commands.ts")).toEqual([]);
  expect(where(/window\.open\(|localStorage|indexedDB|document\.domain/)).toEqual([]);
});

test("things are compared by kind and value", () => {
  expect(where(/[^=!<>]==[^=>]|!=[^=]/).filter((name) => sources.find((one) => one.name === name)?.text.split("\n").some((line) => /(?:\w|\)|\]) (?:==|!=) \w/.test(line) && !/^\s*(?:\*|\/\/)/.test(line) && !/["'`/].*(?:==|!=).*["'`/]/.test(line)))).toEqual([]);
});

test("no XML, YAML or serialised object is read from anybody", () => {
  expect(where(/from "(?:fast-xml-parser|xml2js|sax|libxmljs2?|@xmldom\/xmldom|yaml|js-yaml|node:v8|node-serialize)"/)).toEqual([]);
});
