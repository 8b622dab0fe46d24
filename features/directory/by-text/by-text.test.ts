import { Writable } from "node:stream";
import { pino } from "pino";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { furnishTheStreet } from "../../../cast/street.ts";
import { hashToken } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { App } from "../../../platform/http/app.tsx";
import { ownerScope } from "../../../platform/http/scope.ts";
import { segmentsOf } from "../../../platform/i18n/segments.ts";
import { confirmListing, makeListing, reportUnreachable, type Wanted } from "../factory.ts";
import { relist } from "../listing/commands.ts";
import { askOwners } from "../renewal/asking/commands.ts";
import { silentOwners } from "../renewal/asking/queries.ts";
import { keepOwnerContacts, sendOwnerLink } from "../renewal/commands.ts";
import { sendAsks, tokenIn } from "../renewal/factory.ts";
import type { ServiceId } from "../types.ts";

let house: TestHouse;
let app: App;
const logged: string[] = [];
beforeAll(async () => {
  const open = await openTestHouse();
  const log = pino({ level: "debug" }, new Writable({ write: (line: Buffer, _encoding, done) => (logged.push(line.toString()), done()) }));
  house = { ...open, log };
  await furnishTheStreet(house);
  app = createApp(house);
});
beforeEach(async () => {
  house.setClock("2026-11-26T18:00:00Z");
  await house.db.deleteFrom("services").execute();
  house.sms.texts.length = 0;
});

