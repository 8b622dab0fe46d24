import { randomUUID } from "node:crypto";
import { HtmlValidate } from "html-validate";
import { describe, expect, test } from "vitest";
import { createApp } from "./app.tsx";
import { openTestHouse } from "./cast/test-house.ts";
import { furnishTheStreet } from "./cast/street.ts";
import { startSession } from "./features/accounts/commands.ts";
import { makeMember } from "./features/accounts/factory.ts";
import { openConversation } from "./features/helpline/commands.ts";
import { opening } from "./features/helpline/factory.ts";
import { roles, staffRoles, type Role } from "./platform/http/scope.ts";

const canary = "canary-8153";
const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);

const { token: parentKey } = await openConversation(house, opening({ words: canary, nickname: canary }));
const { scope: stranger } = await openConversation(house, opening({ words: `${canary} of a stranger` }));
const session = (memberId: (typeof people)["ana"]) => startSession(house, { memberId, way: "demo", device: "? on ?", twoStep: true });
const cookies: Record<Role, string> = {
  visitor: "",
  parent: `__Host-conversation=${parentKey}`,
  volunteer: `__Host-session=${await session(people.ana)}`,
  member: `__Host-session=${await session(await makeMember(house, ["member"]))}`,
  facilitator: `__Host-session=${await session(people.noor)}`,
  moderator: `__Host-session=${await session(people.wren)}`,
  supervisor: `__Host-session=${await session(people.judith)}`,
  coordinator: `__Host-session=${await session(people.lucia)}`,
};

/** Judith supervises and volunteers; a supervisor's column is what the two roles open together. */
const rolesBehind: Record<Role, readonly Role[]> = { visitor: ["visitor"], parent: ["parent"], member: ["member"], volunteer: ["volunteer"], facilitator: ["facilitator"], moderator: ["moderator"], supervisor: ["volunteer", "supervisor"], coordinator: ["coordinator"] };

const address = (path: string) =>
  path
    .replace(":concernId", randomUUID())
    .replace(/:(id|phraseId|debriefId|callBackId)/, stranger.conversationId)
    .replace(":after", "0")
    .replace(":day", "2026-12-24")
    .replace(":country", "us")
    .replace(/:\w+/, "nothing");

const ask = (method: string, path: string, cookie: string, more: Record<string, string> = {}) =>
  app.request(address(path), { method, headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...more }, ...(method === "POST" ? { body: "" } : {}) });

/** These end what the rest is asked with; each has its own test. */
const ends = (method: string, path: string) => method === "POST" && /^\/(exit|sign-out|conversation\/erase)$/.test(path);
const streams = (path: string) => path.endsWith("/stream");

