import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { staffRoles, type MemberId, type StaffRole } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { safetyApp } from "../factory.ts";
import { aPage, doJobs, listener, onCall, testNight } from "./factory.ts";
import { gapsIn, isOnCall } from "./rules.ts";
import { shiftsBetween } from "./queries.ts";
import { questions, type PageId } from "./types.ts";

const house = await openTestHouse();
house.setClock(testNight);
const app = safetyApp(house);
const someone = async (name: string, roles: readonly StaffRole[], language = "en") => {
  const { id, cookie, scope } = await makeSignedIn(house, roles, { name });
  return { id, scope, page: browser(app, cookie, language) };
};
const wholeList = Object.fromEntries(questions.map((question) => [question, "done"]));
const hasIt = async (id: PageId) => (await house.db.selectFrom("pages").select("acknowledged_by").where("id", "=", id).executeTakeFirstOrThrow()).acknowledged_by as MemberId | null;
const isOpen = async (id: PageId) => (await house.db.selectFrom("pages").select("closed_at").where("id", "=", id).executeTakeFirstOrThrow()).closed_at === null;

/** No shift and no role of one test is of another's night. */
beforeEach(async () => {
  house.passTime({ hours: 100 });
  await house.db.updateTable("on_call_shifts").set({ ended_at: house.now() }).execute();
  await house.db.updateTable("member_roles").set({ ended_at: house.now() }).execute();
});

/** Ana was asked first and has the page; the others look on. */
async function anaHasIt() {
  const ana = await someone("Ana", ["volunteer"]);
  await onCall(house, ana.id, "first");
  const id = await aPage(house);
  expect((await ana.page.post(`/safety/pages/${id}/have`)).to).toBe(`/safety/pages/${id}`);
  return { ana, id, path: `/safety/pages/${id}` };
}

describe("a page on the screen", () => {
  test("says what, when and who was asked, and lets her say 'I have it'", async () => {
    const ana = await someone("Ana", ["volunteer"]);
    await onCall(house, ana.id, "first");
    const id = await aPage(house, { reason: "goodbye" });
    await doJobs(house, listener().reach);
    const { text } = await ana.page.get(`/safety/pages/${id}`);
    for (const words of ["A post", "The words sound like a goodbye.", "Ana: the call went out", "Nobody has said “I have it” yet.", "Never press for a name, an address", "/forum/posts/one"]) expect(text).toContain(words);
    await ana.page.post(`/safety/pages/${id}/have`);
    expect(await hasIt(id)).toBe(ana.id);
    expect((await ana.page.get(`/safety/pages/${id}`)).text).toContain("You have it, since");
  });

  test("is read in Spanish, too", async () => {
    const lucia = await someone("Lucía", ["coordinator"], "es");
    const id = await aPage(house, { reason: "worried" });
    const { text } = await lucia.page.get(`/safety/pages/${id}`);
    for (const words of ["Otra persona de la comunidad se preocupa por esta persona.", "Me encargo", "No insistas nunca en un nombre"]) expect(text).toContain(words);
    expect(text).not.toContain("I have it");
  });

  test("is shown where a kind or a reason is one that we have no words for", async () => {
    const lucia = await someone("Lucía", ["coordinator"]);
    const id = await aPage(house);
    await house.db.updateTable("pages").set({ reason: "later_reason", subject_kind: "later_kind" }).where("id", "=", id).execute();
    expect((await lucia.page.get(`/safety/pages/${id}`)).text).toContain("Somebody should read this now.");
  });

  test("is had by the first who says so; who comes second changes nothing, and sees who has it", async () => {
    const { ana, id, path } = await anaHasIt();
    const judith = await someone("Judith", ["supervisor"]);
    await judith.page.post(`${path}/have`);
    expect(await hasIt(id)).toBe(ana.id);
    expect((await judith.page.get(path)).text).toContain("Ana has it, since");
  });

  test("that is closed stays as it is, and says so", async () => {
    const { ana, path } = await anaHasIt();
    expect((await ana.page.post(`${path}/close`, { ...wholeList, outcome: "talked" })).status).toBe(303);
    for (const [act, fields] of [["have", {}], ["give-back", {}], ["close", { ...wholeList, outcome: "no_danger" }]] as const) {
      const answer = await ana.page.post(`${path}/${act}`, fields);
      expect([act, answer.status]).toEqual([act, 409]);
      expect(answer.text).toContain("It was closed before.");
    }
    expect((await ana.page.get(path)).text).toContain("We talked, and they are safe for now");
  });

  test("closes only with the whole list and how it ended; what was answered is kept on the form", async () => {
    const { ana, id, path } = await anaHasIt();
    const half = await ana.page.post(`${path}/close`, { read_it: "done" });
    expect([half.status, await isOpen(id)]).toEqual([422, true]);
    expect(half.text).toMatch(/name="read_it" value="done" checked/);
    expect(half.text).toContain('href="#outcome"');
    expect((await ana.page.post(`${path}/close`, { ...wholeList, baby: "not_needed", outcome: "somebody_near" })).status).toBe(303);
    expect(await house.db.selectFrom("page_answers").select("answer").where("page_id", "=", id).where("question", "=", "baby").execute()).toEqual([{ answer: "not_needed" }]);
  });

  test("is given back by whoever has it", async () => {
    const { ana, id, path } = await anaHasIt();
    await ana.page.post(`${path}/give-back`);
    expect(await hasIt(id)).toBeNull();
  });
});