let sent = 0;
let people = 0;
/** A number of nobody else. */
const aNumber = () => `+1512555${String(1000 + (people += 1)).padStart(4, "0")}`;
async function post(fields: Record<string, string>, path = "/texts/incoming"): Promise<{ status: number; says: string | undefined }> {
  const { signature } = house.sms.post(path, fields);
  const answer = await app.request(path, { method: "POST", headers: { "x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(fields) });
  return { status: answer.status, says: /<Message>([^<]*)<\/Message>/.exec(await answer.text())?.[1]?.replaceAll("&amp;", "&") };
}
const text = async (from: string, body: string, more: Record<string, string> = {}) => (await post({ MessageSid: `SM${(sent += 1)}`, From: from, To: "+13105550100", Body: body, ...more })).says;

const austin = { at: { latitude: 30.27, longitude: -97.74 }, city: "Austin", region: "TX", postalCode: "78701" };
const near = (name: string, more: Wanted = {}) => makeListing(house, { name, ...austin, ...more });
const houston = { at: { latitude: 29.76, longitude: -95.37 }, city: "Houston", region: "TX", postalCode: "77002" };

describe("HELP and a ZIP code", () => {
  it("answers the crisis line first, then the three nearest with the day on which they were checked", async () => {
    await near("Far Circle", { ...houston, phone: "+17135550123" });
    await near("Close Circle", { phone: "+15125550123" });
    await near("Online Circle", { at: undefined, phone: "+18005550123" });
    const answer = await text(aNumber(), "HELP 78701");
    expect(answer?.split("\n")).toEqual(["In danger: 988 or 911.", "1 Close Circle 512-555-0123 ok Nov 26", "2 Online Circle 800-555-0123 ok Nov 26"]);
  });

  it("speaks Spanish by the word or by ES, and names first who does too", async () => {
    await near("English Only", { phone: "+15125550101" });
    await near("Círculo de Mamás", { ...austin, at: { latitude: 30.4, longitude: -97.9 }, phone: "+15125550102", languages: ["es"] });
    const lines = (answer: string | undefined) => answer?.split("\n").map((line) => line.replace(/ \d{3}-.*/, ""));
    const expected = ["En peligro: 988 o 911.", "1 Circulo de Mamas", "2 English Only"];
    expect(lines(await text(aNumber(), "HELP 78701 ES"))).toEqual(expected);
    expect(lines(await text(aNumber(), "ayuda 78701"))).toEqual(expected);
    expect(await text(aNumber(), "ayuda 78701")).toContain("ok 26 nov");
  });

  it("says who was not checked, and leaves out who is in doubt, hidden, a crisis line or without a number", async () => {
    await near("Unconfirmed", { by: { source: "Lantern 211", method: "import" }, phone: "+15125550101" });
    const doubted = await near("Doubted", { phone: "+15125550102" });
    for (const who of ["a", "b"]) await reportUnreachable(house, doubted, who);
    await inTransaction(house, (act) => relist(act, [doubted]));
    await near("A Crisis Line", { kind: "crisis_line", phone: "+15125550103" });
    await near("No Number", { phone: undefined });
    expect((await text(aNumber(), "help 78701"))?.split("\n")).toEqual(["In danger: 988 or 911.", "1 Unconfirmed 512-555-0101 not checked"]);
  });

  it("never says that an old check is a new one", async () => {
    await near("Old Circle", { phone: "+15125550101" });
    house.passTime({ hours: 70 * 24 });
    expect(await text(aNumber(), "78701")).toContain("last ok Nov 26");
    house.passTime({ hours: 60 * 24 });
    expect(await text(aNumber(), "78701")).toBe("In danger: 988 or 911.\nWe know nobody near 78701 yet.");
  });

  it("fits two segments with the longest names", async () => {
    for (const name of ["Postpartum Support of the Hill Country", "Centro de Apoyo para Mamás y Papás del Área de Austin", "Families “Together” – Central Texas Association"]) await near(`${name} and the Surrounding Counties`);
    const answer = (await text(aNumber(), "HELP 78701 ES")) ?? "";
    expect(segmentsOf(answer)).toBe(2);
    expect(answer.match(/213-555-0123 ok 26 nov/g)).toHaveLength(3);
  });

  it("that nobody knows, or from a country whose codes we have not, still gives the crisis line of that country", async () => {
    expect(await text(aNumber(), "HELP 00001")).toBe("In danger: 988 or 911.\nWe do not know the code 00001. Text HELP and your ZIP code for help near you.");
    expect(await text("+447400123456", "HELP SW1A 1AA")).toMatch(/^In danger: 116 123 or 999\./);
  });

  it("finds help in Puerto Rico, whose codes and listings are of the United States", async () => {
    await makeListing(house, { name: "Círculo de San Juan", at: { latitude: 18.4, longitude: -66.06 }, city: "San Juan", region: "PR", postalCode: "00901", phone: "+17875550123" });
    expect((await text("+17872223344", "HELP 00901"))?.split("\n")).toEqual(["In danger: 988 or 911.", "1 Circulo de San Juan 787-555-0123 ok Nov 26"]);
  });

  it("leaves no trace of the place: no row, no job, no line of a log", async () => {
    await near("Close Circle");
    await text("+15125559999", "HELP 78702 ES");
    const { rows } = await house.db.executeQuery<{ dump: string }>({ sql: "select string_agg(t, ' ') as dump from (select to_jsonb(r)::text t from received_texts r union all select to_jsonb(s)::text from sent_texts s union all select to_jsonb(j)::text from graphile_worker._private_jobs j union all select to_jsonb(x)::text from sign_in_tries x) all_of_it", parameters: [], query: {} as never, queryId: {} as never });
    expect(logged.length).toBeGreaterThan(0);
    for (const trace of ["78702", "5559999", "HELP"]) expect(`${rows[0]?.dump} ${logged.join(" ")}`.includes(trace), trace).toBe(false);
  });
});

describe("a word of the carriers", () => {
  it.each([
    ["HELP", /^In danger: 988 or 911\.\nLantern Street: help for parents.*Text HELP and your ZIP code\. STOP ends texts\.$/],
    ["info", /^In danger: 988 or 911\.\nLantern Street/],
    ["AYUDA", /^En peligro: 988 o 911\.\nLantern Street: ayuda para .*ALTO para terminar\.$/],
  ])("%s says who we are, how to search, and the crisis line, in two segments", async (word, says) => {
    const answer = (await text(aNumber(), word)) ?? "";
    expect(answer).toMatch(says);
    expect(segmentsOf(answer)).toBeLessThanOrEqual(2);
  });

  it("STOP ends all texts, START begins them again, in both languages", async () => {
    const number = aNumber();
    const id = await near("Circle");
    const ask = () => inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "text", address: number, language: "en" }));
    expect(await text(number, "ALTO")).toBe("Lantern Street: ya no recibirás mensajes. Escribe EMPEZAR para volver.".replace("á", "a"));
    expect(await ask()).toBe("stopped");
    expect(await text(number, "START")).toMatch(/you may get texts from us again/);
    expect(await ask()).toBe("asked");
    await text(number, "STOP");
    await sendAsks(house);
    expect(house.sms.texts).toEqual([]);
  });

  it("that the provider has answered itself is heeded and not answered twice", async () => {
    const number = aNumber();
    expect(await text(number, "STOP", { OptOutType: "STOP" })).toBeUndefined();
    const id = await near("Circle");
    expect(await inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "text", address: number, language: "en" }))).toBe("stopped");
  });
});

