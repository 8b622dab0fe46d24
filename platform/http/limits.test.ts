import fc from "fast-check";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../cast/test-house.ts";
import { freeOpenings, limitsOf, networkPrefix, turnSeconds } from "./limits.ts";
import type { Door } from "./room.ts";

const house = await openTestHouse({ TRUSTED_PROXIES: "1" });
let networks = 0;

/** A network that nobody has written from yet. */
const aPrefix = (): string => `10.${networks >> 8}.${networks++ & 255}`;

/** Rings at the door from this address, as the proxy before us saw it; `ticket` is what the last answer gave. */
async function ring(at: TestHouse, address: string, ticket = "") {
  let turn: Awaited<ReturnType<ReturnType<typeof limitsOf>["openingTurn"]>>;
  const app = new Hono().get("/", async (c) => {
    turn = await limitsOf(at).openingTurn(c as unknown as Door, ticket);
    return c.body(null, 204);
  });
  await app.request("/", { headers: { "x-forwarded-for": address } });
  return turn;
}

const fill = async (prefix: string, openings: number) => {
  for (let at = 0; at < openings; at++) await ring(house, `${prefix}.${at % 250}`);
};

describe("opening a conversation", () => {
  test("the first ones of a network come in at once", async () => {
    const prefix = aPrefix();
    for (let at = 0; at < freeOpenings; at++) expect(await ring(house, `${prefix}.${at}`)).toBeUndefined();
    expect((await ring(house, `${prefix}.200`))?.seconds).toBe(turnSeconds);
    expect(await ring(house, `${aPrefix()}.1`), "another network").toBeUndefined();
  });

  test("however many opened before her, a newcomer gets in at her turn", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 120 }), async (before) => {
        const prefix = aPrefix();
        await fill(prefix, before);
        const turn = await ring(house, `${prefix}.251`);
        expect(turn === undefined).toBe(before < freeOpenings);
        if (!turn) return;
        house.passTime({ seconds: turn.seconds });
        expect(await ring(house, `${prefix}.251`, turn.ticket)).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });

  test("one network's turns are spaced, so that waiting side by side gains nothing", async () => {
    const prefix = aPrefix();
    await fill(prefix, freeOpenings);
    const turns = [];
    for (let at = 0; at < 5; at++) turns.push((await ring(house, `${prefix}.${at}`))?.seconds);
    expect(turns).toEqual([1, 2, 3, 4, 5].map((place) => place * turnSeconds));
  });

  test("who comes before her turn keeps her place", async () => {
    const prefix = aPrefix();
    await fill(prefix, freeOpenings);
    const turn = await ring(house, `${prefix}.1`);
    house.passTime({ seconds: turnSeconds - 4 });
    expect(await ring(house, `${prefix}.1`, turn?.ticket)).toEqual({ ticket: turn?.ticket, seconds: 4 });
    house.passTime({ seconds: 4 });
    expect(await ring(house, `${prefix}.1`, turn?.ticket)).toBeUndefined();
  });
});

describe("a ticket", () => {
  test("counts once", async () => {
    const prefix = aPrefix();
    await fill(prefix, freeOpenings);
    const ticket = (await ring(house, `${prefix}.1`))?.ticket;
    house.passTime({ seconds: turnSeconds });
    expect(await ring(house, `${prefix}.1`, ticket)).toBeUndefined();
    expect((await ring(house, `${prefix}.1`, ticket))?.ticket).not.toBe(ticket);
    house.passTime({ hours: 2 });
    expect(await ring(house, `${prefix}.1`, ticket), "nor when its mark is long swept").toBeDefined();
  });

  test("counts in its own network alone", async () => {
    const [one, other] = [aPrefix(), aPrefix()];
    await fill(one, freeOpenings);
    await fill(other, freeOpenings);
    const ticket = (await ring(house, `${one}.1`))?.ticket;
    house.passTime({ seconds: turnSeconds });
    expect(await ring(house, `${other}.1`, ticket)).toBeDefined();
    expect(await ring(house, `${one}.77`, ticket), "from any address of that network").toBeUndefined();
  });

  test("can't be made by hand", async () => {
    const prefix = aPrefix();
    await fill(prefix, freeOpenings);
    const real = (await ring(house, `${prefix}.1`))?.ticket ?? "";
    const [at = "", mark = ""] = real.split(".");
    house.passTime({ minutes: 1 });
    const forged = fc.oneof(fc.string(), fc.constantFrom(`${Number(at) - 1}.${mark}`, `${at}.${mark.slice(0, -2)}AA`, `${at}.`, at, `.${mark}`, `${at}.${mark}.${mark} `.slice(1), `0${at}.${mark}`));
    await fc.assert(
      fc.asyncProperty(forged, async (ticket) => {
        fc.pre(ticket !== real);
        expect(await ring(house, `${prefix}.1`, ticket)).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe("the network of an address", () => {
  const prefixOf = async (forwarded: string, proxies: number): Promise<string> => {
    const app = new Hono().get("/", (c) => c.text(networkPrefix(c as unknown as Door, proxies)));
    return (await app.request("/", { headers: { "x-forwarded-for": forwarded } })).text();
  };

  test("is what one household or phone mast shares", async () => {
    expect(await prefixOf("203.0.113.77", 1)).toBe("203.0.113");
    expect(await prefixOf("::ffff:203.0.113.77", 1)).toBe("203.0.113");
    expect(await prefixOf("2001:db8:12:34::1", 1)).toBe(await prefixOf("2001:db8:12:ff::9", 1));
  });

  test("is not what a visitor says of herself", async () => {
    expect(await prefixOf("198.51.100.1, 203.0.113.77", 1)).toBe("203.0.113");
    expect(await prefixOf("198.51.100.1", 0)).toBe("");
  });
});