describe("help from outside without a yes", () => {
  test("is decided by two: whoever asked is never the second, and without the second the page does not close so", async () => {
    const { ana, id, path } = await anaHasIt();
    const judith = await someone("Judith", ["supervisor"]);
    const closing = () => ana.page.post(`${path}/close`, { ...wholeList, outcome: "emergency_by_us" });
    expect((await closing()).text).toContain("needs the two names below");
    expect((await ana.page.post(`${path}/disclosures`, {})).status).toBe(422);
    await ana.page.post(`${path}/disclosures`, { reason: "life_now" });
    await ana.page.post(`${path}/disclosures`, { reason: "life_now" });
    const rows = () => house.db.selectFrom("disclosures").select(["id", "asked_by", "agreed_by"]).where("page_id", "=", id).execute();
    expect(await rows()).toMatchObject([{ asked_by: ana.id, agreed_by: null }]);
    expect((await closing()).status).toBe(409);
    const agree = `${path}/disclosures/${(await rows())[0]?.id}/agree`;
    expect((await ana.page.post(agree)).status).toBe(404);
    expect((await judith.page.post(agree)).status).toBe(303);
    expect(await rows()).toMatchObject([{ asked_by: ana.id, agreed_by: judith.id }]);
    expect((await closing()).status).toBe(303);
    const acts = await house.db.selectFrom("audit_entries").select(["act", "member_id"]).where("subject_kind", "=", "page").where("subject_id", "=", id).orderBy("id").execute();
    expect(acts.map(({ act, member_id }) => [act, member_id])).toEqual([["raised_page", null], ["took_page_step", null], ["acknowledged_page", ana.id], ["asked_for_disclosure", ana.id], ["agreed_to_disclosure", judith.id], ["closed_page", ana.id]]);
  });

  test("is not agreed to by the supervisor who asked for it herself", async () => {
    const { id, path } = await anaHasIt();
    const [judith, lucia] = [await someone("Judith", ["supervisor"]), await someone("Lucía", ["coordinator"])];
    await judith.page.post(`${path}/disclosures`, { reason: "child_now" });
    const row = await house.db.selectFrom("disclosures").select("id").where("page_id", "=", id).executeTakeFirstOrThrow();
    const own = await judith.page.post(`${path}/disclosures/${row.id}/agree`);
    expect([own.status, own.text.includes("The second is somebody else.")]).toEqual([409, true]);
    expect((await judith.page.get(path)).text).not.toContain("I am the second person");
    expect((await lucia.page.get(path)).text).toContain("I am the second person");
  });

  test("cannot stand in the tables with one person as both", async () => {
    const { ana, id } = await anaHasIt();
    const twice = house.db.insertInto("disclosures").values({ page_id: id, reason: "life_now", asked_by: ana.id, asked_at: house.now(), agreed_by: ana.id, agreed_at: house.now() }).execute();
    await expect(twice).rejects.toThrow("disclosures_check");
  });
});

