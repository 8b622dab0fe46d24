import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { keysFrom } from "../crypto/seal.ts";
import { inTransaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import { checkAudit, headOf, letAuditGo, sealAudit } from "./chain.ts";

const house = await openTestHouse();
const { db } = house;
const write = (act: string) => audit(db, { memberId: undefined, act, subjectKind: "network", subjectId: undefined });
const ids = async () => (await db.selectFrom("audit_entries").select("id").orderBy("id").execute()).map(({ id }) => Number(id));
// Entries bear the time of the database, so that is the time of the check.
const now = () => Temporal.Now.instant();
const check = () => checkAudit(house, now().add({ hours: 1 }));

beforeEach(async () => {
  await db.deleteFrom("audit_chain").execute();
  await db.deleteFrom("audit_entries").execute();
  for (const act of ["one", "two", "three", "four", "five"]) await write(act);
  await sealAudit(house, now());
});

describe("the chain over the audit", () => {
  test("is whole where nobody laid a hand on it, and sealing again adds nothing", async () => {
    const before = await headOf(db);
    await Promise.all([sealAudit(house, now()), sealAudit(house, now()), sealAudit(house, now())]);
    expect(await check()).toMatchObject({ sealed: 5, wrong: [], head: before });
  });

  test.each([1, 2, 3, 4, 5])("finds entry %i where it was changed, and where it was taken out", async (at) => {
    const id = (await ids())[at - 1]!;
    await db.updateTable("audit_entries").set({ reason: "another" }).where("id", "=", id).execute();
    expect((await check()).wrong).toEqual([{ entryId: id, what: "changed" }]);
    await db.deleteFrom("audit_entries").where("id", "=", id).execute();
    expect((await check()).wrong).toEqual([{ entryId: id, what: "gone" }]);
  });

  test("finds links that were taken out with their entries, and an end that was cut off by what was kept elsewhere", async () => {
    const [, two, three, , five] = await ids();
    const head = await headOf(db);
    await db.deleteFrom("audit_entries").where("id", "=", two!).execute();
    await db.deleteFrom("audit_chain").where("entry_id", "=", two!).execute();
    expect((await check()).wrong).toEqual([{ entryId: three, what: "linkGone" }]);
    await db.deleteFrom("audit_entries").where("id", "=", five!).execute();
    await db.deleteFrom("audit_chain").where("entry_id", "=", five!).execute();
    expect((await check()).head).not.toEqual(head);
  });

  test("finds what was put in past the program, and a chain that was made anew without the key", async () => {
    await sql`insert into audit_entries (id, at, act, subject_kind) overriding system value values (-20000, now() - interval '1 day', 'opened', 'member')`.execute(db);
    await sealAudit(house, now());
    expect((await check()).wrong).toEqual([{ entryId: -20000, what: "notSealed" }]);
    await db.deleteFrom("audit_entries").where("id", "=", -20000).execute();
    await db.deleteFrom("audit_chain").execute();
    await sealAudit({ db, keys: keysFrom(randomBytes(32)) }, now());
    expect((await check()).wrong.map(({ what }) => what)).toEqual(["changed", "changed", "changed", "changed", "changed"]);
  });

  test("bears entries that come late, and that are rolled back, while it seals", async () => {
    let goOn: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const written = new Promise<void>((done) => (begun = done));
    const late = inTransaction(house, async ({ tx }) => {
      await audit(tx, { memberId: undefined, act: "late", subjectKind: "network", subjectId: undefined });
      begun();
      await new Promise<void>((done) => (goOn = done));
    });
    await written;
    await Promise.all([write("meanwhile"), inTransaction(house, ({ tx }) => audit(tx, { memberId: undefined, act: "undone", subjectKind: "network", subjectId: undefined }).then(() => Promise.reject(new Error("no")))).catch(() => undefined)]);
    // Sealing waits for nobody's act.
    expect((await sealAudit(house, now())).seq).toBe(6);
    goOn();
    await late;
    expect((await sealAudit(house, now())).seq).toBe(7);
    expect(await check()).toMatchObject({ sealed: 7, wrong: [] });
  });

  test("lets go what is older than the network keeps, and still finds what somebody took out", async () => {
    const [one, two, three] = await ids();
    await db.updateTable("audit_entries").set({ at: now().subtract({ hours: 24 * 400 }) }).where("id", "in", [one!, two!]).execute();
    await db.deleteFrom("audit_chain").execute();
    await sealAudit(house, now());
    await letAuditGo(db, now().subtract({ hours: 24 * 365 }));
    await sealAudit(house, now());
    expect(await check()).toMatchObject({ sealed: 6, wrong: [] });
    await db.deleteFrom("audit_entries").where("id", "=", three!).execute();
    expect((await check()).wrong).toEqual([{ entryId: three, what: "gone" }]);
  });
});
