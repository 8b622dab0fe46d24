import fc from "fast-check";
import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { Reached } from "../../../platform/delivery/notify.ts";
import type { MemberId, StaffRole, StaffScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { networkNow } from "../../network/queries.ts";
import { pageNeeded } from "../events.ts";
import { callMember, forgetPages, lookAfterPages, takeStep } from "./commands.ts";
import { aNeed, aPage, doJobs, listener, onCall, testNight, type Turn } from "./factory.ts";
import { acknowledgePage, closePage, giveBackPage } from "./pages/commands.ts";
import { pageFor } from "./pages/queries.ts";
import { askedFor, stepsOf } from "./queries.ts";
import { writeFallback } from "./roster/commands.ts";
import { questions, type Answered, type PageId } from "./types.ts";

const house = await openTestHouse();
house.setClock(testNight);
const someone = (name: string, ...roles: StaffRole[]) => makeSignedIn(house, roles, { name });
const allDone = Object.fromEntries(questions.map((question) => [question, "done"])) as Answered;

/** What one night left behind stands in no other's way. */
beforeEach(async () => {
  house.passTime({ hours: 24 });
  await house.db.deleteFrom("pages").execute();
  await house.db.updateTable("on_call_shifts").set({ ended_at: house.now() }).execute();
  await house.db.updateTable("member_roles").set({ ended_at: house.now() }).execute();
});

const clearJobs = () => sql`delete from graphile_worker._private_jobs`.execute(house.db);

/** Lucía's call goes to nobody's rung, so that there is somebody who looks at the page from outside. */
const watcher = () => someone("Lucía", "coordinator");
const askedBy = async (pageId: PageId) => (await stepsOf(house.db, pageId)).map(({ number, asks, members }) => [number, asks, members.length]);

describe("the ladder, with its jobs", () => {
  test("asks Ana, Marco after five minutes, then Judith, then everybody; then it is written down that nobody was reached", async () => {
    const [ana, marco, judith, lucia] = [await someone("Ana", "volunteer"), await someone("Marco", "moderator"), await someone("Judith", "supervisor"), await watcher()];
    await onCall(house, ana.id, "first");
    await onCall(house, marco.id, "second");
    await onCall(house, judith.id, "lead");
    const ear = listener();
    const subjectId = "a-post";
    const page = await aPage(house, { subjectId });
    await doJobs(house, ear.reach);
    expect(ear.calls.map(({ to }) => to)).toEqual([ana.id]);
    house.passTime({ minutes: 4, seconds: 59 });
    await doJobs(house, ear.reach);
    expect(ear.calls).toHaveLength(1);
    house.passTime({ seconds: 1 });
    await doJobs(house, ear.reach);
    expect(ear.calls.map(({ to }) => to)).toEqual([ana.id, marco.id]);
    expect(await askedFor(house.db, "en", "post", subjectId)).toMatchObject({ state: "asking" });
    for (let minutes = 0; minutes < 10; minutes += 5) {
      house.passTime({ minutes: 5 });
      await doJobs(house, ear.reach);
    }
    expect(ear.calls.slice(2).map(({ to }) => to).sort()).toEqual([judith.id, ana.id, marco.id, judith.id, lucia.id].sort());
    house.passTime({ minutes: 5 });
    await doJobs(house, ear.reach);
    expect(await askedBy(page)).toEqual([[1, "first", 1], [2, "second", 1], [3, "lead", 1], [4, "everyone", 4], [5, "nobody", 0]]);
    expect(await askedFor(house.db, "en", "post", subjectId)).toMatchObject({ state: "nobodyReached", whatWeDo: expect.stringContaining("ask everybody again every 15 minutes") });
    house.passTime({ minutes: 15 });
    await doJobs(house, ear.reach);
    expect((await askedBy(page)).at(-1)).toEqual([6, "everyone", 4]);
  });

  test("ends when one says 'I have it': nobody is called any more, and a call under way is left", async () => {
    const [ana, marco] = [await someone("Ana", "volunteer"), await someone("Marco", "volunteer")];
    await onCall(house, ana.id, "first");
    await onCall(house, marco.id, "second");
    const page = await aPage(house, { subjectId: "hers" });
    expect(await acknowledgePage(house, ana.scope, page)).toBe("done");
    const ear = listener();
    for (let minutes = 0; minutes < 60; minutes += 5) {
      await doJobs(house, ear.reach);
      house.passTime({ minutes: 5 });
    }
    expect(ear.calls).toEqual([]);
    expect(await askedBy(page)).toEqual([[1, "first", 1]]);
    expect(await askedFor(house.db, "es", "post", "hers")).toMatchObject({ state: "somebodyHasIt" });
  });

  test("goes on at once where whoever had it gives it back", async () => {
    const [ana, marco] = [await someone("Ana", "volunteer"), await someone("Marco", "volunteer")];
    await onCall(house, ana.id, "first");
    await onCall(house, marco.id, "second");
    const page = await aPage(house);
    const ear = listener();
    await doJobs(house, ear.reach);
    await acknowledgePage(house, ana.scope, page);
    house.passTime({ minutes: 12 });
    await doJobs(house, ear.reach);
    expect(await giveBackPage(house, ana.scope, page)).toBe("done");
    await doJobs(house, ear.reach);
    expect(ear.calls.map(({ to }) => to)).toEqual([ana.id, marco.id]);
  });

  test("calls nobody of the community and nobody outside, and says nothing of what it is about", async () => {
    const [rosa, ana] = [await makeSignedIn(house, ["member"], { name: "Rosa" }), await someone("Ana", "volunteer")];
    const page = await aPage(house, { subjectId: "canary-subject", path: "/forum/canary-path" });
    const ear = listener();
    for (let minutes = 0; minutes < 40; minutes += 5) {
      await doJobs(house, ear.reach);
      house.passTime({ minutes: 5 });
    }
    expect(ear.calls.length).toBeGreaterThan(1);
    expect(new Set(ear.calls.map(({ to }) => to))).toEqual(new Set([ana.id]));
    expect(rosa.id).not.toBe(ana.id);
    expect(ear.calls[0]?.message).toEqual({
      en: { title: "Somebody needs you at the safety desk", body: "Open the page. Please say “I have it” if you do." },
      es: { title: "Alguien te necesita en la mesa de cuidado", body: "Abre la página. Si puedes, di «Me encargo»." },
      path: `/safety/pages/${page}`,
      byText: true,
    });
    expect([house.letters, house.pushes, house.sms.texts]).toEqual([[], [], []]);
  });

  test("says what a coordinator wrote at the time, also after she wrote something else", async () => {
    const lucia = await watcher();
    await writeFallback(house, lucia.scope, { en: "We answer at eight.", es: "Respondemos a las ocho." });
    const page = await aPage(house, { subjectId: "at-night" });
    const ear = listener();
    for (let minutes = 0; minutes < 20; minutes += 5) {
      await doJobs(house, ear.reach);
      house.passTime({ minutes: 5 });
    }
    await writeFallback(house, lucia.scope, { en: "We answer at nine.", es: "Respondemos a las nueve." });
    expect(await askedFor(house.db, "es", "post", "at-night")).toMatchObject({ state: "nobodyReached", whatWeDo: "Respondemos a las ocho." });
    expect((await pageFor(house.db, lucia.scope, page))?.steps.find(({ asks }) => asks === "nobody")?.fallback?.en).toBe("We answer at eight.");
    await house.db.deleteFrom("pages").execute();
    await house.db.deleteFrom("fallbacks").execute();
  });
});

describe("a page", () => {
  test("is one while it is open, however often and at once it is asked for; after it closed there is another", async () => {
    const lucia = await watcher();
    const need = aNeed();
    await Promise.all(Array.from({ length: 8 }, () => inTransaction(house, ({ addJob }) => addJob(...pageNeeded(need)))));
    const ear = listener();
    await doJobs(house, ear.reach);
    const pages = () => house.db.selectFrom("pages").select("id").where("subject_id", "=", need.subjectId).execute();
    expect(await pages()).toHaveLength(1);
    expect(ear.calls).toHaveLength(1);
    const first = (await pages())[0]?.id as PageId;
    await acknowledgePage(house, lucia.scope, first);
    expect(await closePage(house, lucia.scope, first, { answered: allDone, outcome: "talked" })).toBe("done");
    const second = await aPage(house, need);
    expect(second).not.toBe(first);
    expect(await pages()).toHaveLength(2);
  });

  test("is there only if what raised it is: a transaction that fails asks nobody", async () => {
    const need = aNeed();
    const failing = inTransaction(house, async ({ addJob }) => {
      await addJob(...pageNeeded(need));
      throw new Error("the post was not kept");
    });
    await expect(failing).rejects.toThrow("the post was not kept");
    await doJobs(house, listener().reach);
    expect(await house.db.selectFrom("pages").select("id").where("subject_id", "=", need.subjectId).execute()).toEqual([]);
  });

  test("steps once, however many look at once", async () => {
    await watcher();
    const page = await aPage(house);
    await Promise.all(Array.from({ length: 6 }, () => takeStep(house, page)));
    expect(await askedBy(page)).toEqual([[1, "first", 1]]);
    house.passTime({ minutes: 5 });
    await Promise.all(Array.from({ length: 6 }, () => takeStep(house, page)));
    expect(await askedBy(page)).toEqual([[1, "first", 1], [2, "everyone", 1]]);
  });

  test("whose job was lost is found by the round of each minute", async () => {
    await watcher();
    const page = await aPage(house);
    const { reach } = listener();
    await doJobs(house, reach);
    await clearJobs();
    house.passTime({ minutes: 6 });
    await doJobs(house, reach);
    expect(await askedBy(page)).toHaveLength(1);
    await lookAfterPages(house);
    await doJobs(house, reach);
    expect(await askedBy(page)).toHaveLength(2);
    await clearJobs();
    await lookAfterPages(house);
    await doJobs(house, reach);
    expect(await askedBy(page), "one that is not due is left alone").toHaveLength(2);
  });
});

describe("a call", () => {
  test("that does not leave is noted and tried again; to one with no device and no address it is not", async () => {
    const [ana, marco] = [await someone("Ana", "supervisor"), await someone("Marco", "supervisor")];
    await onCall(house, ana.id, "first");
    await onCall(house, marco.id, "first");
    const page = await aPage(house);
    let tries = 0;
    const ear = listener((to) => (to === marco.id ? "no_way" : ++tries < 3 ? "failed" : "sent"));
    const stateOf = async (id: MemberId) => (await house.db.selectFrom("page_calls").select("state").where("page_id", "=", page).where("member_id", "=", id).executeTakeFirst())?.state;
    await expect(callMember(house, { pageId: page, step: 1, memberId: ana.id }, ear.reach)).rejects.toThrow("did not leave");
    expect(await stateOf(ana.id)).toBe("failed");
    await doJobs(house, ear.reach);
    expect([await stateOf(ana.id), await stateOf(marco.id), tries]).toEqual(["sent", "no_way", 3]);
    expect(ear.calls).toHaveLength(1);
  });

  test("whose sender throws is one that did not leave", async () => {
    const ana = await someone("Ana", "supervisor");
    const page = await aPage(house);
    await expect(callMember(house, { pageId: page, step: 1, memberId: ana.id }, () => Promise.reject(new Error("the push service is down")))).rejects.toThrow("did not leave");
    expect(await house.db.selectFrom("page_calls").select("state").where("page_id", "=", page).execute()).toEqual([{ state: "failed" }]);
  });
});

test("why somebody was needed goes with the days of the log, counted from the closing; an open page never", async () => {
  const lucia = await watcher();
  const { auditDays } = await makeNetwork(house).then(async () => (await networkNow(house.db)) ?? { auditDays: 0 });
  const [open, closed] = [await aPage(house), await aPage(house)];
  await acknowledgePage(house, lucia.scope, closed);
  await closePage(house, lucia.scope, closed, { answered: allDone, outcome: "talked" });
  const left = async () => (await house.db.selectFrom("pages").select("id").execute()).map(({ id }) => id).sort();
  house.passTime({ hours: auditDays * 24 });
  await forgetPages(house);
  expect(await left()).toEqual([open, closed].sort());
  house.passTime({ seconds: 1 });
  await forgetPages(house);
  expect(await left()).toEqual([open]);
});

const aDarkNight = fc.record({
  staff: fc.array(fc.record({ rank: fc.constantFrom("first", "second", "lead", undefined), supervises: fc.boolean(), push: fc.constantFrom<Reached>("sent", "failed", "no_way"), answersAfter: fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined, freq: 2 }), roleEndsAfter: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined, freq: 2 }) }), { maxLength: 4 }),
  turns: fc.array(fc.constantFrom<Turn>("done", "done", "done_and_killed", "killed"), { minLength: 7, maxLength: 7 }).filter((turns) => turns.includes("done")),
});