describe("who may open which door", () => {
  test("the table of every route and role is the one that was agreed", async () => {
    const rows = app.routes.map(({ method, path, admits, anySite }) => `${`${method} ${path}`.padEnd(58)} ${roles.map((role) => (admits.includes(role) ? role : "–".padEnd(role.length))).join("  ")}${anySite ? "  any site" : ""}`);
    expect(new Set(app.routes.map(({ method, path }) => `${method} ${path}`)).size, "each route once").toBe(app.routes.length);
    await expect(`${rows.sort().join("\n")}\n`).toMatchFileSnapshot("./docs/who-may-open-which-door.txt");
  });

  test.each(roles)("a %s is let in nowhere that the table does not name, and no stranger's words leak", async (role) => {
    for (const { method, path, admits } of app.routes) {
      const admitted = rolesBehind[role].some((one) => admits.includes(one));
      if (admitted && (streams(path) || ends(method, path))) continue;
      const answer = await ask(method, path, cookies[role]);
      const text = await answer.text();
      const where = `${role}: ${method} ${path} → ${answer.status}`;
      expect(answer.status, where).toBeLessThan(500);
      if (!admitted) expect([303, 404], where).toContain(answer.status);
      if (!admitted) expect(answer.headers.get("location") ?? "/sign-in", where).toMatch(/^\/(sign-in|account|back|community$)/);
      expect(text.includes(`${canary} of a stranger`) && role !== "supervisor", where).toBe(false);
    }
  }, 60_000);

  test.each(staffRoles)("half a sign-in of a %s opens no door but those to the other half", async (role) => {
    const half = `__Host-session=${await startSession(house, { memberId: await makeMember(house, [role]), way: "passphrase", device: "? on ?" })}`;
    const toTheOtherHalf = /^\/(account\/(second-step|again|passkeys|changed)|sign-in\/(second-step|here)|sign-out)/;
    for (const { method, path, admits } of app.routes) {
      if (!admits.includes(role) || admits.includes("visitor") || toTheOtherHalf.test(path)) continue;
      const answer = await ask(method, path, half);
      expect([answer.status, answer.headers.get("location")], `${role}: ${method} ${path}`).toEqual([303, "/account/second-step"]);
    }
  });

  test("every page says what may run in it, keeps its address to itself, and is stored nowhere", async () => {
    for (const { method, path, admits } of app.routes) {
      if (method !== "GET" || !admits.includes("visitor") || streams(path)) continue;
      const answer = await ask("GET", path, "");
      if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
      expect(answer.headers.get("content-security-policy"), path).toMatch(/default-src 'none'/);
      expect(answer.headers.get("content-security-policy"), path).not.toMatch(/unsafe/);
      expect(answer.headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(answer.headers.get("cache-control"), path).toMatch(/no-store/);
    }
  });

  test("whatever page answers a post, its switches of language and light lead to an address that can be gone to", async () => {
    const pages = app.routes.filter(({ method }) => method === "GET").map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`));
    const nowhere: string[] = [];
    let seen = 0;
    for (const { method, path } of app.routes) {
      if (method !== "POST" || ends(method, path)) continue;
      for (const role of roles) {
        const text = await (await ask("POST", path, cookies[role])).text();
        for (const [, back = ""] of text.matchAll(/name="back" value="([^"]*)"/g)) {
          seen += 1;
          if (!pages.some((page) => page.test(back))) nowhere.push(`${role}: POST ${path} → ${back}`);
        }
      }
    }
    expect(seen).toBeGreaterThan(app.routes.length);
    expect(nowhere).toEqual([]);
  }, 60_000);

  test("a form of another site cannot post here", async () => {
    const foreign = await ask("POST", "/conversation/erase", cookies.parent, { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" });
    expect(foreign.status).toBe(403);
    const unnamed = await ask("POST", "/conversation/erase", cookies.parent, { origin: "https://elsewhere.example" });
    expect(unnamed.status).toBe(403);
  });

  test("cookies belong to this host alone, and scripts cannot read the keys", async () => {
    const answer = await app.request("/message", { method: "POST", body: new URLSearchParams({ key: randomUUID() }) });
    const cookie = answer.headers.getSetCookie().find((one) => one.includes("conversation")) ?? "";
    expect(cookie).toMatch(/^__Host-conversation=.+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });
});

describe("every page is whole HTML", () => {
  const rules = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "long-title": "off",
      "no-trailing-whitespace": "off",
      "attribute-boolean-style": "off",
      "attribute-empty-style": "off",
      "doctype-style": "off",
      "void-style": "off",
      "no-inline-style": "error",
      // Phone numbers are shown as they are dialled; a line break inside one is our stylesheet's to forbid.
      "tel-non-breaking": "off",
      // Without scripts, a page of what goes on asks again by itself, and leaves time to read.
      "meta-refresh": "off",
      // Several boxes of one question share its name; that is how a form sends a list.
      "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit"] }],
      // A list of what was written is a log to a screen reader, and a scrolling table must be reachable by keyboard.
      "prefer-native-element": "off",
      "element-permitted-content": "off",
    },
  });

  test.each(["en", "es"])("in %s, for everyone who may open it", async (language) => {
    const wrong: string[] = [];
    for (const role of roles)
      for (const { method, path, admits } of app.routes) {
        if (method !== "GET" || streams(path) || !rolesBehind[role].some((one) => admits.includes(one))) continue;
        const answer = await ask("GET", path, `${cookies[role]}; __Host-language=${language}`);
        if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
        const report = await rules.validateString(await answer.text());
        for (const result of report.results) for (const message of result.messages) wrong.push(`${role} ${path}: ${message.ruleId} ${message.message} ${message.selector ?? ""}`);
      }
    expect([...new Set(wrong)]).toEqual([]);
  }, 120_000);
});
