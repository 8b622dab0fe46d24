import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { createApp } from "../app.tsx";
import { openTestHouse } from "../cast/test-house.ts";
import { hashToken, newToken } from "../platform/crypto/seal.ts";
import { freeOpenings } from "../platform/http/limits.ts";
import { aVisitor, type Visitor } from "./browser.ts";
import { asksForASeat, groupsOf } from "./evenings.ts";
import { fromTables, visit as hold, type Screen } from "./hold.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, press, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

/** A proxy of its own tells the street who comes from where; whoever it says nothing of is this machine. */
const street = await openStreet({ TRUSTED_PROXIES: "1" });
const bare = await openStreet({ NODE_ENV: "production", MASTER_KEY: randomBytes(32).toString("hex") });
const { routes } = createApp(await openTestHouse());
const meetsIn = groupsOf(street);

/** What answers a GET and is no screen, and why. Whatever is missing here and in the visits below fails the last test. */
const noScreens: readonly (readonly [why: string, ...paths: RegExp[]])[] = [
  ["leads on at once, and shows nothing", /^\/(back|keep|join|setup|sign-in\/link|seats\/open|community\/news)\/:token(\/stop)?$/, /^\/(exit|en|es)$/, /^\/(seats\/:seat|evenings\/:session)\/outside$/],
  ["a stream, or a piece of a screen that a script puts into it", /\/stream$/, /\/new(\/:after)?$/],
  ["a file for the browser, the phone or another program", /\.(csv|ics|svg|webmanifest|js|json|txt|vcf|zip)$/, /^\/(find\/(maps|places|shards)|tend\/imports\/template|groups\/calendar)\/:file$/, /^\/account\/push$/, /^\/(community|safety\/cases\/:case)\/pictures\/:picture$/],
  ["open data, for programs", /^\/hsds(\/((organizations|services|service_at_locations|taxonomies|taxonomy_terms)(\/:id)?)?)?$/],
  ["a sign of life, for machines", /^\/(health|ready|metrics)$/],
];

const been = new Set<string>();
const visit = (visitor: Visitor, ...screens: Screen[]) => hold(visitor, screens, wrong, been);

const wrongs: string[] = [];
const wrong = (what: string): void => void wrongs.push(what);
const everyone: Visitor[] = [];
/** `statuses`: answers that are meant, and that a browser's console calls errors of its own accord. */
const nothingWrong = (...statuses: number[]) => {
  const complaints = everyone.flatMap((visitor) => visitor.complaints.splice(0)).filter((line) => !statuses.some((status) => line.includes(`a status of ${status}`)));
  expect([...wrongs.splice(0), ...complaints]).toEqual([]);
};
const parent = async (words: string, danger = false) => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  await writesToUs(visitor, words, "en", danger);
  return visitor;
};
const member = async (name: string) => {
  const visitor = await signsIn(street, await street.linkFor(name));
  everyone.push(visitor);
  return visitor;
};
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

/** A form that comes back with what is to be mended. */
const withError = (path: string, fill: string): Screen => [
  `${path} with an error`,
  async (page) => {
    await page.goto(path);
    await page.locator(fill).fill("x".repeat(9000));
    await page.locator("main form:has(textarea) button[type=submit]").last().click();
    await page.locator("[role=alert]").waitFor();
  },
];

test("a parent's screens hold in both languages, by day and night, on a narrow phone and with large letters", async () => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  const byLink: Screen = ["a private link", (page) => page.goto(`/back/${newToken()}`)];
  const link = await street.linkFor("marco");
  const signIn: Screen = ["a sign-in link", (page) => page.goto(link)];
  const missing: Screen = ["a page that is not here", (page) => page.goto("/nothing-here")];
  const over: Screen = ["the end of a visit on a device that others use", async (page) => {
    await page.context().addCookies([{ name: "__Host-shared", value: "1", path: "/", secure: true, domain: new URL(street.base).hostname }]);
    await page.goto("/sign-in/over");
  }];
  await visit(visitor, "/", signIn, "/message", withError("/message", "#words"), "/back", byLink, "/help", "/help/us", "/help/fr", "/understand", "/village", missing, "/sign-in", "/sign-in/recovery", "/sign-in/sent", "/about", "/privacy", over);
  nothingWrong(404, 422);
});