test("thirty dark nights on the database, with jobs that are killed and done twice: somebody has it, or the fallback is written", async () => {
  const ends: string[] = [];
  await fc.assert(
    fc.asyncProperty(aDarkNight, async ({ staff, turns }) => {
      house.passTime({ hours: 24 });
      await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("ended_at", "is", null).execute();
      await clearJobs();
      const people: { readonly id: MemberId; readonly scope: StaffScope; calledAt: number | undefined; readonly push: Reached; readonly answersAfter: number | undefined; readonly roleEndsAfter: number | undefined }[] = [];
      for (const { rank, supervises, ...more } of staff) {
        const { id, scope } = await someone("Peer", supervises ? "supervisor" : "volunteer");
        if (rank) await onCall(house, id, rank);
        people.push({ id, scope, calledAt: undefined, ...more });
      }
      const ear = listener((to) => people.find(({ id }) => id === to)?.push ?? "no_way");
      const page = await aPage(house);
      let looks = 0;
      for (let minute = 0; minute <= 45; minute++) {
        for (const { id, roleEndsAfter } of people) if (roleEndsAfter === minute) await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("member_id", "=", id).execute();
        await doJobs(house, ear.reach, undefined, () => turns[looks++ % turns.length] ?? "done");
        for (const one of people) if (one.calledAt === undefined && ear.calls.some(({ to }) => to === one.id)) one.calledAt = minute;
        for (const one of people)
          if (one.calledAt !== undefined && one.answersAfter !== undefined && minute === one.calledAt + one.answersAfter && (one.roleEndsAfter === undefined || minute < one.roleEndsAfter)) expect(await acknowledgePage(house, one.scope, page)).toBe("done");
        house.passTime({ minutes: 1 });
      }
      const steps = await stepsOf(house.db, page);
      expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
      const row = await house.db.selectFrom("pages").select("acknowledged_at").where("id", "=", page).executeTakeFirstOrThrow();
      const fallback = steps.find(({ asks }) => asks === "nobody");
      expect(row.acknowledged_at !== null || fallback !== undefined, "a human, or the written fallback").toBe(true);
      if (row.acknowledged_at) for (const { takenAt } of steps) expect(Temporal.Instant.compare(takenAt, row.acknowledged_at)).toBeLessThanOrEqual(0);
      ends.push(row.acknowledged_at ? "human" : "fallback");
    }),
    { numRuns: 30 },
  );
  expect(new Set(ends)).toEqual(new Set(["human", "fallback"]));
}, 120_000);