/** Each role, as it stands to a page that Ana was asked for and has: not asked; asked; has it. */
const cells: Readonly<Record<string, Readonly<Record<StaffRole, string>>>> = {
  "GET ": { volunteer: "no yes yes", facilitator: "no yes yes", moderator: "yes yes yes", supervisor: "yes yes yes", coordinator: "yes yes yes" },
  "POST /have": { volunteer: "no yes yes", facilitator: "no yes yes", moderator: "yes yes yes", supervisor: "yes yes yes", coordinator: "yes yes yes" },
  "POST /give-back": { volunteer: "no no yes", facilitator: "no no yes", moderator: "no no yes", supervisor: "yes yes yes", coordinator: "yes yes yes" },
  "POST /close": { volunteer: "no no yes", facilitator: "no no yes", moderator: "no no yes", supervisor: "yes yes yes", coordinator: "yes yes yes" },
  "POST /disclosures": { volunteer: "no no yes", facilitator: "no no yes", moderator: "no no yes", supervisor: "yes yes yes", coordinator: "yes yes yes" },
};

test.each(staffRoles)("each cell of the policy holds at the doors for a %s", async (role) => {
  for (const [route, row] of Object.entries(cells)) {
    const answered: string[] = [];
    for (const stands of ["not asked", "asked", "has"]) {
      const her = await someone("Noor", [role]);
      const other = await someone("Ana", ["moderator"]);
      await onCall(house, stands === "not asked" ? other.id : her.id, "first");
      const id = await aPage(house);
          await (stands === "has" ? her : other).page.post(`/safety/pages/${id}/have`);
      const [method = "", more = ""] = route.split(" ");
      const path = `/safety/pages/${id}${more}`;
      const { status } = method === "GET" ? await her.page.get(path) : await her.page.post(path, { ...wholeList, outcome: "talked", reason: "life_now" });
      answered.push(status === 404 ? "no" : "yes");
      await house.db.updateTable("on_call_shifts").set({ ended_at: house.now() }).execute();
    }
    expect([route, answered.join(" ")]).toEqual([route, row[role]]);
  }
});

describe("the list", () => {
  test("shows each the pages that she may see, those first that nobody has", async () => {
    const { ana, id } = await anaHasIt();
    const [marco, judith] = [await someone("Marco", ["volunteer"]), await someone("Judith", ["supervisor"])];
    await house.db.updateTable("on_call_shifts").set({ ended_at: house.now() }).execute();
    const waiting = await aPage(house);
    const shown = async (who: typeof ana) => [...(await who.page.get("/safety/pages")).text.matchAll(/href="\/safety\/pages\/([0-9a-f-]{36})"/g)].map(([, page]) => page).filter((page) => page === id || page === waiting);
    expect(await shown(judith)).toEqual([waiting, id]);
    expect(await shown(ana)).toEqual([id]);
    expect(await shown(marco)).toEqual([]);
    expect((await browser(app).get("/safety/pages")).to).toBe("/sign-in");
  });
});