test("anything else gets the crisis line and how to search", async () => {
  expect(await text(aNumber(), "I can't do this any more")).toBe("In danger: 988 or 911.\nText HELP and your ZIP code for help near you.");
});

test("one number gets ten answers an hour, then the crisis line alone, then none, so that no machine answers ours for ever", async () => {
  const number = aNumber();
  const answers: (string | undefined)[] = [];
  for (let turn = 0; turn < 17; turn++) answers.push(await text(number, "hello"));
  expect(answers.filter((one) => one?.includes("ZIP code"))).toHaveLength(10);
  expect(answers.filter((one) => one === "In danger: 988 or 911.\nPlease try again in a while.")).toHaveLength(5);
  expect(answers.filter((one) => one === undefined)).toHaveLength(2);
});

describe("an owner is asked by text", () => {
  const accepting = async (id: ServiceId) => (await house.db.selectFrom("listings").select("accepting").where("service_id", "=", id).executeTakeFirst())?.accepting;
  const method = async (id: ServiceId) => (await house.db.selectFrom("listing_claims").select("method").where("service_id", "=", id).where("field", "=", "contact").where("superseded_at", "is", null).executeTakeFirstOrThrow()).method;
  const asks = async (id: ServiceId, number: string, language: "en" | "es" = "en") => {
    const asked = await inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "text", address: number, language }));
    await sendAsks(house);
    return asked;
  };

  it("in two segments, with a link to her page", async () => {
    const number = aNumber();
    await asks(await near("The Postpartum Support Circle of Greater Austin and the Hill Country"), number);
    const [question] = house.sms.texts;
    expect(question?.to).toBe(number);
    expect(question?.body).toMatch(/^Lantern Street: is The Postpartum Support .*, 213-555-0123, still right, with room for new parents\? Reply 1 yes, 2 full, 3 closed\. Or see it: http/);
    expect(segmentsOf(question?.body ?? "")).toBe(2);
    expect(tokenIn(question?.body ?? "")).toHaveLength(43);
  });

  it("and answers 1, 2 or 3, each bound to the listing that she was asked about", async () => {
    const id = await near("Circle");
    const number = aNumber();
    await asks(id, number);
    expect(await text(number, "2")).toMatch(/^Thank you\. Circle is marked as full/);
    expect([await accepting(id), await method(id)]).toEqual(["no", "owner_text"]);
    expect(await text(number, "1")).toMatch(/^Thank you\. Circle is right as of today/);
    expect(await accepting(id)).toBe("yes");
    expect(await text(number, "3")).toMatch(/^Thank you for telling us\. Circle is out/);
    const { hidden_at } = await house.db.selectFrom("listings").select("hidden_at").where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(hidden_at && Temporal.Instant.compare(hidden_at, house.now()) <= 0).toBe(true);
    expect(await text(number, "1")).toMatch(/right as of today/);
  });

  it("in Spanish where she chose it, and of a line nobody asks for room", async () => {
    const id = await near("Línea de la Noche", { kind: "warmline" });
    const number = aNumber();
    await asks(id, number, "es");
    expect(house.sms.texts[0]?.body).toMatch(/¿Linea de la Noche, 213-555-0123, sigue igual\? Responde 1 si/);
    await text(number, "1");
    expect([await accepting(id), await method(id)]).toEqual([null, "owner_text"]);
  });

  it("from her own number alone, and not a month later", async () => {
    const id = await near("Circle");
    const number = aNumber();
    await asks(id, number);
    expect(await text(aNumber(), "3")).toMatch(/Text HELP/);
    house.passTime({ hours: 31 * 24 });
    expect(await text(number, "3")).toMatch(/Text HELP/);
    expect(await accepting(id)).toBeNull();
  });

  it("posted five times and shuffled leaves one result and one answer", async () => {
    const id = await near("Circle");
    const number = aNumber();
    await asks(id, number);
    const texts = [{ MessageSid: "SMa", Body: "2" }, { MessageSid: "SMb", Body: "STOP" }];
    const posts = texts.flatMap((one) => [one, one, one, one, one]).sort(() => Math.random() - 0.5);
    const answers = await Promise.all(posts.map((one) => post({ ...one, From: number, To: "+13105550100" })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter(({ says }) => says !== undefined)).toHaveLength(2);
    const said = await house.db.selectFrom("listing_claims").select("value").where("service_id", "=", id).where("field", "=", "accepting").execute();
    expect(said).toEqual([{ value: "no" }]);
  });

  it("about one listing at a time: the next when she has answered", async () => {
    const number = aNumber();
    const ids = [await near("First"), await near("Second"), await near("Third")];
    for (const id of ids) await keepOwnerContacts(house, ownerScope(id, hashToken("")), [{ way: "text", address: number, language: "en" }]);
    house.passTime({ hours: 55 * 24 });
    const names = () => house.sms.texts.map(({ body }) => /is (\w+),/.exec(body)?.[1]);
    await askOwners(house);
    await sendAsks(house);
    expect(names()).toHaveLength(1);
    expect(await asks(ids.find(() => true) as ServiceId, number), "the coordinator's own question waits too").toBe("waits");
    for (let turn = 0; turn < 2; turn++) {
      await text(number, "1");
      await sendAsks(house);
    }
    await text(number, "1");
    expect(await sendAsks(house)).toBe(0);
    expect(new Set(names())).toEqual(new Set(["First", "Second", "Third"]));
    for (const id of ids) expect(await method(id)).toBe("owner_text");
  });

  it.each([["2", "marked as full", "Reply 1 when you have room."], ["3", "is out of the directory", "Reply 1 if that was a slip."]])("and after %s is told to reply 1 only when that can mean this listing", async (answer, says, again) => {
    const number = aNumber();
    for (const name of ["First", "Second"]) await keepOwnerContacts(house, ownerScope(await near(name), hashToken("")), [{ way: "text", address: number, language: "en" }]);
    house.passTime({ hours: 55 * 24 });
    await askOwners(house);
    await sendAsks(house);
    const before = await text(number, answer);
    expect(before).toContain(says);
    expect(before, "the next question is on its way").not.toContain("Reply 1");
    expect(await sendAsks(house)).toBe(1);
    expect(await text(number, answer)).toContain(again);
  });

  it("no more after three silent weeks; then the listing waits for a call", async () => {
    const number = aNumber();
    const id = await near("Silent");
    await keepOwnerContacts(house, ownerScope(id, hashToken("")), [{ way: "text", address: number, language: "en" }]);
    for (let day = 0; day < 120; day++) {
      house.passTime({ hours: 24 });
      await askOwners(house);
      await sendAsks(house);
    }
    expect(house.sms.texts).toHaveLength(3);
    expect((await silentOwners(house.db, house.now())).map(({ serviceId }) => serviceId)).toEqual([id]);
    await confirmListing(house, id);
    expect(await silentOwners(house.db, house.now())).toEqual([]);
  });

  it("by letter where only the listing's own letter box is known, in the morning there, once a week for all of hers", async () => {
    await near("One", { email: "office@circle.example" });
    await near("Two", { email: "Office@circle.example " });
    await near("Imported", { email: "stranger@elsewhere.example", by: { source: "Lantern 211", method: "import" } });
    house.letters.length = 0;
    house.passTime({ hours: 55 * 24 });
    for (let hour = 0; hour < 7 * 24; hour++) {
      await askOwners(house);
      house.passTime({ hours: 1 });
    }
    await sendAsks(house);
    expect(house.letters.map(({ to, subject }) => [to.trim().toLowerCase(), subject])).toEqual([["office@circle.example", "Are these 2 listings still right?"]]);
    expect(house.letters[0]?.text.match(/\/keep\/[\w-]{43}\n/g)).toHaveLength(2);
    const { asked_at } = await house.db.selectFrom("owner_asks").select("asked_at").orderBy("asked_at", "desc").executeTakeFirstOrThrow();
    expect([9, 10, 11]).toContain(asked_at.toZonedDateTimeISO("America/Los_Angeles").hour);
  });
});

test("reports of the provider are kept by rank, and what is no report changes nothing", async () => {
  const report = (MessageStatus: string) => post({ MessageSid: "SM-report", MessageStatus, To: "+15125551234" }, "/texts/status");
  for (const status of ["delivered", "sent", "queued", "nonsense", "sending"]) expect((await report(status)).status).toBe(204);
  expect(await house.db.selectFrom("sent_texts").select("status").where("provider_id", "=", "SM-report").executeTakeFirst()).toEqual({ status: "delivered" });
});