test("a conversation's screens hold, at the parent's side and at the desk", async () => {
  const [waiting, talking, ended, afraid] = [await parent("Is anyone here?"), await parent("I have not slept since Sunday."), await parent("Thank you for last night."), await parent("I scare myself.", true)];
  const ana = await member("ana");
  const judith = await member("judith");
  await goesOnDuty(ana);
  const ids: string[] = [];
  for (const [index, words] of ["I scare myself.", "Is anyone here?", "I have not slept since Sunday.", "Thank you for last night."].entries()) {
    if (words === "Is anyone here?") continue;
    await ana.page.goto("/desk");
    await takes(ana, "en", "en", index === 0 ? "first" : "newest");
    ids.push(new URL(ana.page.url()).pathname);
    await writes(ana, "I am here. I have time for you.");
    await ana.page.locator("#entries").getByText("I have time for you.").waitFor();
  }
  const withWords = async (text: string) => {
    for (const id of ids) {
      await ana.page.goto(id);
      if (await ana.page.locator("#entries").getByText(text).isVisible()) return id;
    }
    throw new Error(`Ana is not in the conversation of "${text}"`);
  };
  const [open, over, concern] = [await withWords("not slept since Sunday"), await withWords("for last night"), await withWords("scare myself")];
  await talking.page.goto("/conversation/call-back");
  const t = said.parent("en");
  await talking.page.getByLabel(t("wayCall")).check();
  await talking.page.getByLabel(t("contact")).fill("+1 805 555 0142");
  await talking.page.getByLabel(t("safeNeverName")).check();
  await press(talking, t("callBackSave"));
  await ended.page.goto("/conversation");
  await ended.page.getByText(t("menu")).click();
  await press(ended, t("endIt"));
  await sees(ended, t("helpedTitle"));

  await visit(waiting, "/conversation");
  await visit(talking, "/conversation", "/conversation/keep", "/conversation/call-back", "/conversation/erase", "/privacy/conversation");
  await visit(ended, "/conversation");
  await visit(afraid, "/conversation");
  nothingWrong();

  const { id: callBack = "" } = await fromTables(street.url, "select id from call_backs where contact_sealed is not null");
  await judith.page.goto(`/desk/call-backs/${callBack}`);
  await press(judith, said.callBacks("en")("take"));
  await press(judith, said.callBacks("en")("reveal"));
  await sees(judith, "+1 805 555 0142");
  await visit(judith, "/desk", "/desk/call-backs", `/desk/call-backs/${callBack}`, "/board", "/account");
  await visit(ana, "/desk", open, `${open}/handover`, `${open}/block`, `${open}/referral`, `${open}/concern`, `${open}/close`, `${over}/close`, over.replace("conversations", "debrief"), `${concern}/concern`, concern, "/desk/thank-you");
  await visit(judith, `${concern}/concern`, concern);
  await ana.page.goto(over.replace("conversations", "debrief"));
  // The last screens were read in Spanish, and the pages stay in it.
  const closing = said.closures("es");
  await ana.page.getByLabel(closing("shaken")).check();
  await ana.page.getByLabel(closing("wantsTalk")).check();
  await press(ana, closing("keep"));
  await ana.page.waitForURL("**/desk/thank-you?talk");
  const { id: debrief = "" } = await fromTables(street.url, "select id from debriefs limit 1");
  await visit(judith, `/board/debriefs/${debrief}`, "/board");
  nothingWrong();
});