describe("the roster", () => {
  const wallOf = (hours: number) => house.now().add({ hours }).toZonedDateTimeISO("America/Los_Angeles").toPlainDateTime().toString({ smallestUnit: "minute" });
  const ends = (from: string, until: string) => ({ fromDay: from.slice(0, 10), fromTime: from.slice(11), untilDay: until.slice(0, 10), untilTime: until.slice(11) });
  const give = (who: Awaited<ReturnType<typeof someone>>, memberId: string, from: string, until: string, rank = "first") => who.page.post("/safety/on-call/shifts", { memberId, rank, ...ends(from, until) });

  test("says who would be asked now, and names each gap of the week", async () => {
    const [judith, ana] = [await someone("Judith", ["supervisor"]), await someone("Ana", ["volunteer"])];
    const empty = await judith.page.get("/safety/on-call");
    expect(empty.text).toContain("Nobody has a shift now.");
    expect(empty.text).toContain("First on call: Judith");
    expect(empty.text).toMatch(/Nobody: .+ to .+/);
    expect((await give(judith, ana.id, wallOf(-1), wallOf(9))).to).toBe("/safety/on-call");
    const given = await judith.page.get("/safety/on-call");
    expect(given.text).toContain("First on call: Ana");
    expect(given.text).toMatch(/Ana alone: .+ to .+/);
    const shift = /shifts\/([0-9a-f-]{36})\/end/.exec(given.text)?.[1] ?? "";
    await judith.page.post(`/safety/on-call/shifts/${shift}/end`);
    expect((await judith.page.get("/safety/on-call")).text).toContain("Nobody has a shift now.");
  });

  test("names a gap where somebody's role has ended, though her shift stands", async () => {
    const [judith, ana] = [await someone("Judith", ["supervisor"]), await someone("Ana", ["volunteer"])];
    await give(judith, ana.id, wallOf(-1), wallOf(9));
    await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("member_id", "=", ana.id).execute();
    const { text } = await judith.page.get("/safety/on-call");
    expect(text).toContain("Nobody has a shift now.");
    expect(text).not.toContain("Ana alone");
  });

  test("keeps what was typed where a shift cannot be", async () => {
    const [judith, ana, rosa] = [await someone("Judith", ["supervisor"]), await someone("Ana", ["volunteer"]), await makeSignedIn(house, ["member"], { name: "Rosa" })];
    for (const [fields, status, words] of [
      [{ memberId: "", rank: "first", ...ends("2031-12-05Tsoon", "2031-12-06T06:00") }, 422, "Write a time."],
      [{ memberId: ana.id, rank: "first", ...ends("2031-12-05T22:00", "2031-12-05T21:00") }, 409, "The end must come after the beginning."],
      [{ memberId: ana.id, rank: "first", ...ends("2031-12-05T22:00", "2031-12-09T22:00") }, 409, "more than 72 hours"],
      [{ memberId: rosa.id, rank: "first", ...ends("2031-12-05T22:00", "2031-12-06T06:00") }, 409, "their role has ended"],
    ] as const) {
      const answer = await judith.page.post("/safety/on-call/shifts", fields);
      expect([answer.status, answer.text.includes(words), answer.text.includes(`value="${fields.fromDay}"`)]).toEqual([status, true, true]);
    }
    await give(judith, ana.id, "2031-12-05T22:00", "2031-12-06T06:00");
    expect((await give(judith, ana.id, "2031-12-06T05:00", "2031-12-06T08:00", "lead")).text).toContain("They have a shift at that time already.");
    const twice = await Promise.all([1, 2, 3].map(() => give(judith, ana.id, "2031-12-07T22:00", "2031-12-08T06:00")));
    expect(twice.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  });

  test.each([
    ["goes back", "2031-11-01T22:00", "2031-11-02T06:00", 9],
    ["goes forward", "2032-03-13T22:00", "2032-03-14T06:00", 7],
    ["stays", "2031-12-10T22:00", "2031-12-11T06:00", 8],
  ])("means a night on the clock of the wall, also when it %s", async (_, from, until, hours) => {
    const zone = "America/Los_Angeles";
    const begins = Temporal.PlainDateTime.from(from).toZonedDateTime(zone).toInstant();
    house.setClock(begins.subtract({ hours: 3 }));
    const [judith, ana] = [await someone("Judith", ["supervisor"]), await someone("Ana", ["volunteer"])];
    await give(judith, ana.id, from, until);
    const [shift] = await shiftsBetween(house.db, begins, begins);
    if (!shift) throw new Error("no shift");
    expect(shift.from.until(shift.until).total("hours")).toBe(hours);
    for (let minute = 0; minute < hours * 60; minute += 20) expect(isOnCall(shift, begins.add({ minutes: minute }))).toBe(true);
    expect(gapsIn([shift], begins, shift.until)).toHaveLength(1);
    house.setClock("2033-01-01T08:00:00Z");
  });

  test("is given by supervisors and coordinators, and read by moderators", async () => {
    const ana = await someone("Ana", ["volunteer"]);
    for (const role of staffRoles) {
      const her = await someone("Noor", [role]);
      const reads = (await her.page.get("/safety/on-call")).status === 200;
      const gives = (await give(her, ana.id, wallOf(1), wallOf(2))).status !== 404;
      const writes = (await her.page.post("/safety/on-call/fallback", { en: "We call back at eight.", es: "Llamamos a las ocho." })).status !== 404;
      const may = { volunteer: [false, false, false], facilitator: [false, false, false], moderator: [true, false, false], supervisor: [true, true, false], coordinator: [true, true, true] }[role];
      expect([role, reads, gives, writes]).toEqual([role, ...may]);
    }
  });

  test("keeps what a coordinator writes for when nobody is reached, in both languages", async () => {
    const lucia = await someone("Lucía", ["coordinator"]);
    expect((await lucia.page.post("/safety/on-call/fallback", { en: "", es: "Llamamos a las ocho." })).text).toContain("Write it in both languages.");
    await lucia.page.post("/safety/on-call/fallback", { en: "We call back at eight.", es: "Llamamos a las ocho." });
    expect((await lucia.page.get("/safety/on-call")).text).toContain("We call back at eight.");
    expect((await lucia.page.get("/safety/on-call/fallback")).text).toContain("Llamamos a las ocho.");
  });
});