test("the coordinator's screens hold, and each member's own", async () => {
  const lucia = await member("lucia");
  const { id: phrase = "" } = await fromTables(street.url, "select id from phrases limit 1");
  const { id: ana = "" } = await fromTables(street.url, "select id from members where sign_in_name = 'ana'");
  const own = ["/account", "/account/again", "/account/details", "/account/passphrase", "/account/codes", "/account/second-step", "/account/second-step/app"];
  const noNumber: Screen = ["a number that gets no texts", async (page) => {
    await page.goto("/account");
    await page.locator("#phone").fill("the blue door");
    await page.locator("form[action='/account/phone'] button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(lucia, noNumber);
  nothingWrong(422);
  await visit(lucia, "/board", "/board/audit", "/people", "/people/invite", "/people/invited", "/people/helped", "/people/sign-out", `/people/${ana}`, "/phrases", `/phrases/${phrase}`, "/settings", "/settings/hours", "/settings/retention", "/settings/privacy", ...own);
  nothingWrong();
  await fromTables(street.url, "insert into change_notices (member_id, change, at) select id, 'codes_renewed', now() from members where sign_in_name = 'lucia'");
  await visit(lucia, "/account/changed");
  await fromTables(street.url, "delete from change_notices");
  nothingWrong();

  const token = newToken();
  await fromTables(street.url, "insert into invitations (token_hash, for_name, roles, invited_by, invited_at, expires_at) select $1, 'Nora', '{volunteer}', id, now(), now() + interval '1 day' from members where sign_in_name = 'lucia'", [hashToken(token)]);
  const newcomer = await aVisitor({ base: street.base });
  everyone.push(newcomer);
  const join: Screen = ["/join", async (page) => (await page.goto(`/join/${token}`), page.waitForURL("**/join"))];
  await visit(newcomer, join);
  nothingWrong();
});

const aListing = (name: string) => fromTables(street.url, "select l.id, l.service_id from listings l join services s on s.id = l.service_id where s.name = $1", [name]);

test("the screens of help near home hold", async () => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  const [circle, doubted] = [await aListing("Circle of Lanterns"), await aListing("Casserole Club")];
  const found = (need: string, place: string): Screen => [
    `"${need}" found at "${place}"`,
    async (page) => {
      await page.goto("/find");
      await page.locator("#need").fill(need);
      await page.locator("#place").fill(place);
      await page.locator("form[data-finder] button.btn-primary").click();
      await page.locator("form[data-finder]:not([aria-busy]) ~ #found article, form[data-finder]:not([aria-busy]) ~ #found li").first().waitFor();
    },
  ];
  const reported: Screen = ["a report that was made", async (page) => {
    await page.goto(`/listings/${circle["id"]}/report`);
    await page.locator("input[name=kind][value=wrong]").check();
    await page.locator("main form:has(input[name=kind]) button[type=submit]").click();
    await page.waitForSelector("main form:has(input[name=kind])", { state: "detached" });
  }];
  const { id: gone = "" } = await fromTables(street.url, "update services set status = 'defunct' where name = 'Milk and Moon' returning id");
  const withdrawn: Screen = ["a listing that is gone", (page) => page.goto(`/listings/${gone}`)];
  await visit(visitor, "/find", found("", "90012"), found("xylophone", "90012"), `/listings/${circle["id"]}`, `/listings/${doubted["id"]}`, withdrawn, `/listings/${circle["id"]}/report`, reported, "/near", "/near/us-ca", "/near/us-wy", "/near/fr", "/near/us-ca/offer", withError("/near/us-ca/offer", "#contact"), "/freshness", "/hsds/docs");
  nothingWrong(410, 422);
});

test("an owner's screens hold", async () => {
  const owner = await aVisitor({ base: street.base });
  everyone.push(owner);
  await owner.page.goto("/keep");
  await visit(owner, "/keep/over");
  const token = newToken();
  await fromTables(street.url, "insert into owner_links (token_hash, service_id, way, made_at, expires_at) select $1, id, 'email', now(), now() + interval '30 days' from services where name = 'Luna Llena'", [hashToken(token)]);
  await owner.page.goto(`/keep/${token}`);
  await owner.page.waitForURL("**/keep");
  const wrongHours: Screen = ["/keep with an error", async (page) => {
    await page.goto("/keep");
    await page.locator("details:has(form[action='/keep/words']) > summary").click();
    await page.locator("form[action='/keep/words'] button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(owner, "/keep", wrongHours, "/keep/stop");
  nothingWrong(422);
});

test("the screens of a coordinator's morning hold", async () => {
  const lucia = await member("lucia");
  const [circle, doubted] = [await aListing("Circle of Lanterns"), await aListing("Casserole Club")];
  await fromTables(street.url, "insert into listing_duplicates (service_a, service_b, why, found_at) select least(a.id, b.id), greatest(a.id, b.id), 'same_phone_and_name', now() from services a, services b where a.name = 'Puerta Abierta' and b.name = 'Dads on the Porch'");
  await fromTables(street.url, "insert into coordinator_seats (area_id, member_id, since) select 'US-CA', id, now() from members where sign_in_name = 'lucia'");
  const offering = await aVisitor({ base: street.base });
  everyone.push(offering);
  await offering.page.goto("/near/us-tx/offer");
  await offering.page.locator("#name").fill("Inés");
  await offering.page.locator("#contact").fill("ines@lantern.example");
  await offering.page.locator("main form:has(#contact) button[type=submit]").click();
  await offering.page.locator("#contact").waitFor({ state: "detached" });
  const unsaid: Screen = ["a call sheet with an error", async (page) => {
    await page.goto(`/tend/${doubted["service_id"]}`);
    await page.locator("main form[action$='/call'] button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  const unread: Screen = ["a number that nobody can dial", async (page) => {
    await page.goto(`/tend/${doubted["service_id"]}/mend`);
    await page.locator("details:has(#phone0) > summary").click();
    await page.locator("#phone0").fill("the blue door");
    await page.locator("form:has(#phone0) button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(lucia, "/tend", "/tend/everywhere", `/tend/${circle["service_id"]}`, `/tend/${doubted["service_id"]}`, unsaid, `/tend/${doubted["service_id"]}/mend`, unread, "/tend/duplicates", "/tend/map", "/tend/areas", "/tend/imports", "/tend/imports/new", "/tend/imports/directory");
  nothingWrong(422);

  // One list that was handed in and waits, and its account once it was read.
  await lucia.page.goto("/tend/imports/new");
  const csv = "id,name,phone\n1,Alder Circle,213-555-0131\n2,,213-555-0132\n";
  await lucia.page.locator("input[type=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await lucia.page.locator("main #name").fill("Alder");
  await lucia.page.locator("main form:has(input[type=file]) button[type=submit]").last().click();
  await lucia.page.waitForURL(/\/tend\/imports\/[0-9a-f-]{36}$/);
  const { pathname } = new URL(lucia.page.url());
  await visit(lucia, pathname);
  await lucia.page.locator("form[action$='/begin'] button").click();
  await expect.poll(async () => (await lucia.page.goto(pathname), lucia.page.locator("a[href$='rows.csv']").count()), { timeout: 20_000, interval: 500 }).toBeGreaterThan(0);
  await visit(lucia, pathname);
  nothingWrong();
});

test("the screens of a region in parts, and of a directory that is taken away, hold", async () => {
  const lucia = await member("lucia");
  const elsewhere: Screen = ["a part of a region with an error", async (page) => {
    await page.goto("/tend/areas/parts");
    await page.locator("#region").selectOption("US-CA");
    await page.locator("#nameEn").fill("Central Coast");
    await page.locator("#nameEs").fill("Costa Central");
    await page.locator("#prefixes").fill("787");
    await page.locator("form:has(#prefixes) button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  const divided: Screen = ["a part of a region", async (page) => {
    await page.goto("/tend/areas/parts");
    if (await page.locator("main a[href='/near/us-ca.central-coast']").count()) return;
    await page.locator("#region").selectOption("US-CA");
    await page.locator("#nameEn").fill("Central Coast");
    await page.locator("#nameEs").fill("Costa Central");
    await page.locator("#prefixes").fill("931, 934");
    await page.locator("form:has(#prefixes) button").click();
    await page.locator("main a[href='/near/us-ca.central-coast']").waitFor();
  }];
  await visit(lucia, elsewhere, divided, "/tend/areas/parts", "/near/us-ca.central-coast", "/near/us-ca");
  const { id: away = "" } = await fromTables(street.url, "insert into directory_sources (name, kind, url, country, made_at) values ('Lantern directory', 'api', 'https://lantern.example/hsds', 'US', now()) returning id");
  await visit(lucia, `/tend/imports/directory/${away}/away`);
  nothingWrong(422);
});

test("the screens of the safety desk hold, and what an author is told", async () => {
  // The desk is asked as another feature asks it: by a job. Ana writes in the community, too.
  const author = await member("ana");
  const { id: ana = "" } = await fromTables(street.url, "insert into member_roles (member_id, role) select id, 'member' from members where sign_in_name = 'ana' returning member_id as id");
  const opening = { subjectKind: "post", subjectId: crypto.randomUUID(), reason: "signal", priority: 1, why: ["baby_at_risk"], authorId: ana };
  await fromTables(street.url, "select graphile_worker.add_job('open-case', $1::json)", [JSON.stringify(opening)]);
  const opened = () => fromTables(street.url, "select coalesce((select id from cases where subject_id::text = $1)::text, '') as id", [opening.subjectId]);
  await expect.poll(async () => (await opened())["id"], { timeout: 20_000 }).not.toBe("");
  const { id = "" } = await opened();
  const [wren, pilar] = [await member("wren"), await member("pilar")];
  const path = `/safety/cases/${id}`;
  const unsaid: Screen = ["a decision with an error", async (page) => {
    await page.goto(path);
    await page.locator(`form[action="${path}/decide"] button`).click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(wren, "/safety", path, unsaid);
  const post = ({ context }: Visitor, act: string, form: Record<string, string> = {}) => context.request.post(`${path}/${act}`, { form });
  await post(wren, "ask", { question: "What would you do?" });
  await visit(pilar, ["a case that waits for her opinion", (page) => page.goto(path)]);
  await post(pilar, "opinion", { would: "remove", opinion: "It names a child." });
  await post(wren, "decide", { decision: "remove", rule: "nobody_named", note: "A child is named in it." });
  await post(wren, "strike", { kind: "hold", days: "3", strikeRule: "nobody_named" });
  const noLook: Screen = ["a look with an error", async (page) => {
    await page.goto(path);
    await page.locator("details:has(#lookNote) > summary").click();
    await page.locator("form:has(#lookNote) button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(wren, ["a case that is decided", (page) => page.goto(path)], noLook);
  const { id: decision = "" } = await fromTables(street.url, "select id from case_decisions where case_id = $1", [id]);
  await visit(author, `/safety/decisions/${decision}`);
  await author.context.request.post(`/safety/decisions/${decision}/appeal`, { form: { appeal: "It was my own name." } });
  await post(wren, "looks", { what: "words", lookReason: "report", lookNote: "A question came.", how: "alone" });
  await visit(author, "/safety/looks", ["an appeal that waits", (page) => page.goto(`/safety/decisions/${decision}`)]);
  await visit(pilar, ["an appeal to answer", (page) => page.goto(path)], "/safety");
  await pilar.context.request.post("/safety/handover", { form: { handover: "A long night in the loss space." } });
  await fromTables(street.url, "insert into exposures (member_id, read_for, priority, points, at) select id, gen_random_uuid(), 0, 24, now() from members where sign_in_name = 'pilar'");
  const longNote: Screen = ["a note that is too long", async (page) => {
    await page.goto("/safety");
    await page.locator("details:has(#handover) > summary").click();
    await page.locator("#handover").fill("x".repeat(2100));
    await page.locator("form:has(#handover) button").click();
    await page.locator("[role=alert]").waitFor();
  }];
  const second = { ...opening, subjectId: crypto.randomUUID(), priority: 0, why: ["self_harm"] };
  await fromTables(street.url, "select graphile_worker.add_job('open-case', $1::json)", [JSON.stringify(second)]);
  const urgent = () => fromTables(street.url, "select coalesce((select id from cases where subject_id::text = $1)::text, '') as id", [second.subjectId]);
  await expect.poll(async () => (await urgent())["id"], { timeout: 20_000 }).not.toBe("");
  const most = `/safety/cases/${(await urgent())["id"]}`;
  await wren.context.request.post(`${most}/claim`);
  await visit(wren, ["a case for which a second person is asked", (page) => page.goto(most)]);
  await visit(pilar, ["a case that she may sit with", (page) => page.goto(most)]);
  await pilar.context.request.post(`${most}/sit`);
  await visit(pilar, ["a case that two sit with", (page) => page.goto(most)]);
  await visit(pilar, ["a desk that asks her to rest", (page) => page.goto("/safety")], longNote, "/safety/mine");
  nothingWrong(422);
});

/** A form that is sent as it stands, or with what `fill` puts into it, and what then shows. */
const sent = (name: string, path: string, form: string, shows: string, fill?: (page: Page) => Promise<unknown>): Screen => [
  name,
  async (page) => {
    await page.goto(path);
    await fill?.(page);
    await page.locator(`main form[action="${form}"] button[type=submit], main form[action="${form}"] button:not([type])`).first().click();
    await page.locator(shows).first().waitFor();
  },
];
const at = (name: string, path: string): Screen => [name, (page) => page.goto(path)];
const guest = async () => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  return visitor;
};

test("the screens of who looks for a group hold", async () => {
  const [free, full, cancelled] = [await meetsIn(200, { kind: "anxiety", about: "We begin with a breath and our names." }), await meetsIn(210, { kind: "loss", seats: 2 }), await meetsIn(220, { kind: "nicu" })];
  await fromTables(street.url, "update group_sessions set cancelled_at = now(), cancel_reason = 'facilitator' where id = $1", [cancelled.session]);
  for (const alias of ["Kettle", "Lamp"]) await asksForASeat(await guest(), full, alias);
  const visitor = await guest();
  const nothing = sent("no group fits", "/groups", "/groups", "details[open]", async (page) => {
    await page.locator("main details > summary").first().click();
    await page.locator("#kind").selectOption("military");
  });
  const page = `/groups/meetings/${free.session}`;
  const wrong = sent("a seat with an error", page, page, "[role=alert]", (shown) => shown.locator("#alias").fill("call 213-555-0142"));
  await visit(visitor, "/groups", nothing, "/groups/calendar", "/seats", `/groups/${free.series}`, `/groups/${cancelled.series}`, page, wrong, `/groups/meetings/${full.session}`, `/groups/meetings/${cancelled.session}`);
  await asksForASeat(visitor, free, "River");
  // Another form from the same browser leads to the seat that she has.
  await visit(visitor, sent("a second form for the same meeting", page, page, "#seat"));
  await fromTables(street.url, "update group_sessions set starts_at = now() - interval '20 minutes' where id = $1", [full.session]);
  await visit(visitor, at("a meeting that has begun", `/groups/meetings/${full.session}`));
  nothingWrong(409, 422);
});

test("the screens of who has a seat hold, however it stands", async () => {
  const far = await meetsIn(230, { kind: "fathers" });
  const visitor = await guest();
  const seat = await asksForASeat(visitor, far, "River");
  const id = seat.split("/").at(-1);
  const wrong = sent("how to reach her, with an error", seat, `${seat}/reach`, "[role=alert]", async (page) => {
    await page.locator(`main form[action="${seat}/reach"] summary`).click();
    await page.locator("#phone").fill("the blue door");
  });
  await visit(visitor, seat, wrong, "/seats", "/groups/calendar");
  await visitor.context.request.post("/groups/calendar", { form: { titles: "plain" } });
  await visit(visitor, at("her own calendar", "/groups/calendar"));
  const now: readonly (readonly [name: string, set: string])[] = [
    ["a seat that is offered", "held_at = null, offered_at = now(), offered_until = now() + interval '3 hours'"],
    ["a wait for a seat", "place = null, offered_at = null, offered_until = null"],
    ["a seat that was given back", "released_at = now(), released_why = 'given_back'"],
    ["a seat that went to another", "released_why = 'no_show'"],
    ["a seat that was taken away", "released_why = 'removed'"],
    ["a seat of a meeting that is cancelled", "released_why = 'session_cancelled'"],
  ];
  for (const [name, set] of now) {
    await fromTables(street.url, `update seats set ${set} where id = $1`, [id]);
    await visit(visitor, at(name, seat));
  }
  nothingWrong(422);
});

test("the screens of an evening hold, for who has a seat and for who leads", async () => {
  const meets = await meetsIn(9, { kind: "hard-birth", camera: "welcome" });
  const [maya, daniel, noor] = [await guest(), await guest(), await member("noor")];
  const seats = [await asksForASeat(maya, meets, "River"), await asksForASeat(daniel, meets, "Kettle")] as const;
  const [hers, his] = seats;
  const evening = `/evenings/${meets.session}`;
  const post = async ({ context }: Visitor, path: string, form: Record<string, string> = {}) => expect((await context.request.post(path, { form })).status(), path).toBe(200);
  const notReady = sent("a lobby with an error", `${hers}/lobby`, `${hers}/lobby`, "[role=alert]");
  await visit(maya, at("a seat whose door is open", hers), `${hers}/lobby`, notReady);
  for (const [one, seat] of [[maya, hers], [daniel, his]] as const) await post(one, `${seat}/lobby`, { agree: "yes" });
  await visit(maya, at("a lobby in which she waits", `${hers}/lobby`));
  const alone = sent("an evening that nobody opens alone", evening, `${evening}/open`, "main .bg-warning");
  await visit(noor, alone, at("an evening in its lobby", evening));

  const tomas = await member("tomas");
  await tomas.page.goto(evening);
  await post(noor, `${evening}/open`);
  await post(noor, `${evening}/admit`, { seat: "all" });
  await visit(maya, at("a lobby whose door is open", `${hers}/lobby`));
  await post(maya, `${hers}/words`, { words: "I am glad that I came.", key: crypto.randomUUID() });
  await post(maya, `${hers}/note`, { note: "I may go soon.", key: crypto.randomUUID() });
  await post(daniel, `${his}/hand`, { up: "yes" });
  await post(noor, `${evening}/turn`);
  await post(maya, `${hers}/hand`, { up: "yes" });
  await post(maya, `${hers}/side`);
  await visit(maya, at("a room in which she asked for a talk alone", `${hers}/room`));
  await visit(daniel, at("a room in which it is his turn", `${his}/room`));
  await visit(noor, at("an evening that is open", evening));

  await post(daniel, `${his}/captions`, { on: "yes" });
  await visit(daniel, at("a room in which nobody types captions yet", `${his}/room`));
  await post(noor, `${evening}/caption`, { caption: "We begin with a breath.", key: crypto.randomUUID() });
  await post(noor, `${evening}/captions`, { seat: hers.split("/").at(-1) ?? "" });
  await post(noor, `${evening}/mute`, { seat: "all" });
  await visit(daniel, at("a room with captions", `${his}/room`));
  await visit(maya, at("a room in which she types captions", `${hers}/room`));
  await post(noor, `${evening}/small-rooms/put`, { seat: his.split("/").at(-1) ?? "", room: "2" });
  await post(noor, `${evening}/small-rooms/visit`, { room: "2" });
  await visit(daniel, at("a small room", `${his}/room`));
  await visit(noor, at("an evening that is split", evening));
  nothingWrong(422);
});

test("the screens of an evening's end hold, and what is read after it", async () => {
  const meets = await meetsIn(9, { kind: "twins" });
  const [maya, noor, tomas] = [await guest(), await member("noor"), await member("tomas")];
  const seat = await asksForASeat(maya, meets, "River");
  const evening = `/evenings/${meets.session}`;
  await maya.context.request.post(`${seat}/lobby`, { form: { agree: "yes" } });
  for (const { page } of [noor, tomas]) await page.goto(evening);
  for (const path of ["open", "admit"]) await noor.context.request.post(`${evening}/${path}`, { form: { seat: "all" } });
  await maya.context.request.post(`${seat}/out`);
  await visit(maya, at("a seat that she left, and may come back to", seat));
  await noor.context.request.post(`${evening}/close`);
  await visit(maya, at("a seat after the end", seat));
  await maya.context.request.post(`${seat}/leaving`, { form: { leaving: "talk" } });
  await visit(maya, at("a seat of who wants to talk", seat));
  const nothing = sent("a worry with an error", `${seat}/worry`, `${seat}/worry`, "[role=alert]");
  await visit(maya, `${seat}/worry`, nothing);
  await maya.context.request.post(`${seat}/worry`, { form: { worry: "He asked her where she lives." } });
  await visit(maya, at("a worry that is kept", `${seat}/worry`));
  const unsaid = sent("a debrief with an error", evening, `${evening}/debrief`, "#debrief-problem", (page) => page.locator("main details:has(#debrief) > summary").click());
  await visit(noor, unsaid, at("an evening that is over", evening));
  await noor.context.request.post(`${evening}/incident`, { form: { incident: "Somebody shouted at another." } });
  await noor.context.request.post(`${evening}/debrief`, { form: { debrief: "I lie awake since.", talk: "yes" } });
  await visit(noor, at("what she wrote for herself", "/evenings/reports"));
  const lucia = await member("lucia");
  await visit(lucia, "/evenings/reports", "/safety");
  const { id: note = "" } = await fromTables(street.url, "select c.id from cases c join evening_reports r on r.id = c.subject_id where r.session_id = $1 and r.by_seat", [meets.session]);
  await visit(lucia, ["a case of a group", (page) => page.goto(`/safety/cases/${note}`)]);
  nothingWrong(422);
});

test("the screens of those who look after groups hold", async () => {
  const lucia = await member("lucia");
  const { id: meets = "", session = "", day = "" } = await fromTables(street.url, "select s.id, g.id as session, g.day::text as day from series s join group_sessions g on g.series_id = s.id where s.kind = 'loss' and s.approved_by is not null order by g.starts_at limit 1");
  const { id: waits = "" } = await fromTables(street.url, "select id from series where approved_at is null");
  const group = `/evenings/series/${meets}`;
  const checked = sent("another plan, read back", `${group}/plan`, `${group}/plan/check`, `main form[action="${group}/plan"]`, (page) => page.locator("#at").fill("18:30"));
  const past = sent("a day that is moved into the past", `${group}/days/${day}`, `${group}/days/${day}/move`, "main .bg-warning", (page) => page.locator("#on").fill("2020-01-01"));
  const unsaid = sent("a message to all seats with an error", `/evenings/${session}/message`, `/evenings/${session}/message`, "#message-problem", (page) => page.locator("#message").fill("a".repeat(501)));
  await visit(lucia, "/evenings", group, `/evenings/${session}/message`, checked, `${group}/plan`, past, `${group}/days/${day}`, unsaid, `/evenings/series/${waits}`, `/evenings/series/${waits}/proposal`, "/evenings/training", "/evenings/health");
  nothingWrong(409, 422);
});

test("the screens of a proposal hold", async () => {
  const noor = await member("noor");
  const fill = async (page: Page) => {
    await page.locator("#kind").selectOption("fathers");
    await page.locator("#starts").fill(Temporal.Now.plainDateISO().add({ days: 9 }).toString());
    await page.locator("#at").fill("02:30");
    await page.locator("main input[name=every]").first().check();
    await page.locator("#second").selectOption({ label: "Tomás" });
  };
  const wrong = sent("a proposal with an error", "/evenings/propose", "/evenings/propose/check", "[role=alert]", async (page) => {
    await page.locator("#starts").fill("2020-01-01");
    await page.locator("#at").fill("02:30");
  });
  await visit(noor, "/evenings", wrong, sent("a proposal, read back", "/evenings/propose", "/evenings/propose/check", "main form[action='/evenings/propose']", fill), "/evenings/propose");
  nothingWrong(422);
});

test("the screens of the community hold, for who looks at it, is in it, and keeps it", async () => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  const key: Screen = ["her key", async (page) => {
    await page.goto("/community/join");
    await page.locator("[name=age][value=old]").check();
    await page.locator("[name=rules]").check();
    await page.locator("[name=collect]").check();
    await page.locator("main form[action='/community/join'] button[type=submit]").click();
    await page.waitForURL("**/community/key");
  }];
  const wrong = sent("a place with an error", "/community/join", "/community/join", "[role=alert]", (page) => page.locator("#handle").fill("The Moderator"));
  await visit(visitor, "/community", "/community/join", wrong, "/community/younger", "/community/news/stop", "/safety/promise");
  const row = (query: string, values: readonly unknown[] = []) => fromTables(street.url, query, values);
  const { id: topic } = await row("select id from topics where title = 'He only sleeps on me'");
  const { id: folded } = await row("select id from topics where note = 'thoughts'");
  const { id: space } = await row("select id from spaces where shared_en is null");
  const { id: shared } = await row("select id from spaces where mode = 'read_first'");
  const { id: own } = await row("select p.id from posts p join handles h on h.member_id = p.author_id where p.topic_id = $1 and h.handle = 'Night Heron'", [topic]);
  const { id: others } = await row("select p.id from posts p join handles h on h.member_id = p.author_id where p.topic_id = $1 and h.handle = 'Warm Kettle'", [topic]);
  await row("insert into muted_topics (member_id, topic_id, at) select member_id, $1, now() from handles where handle = 'Night Heron'", [folded]);
  await row("insert into post_reports (id, post_id, reporter_id, reason, sent_key, reported_at, outcome) select gen_random_uuid(), $1, member_id, 'hurts', gen_random_uuid(), now(), 'left' from handles where handle = 'Night Heron'", [others]);
  const heron = await member("heron");
  const begun: Screen = ["what she began", async (page) => {
    await page.goto(`/community/spaces/${space}/new`);
    await page.locator("#words").fill("Not tonight. ".repeat(20));
    await page.locator("button[formaction]").click();
    await page.goto("/community/mine");
  }];
  const at = `/community/topics/${topic}`;
  const find = `/community/spaces/${space}/search`;
  const empty = sent("an answer with an error", at, `${at}/replies`, "[role=alert]", (page) => page.locator("#words").fill("x".repeat(7000)));
  await visit(heron, "/community/spaces", `/community/spaces/${space}`, `/community/spaces/${shared}`, `/community/spaces/${space}/new`, find, sent("words that were found", find, find, "mark", (page) => page.locator("#words").fill("sink")), at, `${at}?quote=${others}`, `/community/topics/${folded}`, empty, `/community/posts/${own}`, `/community/posts/${own}/change`, `/community/posts/${own}/withdraw`, `/community/posts/${own}/pictures`, sent("a picture with an error", `/community/posts/${own}/pictures`, "/community/pictures", "[role=alert]", (page) => page.locator("#shows").fill("A crib")), `/community/posts/${others}/report`, "/community/reports", "/community/hidden", "/community/mine", begun);
  for (const state of ["held", "asked", "removed"]) {
    await row("update posts set state = $2, held_for = '{new,contact,moderator}' where id = $1", [own, state]);
    await visit(heron, [`her post, ${state}`, (page) => page.goto(at)]);
  }
  await visit(visitor, key);
  await row("insert into space_pauses (space_id, reason_en, reason_es, paused_by, from_at, until_at) select $1, 'We read what came in.', 'Leemos lo que llegó.', id, now(), now() + interval '3 hours' from members where sign_in_name = 'lucia'", [shared]);
  await visit(await member("lucia"), "/community/keep", "/community/keep/new", `/community/keep/${space}`, `/community/keep/${shared}`);
  await visit(await member("wren"), "/community/spaces", `/community/spaces/${space}`, at);
  nothingWrong(422);
});

test("the screens of leaving the community hold", async () => {
  const heron = await member("heron");
  const wrong = sent("leaving with other words", "/community/leave/erase", "/community/leave/erase", "[role=alert]", (page) => page.locator("#words").fill("not my words"));
  await visit(heron, "/account", "/privacy/mine", "/community/consents", "/community/leave", "/community/leave/erase", "/community/leave/nameless", wrong);
  nothingWrong(422);
});

test("the papers about privacy hold, what went wrong among them", async () => {
  const lucia = await member("lucia");
  const open = async (page: Page) => page.locator("summary").filter({ hasText: "Write something down" }).or(page.locator("summary").filter({ hasText: "Anotar algo" })).click();
  const empty = sent("what went wrong, with an error", "/privacy/breaches", "/privacy/breaches", "[role=alert]", async (page) => {
    await open(page);
    await page.locator("textarea[name=what]").fill("A laptop was left on the night bus.");
  });
  const written = sent("what went wrong, written down", "/privacy/breaches", "/privacy/breaches", "form[action$='/people']", async (page) => {
    await open(page);
    await page.locator("input[name=kind][value=lost]").check();
    await page.locator("input[name=classes][value=posts]").check();
    await page.locator("textarea[name=what]").fill("A laptop was left on the night bus.");
  });
  await visit(lucia, "/privacy/register", "/privacy/assessment", "/privacy/breaches", empty, written);
  const { id = "" } = await fromTables(street.url, "select id from breaches limit 1");
  const telling = `/privacy/breaches/${id}/notice`;
  const lacking = sent("a notice that lacks a part", telling, telling, "[role=alert]", (page) => page.locator("textarea[name=may_es]").evaluate((area) => area.closest("form")?.setAttribute("novalidate", "")));
  const looked = sent("a notice, looked at before it is told", telling, telling, "button[value=tell]", async (page) => {
    for (const area of await page.locator("main textarea").all()) await area.fill("A laptop was left on the night bus. Una computadora quedó en el autobús.");
  });
  await visit(lucia, `/privacy/breaches/${id}`, telling, lacking, looked);
  await lucia.page.locator("button[value=tell]").click();
  await lucia.page.waitForURL(`**/privacy/breaches/${id}`);
  const heron = await aVisitor({ base: street.base });
  everyone.push(heron);
  await heron.page.goto(await street.linkFor("heron"));
  await heron.page.locator("main button").first().click();
  await heron.page.waitForURL("**/privacy/notices");
  await visit(heron, "/privacy/notices");
  await heron.page.goto("/account");
  await heron.page.locator("form[action$='/read'] button").click();
  await heron.page.waitForURL("**/account");
  await visit(heron, "/privacy/notices", "/privacy/mine");
  nothingWrong(422);
});

test("the screens of a sign-in's second step hold", async () => {
  const marco = await member("marco");
  await fromTables(street.url, "insert into authenticator_apps (member_id, secret_sealed, confirmed_at) select id, '\\x00', now() from members where sign_in_name = 'marco'");
  await fromTables(street.url, "update member_sessions set two_step_at = null where member_id in (select id from members where sign_in_name = 'marco')");
  await visit(marco, "/sign-in/second-step");
  nothingWrong();
});

test("the screens of the people on call hold, while somebody is needed, once somebody has it, and closed", async () => {
  const lucia = await member("lucia");
  const { id: open = "" } = await fromTables(street.url, "insert into pages (subject_kind, subject_id, path, reason, raised_at) values ('post', 'one', '/understand', 'goodbye', now()) returning id");
  const had = "insert into pages (subject_kind, subject_id, reason, raised_at, acknowledged_by, acknowledged_at) select 'report', 'two', 'worried', now(), id, now() from members where sign_in_name = 'lucia' returning id";
  const { id: hers = "" } = await fromTables(street.url, had);
  await fromTables(street.url, "insert into page_steps (page_id, step, asks, taken_at, due_at) values ($1, 1, 'nobody', now(), now() + interval '1 hour')", [open]);
  await fromTables(street.url, "insert into disclosures (page_id, reason, asked_by, asked_at) select $1, 'life_now', id, now() from members where sign_in_name = 'judith'", [hers]);
  const mistake: Screen = ["a page closed with questions left", async (page) => {
    await page.goto(`/safety/pages/${hers}`);
    await page.locator("form[action$='/close'] button[type=submit]").click();
    await page.locator("[role=alert]").waitFor();
  }];
  await visit(lucia, "/safety/pages", `/safety/pages/${open}`, `/safety/pages/${hers}`, mistake, "/safety/on-call", "/safety/on-call/fallback", withError("/safety/on-call/fallback", "#en"));
  nothingWrong(422);
  await fromTables(street.url, "update pages set closed_at = now(), closed_by = acknowledged_by, outcome = 'talked' where id = $1", [hers]);
  await visit(lucia, `/safety/pages/${hers}`, "/safety/pages");
  await fromTables(street.url, "delete from pages");
  nothingWrong();
});

test("the screens of a bad moment hold: too large, wait your turn, our fault", async () => {
  const [visitor, crowded] = [await aVisitor({ base: street.base }), await aVisitor({ base: street.base })];
  everyone.push(visitor, crowded);
  const tooLarge: Screen = ["a text of a megabyte", async (page) => {
    await page.goto("/message");
    await page.locator("#words").fill("x".repeat(1_100_000));
    await Promise.all([page.waitForEvent("load"), page.locator("main form:has(#words) button[type=submit]").last().click()]);
  }];
  const ourFault: Screen = ["our fault", async (page) => {
    await fromTables(street.url, "alter table ledger_days rename to ledger_days_away");
    await page.goto("/freshness");
    await fromTables(street.url, "alter table ledger_days_away rename to ledger_days");
  }];
  await visit(visitor, tooLarge, ourFault);
  nothingWrong(413, 500);

  await crowded.context.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.7" });
  for (let count = 0; count < freeOpenings; count++) await crowded.context.request.post("/message", { form: { key: crypto.randomUUID() }, maxRedirects: 0 });
  await crowded.context.clearCookies();
  const turn: Screen = ["wait your turn", async (page) => {
    await page.goto("/message");
    await page.locator("main form:has(#words) button[type=submit]").last().click();
    await page.locator("input[name=ticket]").waitFor({ state: "attached" });
  }];
  await visit(crowded, turn);
  nothingWrong(429);
});

test("the screens of a house that is not set up yet hold", async () => {
  const token = newToken();
  await fromTables(bare.url, "insert into setup_links (token_hash, made_at) values ($1, now())", [hashToken(token)]);
  const first = await aVisitor({ base: bare.base });
  everyone.push(first);
  await first.page.goto(`/setup/${token}`);
  await visit(first, "/setup", "/", "/message");
  nothingWrong(503);
});

test("no screen of the house was left out", () => {
  const patterns = routes.filter(({ method }) => method === "GET").map(({ path }) => path);
  const places = patterns.toSorted((a, b) => Number(a.includes(":")) - Number(b.includes(":"))).map((path) => [path, new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`)] as const);
  const seen = new Set([...been].map((pathname) => places.find(([, place]) => place.test(pathname))?.[0]));
  expect(patterns.filter((path) => !seen.has(path) && !noScreens.some(([, ...kinds]) => kinds.some((kind) => kind.test(path))))).toEqual([]);
});
