import fc from "fast-check";
import { expect, it, test } from "vitest";
import { aFindable, answer, aPoint, aSearch } from "../factory.ts";
import { scan } from "../rules.ts";
import { quickIndex } from "./rules.ts";

const seed = 20261126;
const listings = fc.sample(aFindable, { numRuns: 1000, seed });

test("the index finds what the plain scan finds, in 10,000 searches", () => {
  const index = quickIndex(listings);
  const wrong = fc.sample(aSearch, { numRuns: 10_000, seed }).filter(({ ask, now, limit }) => answer(index.search(ask, now, limit)) !== answer(scan(listings, ask, now, limit)));
  expect(wrong).toEqual([]);
});

test("so it does when listings come, change and go", () => {
  const known = new Map(listings.slice(0, 300).map((listing) => [listing.id, listing]));
  const index = quickIndex(known.values());
  const ids = fc.constantFrom(...listings.slice(0, 400).map(({ id }) => id));
  const clocks = fc.record({ sinksAt: fc.constantFrom(0, Infinity), hiddenAt: fc.constantFrom(0, Infinity), accepting: fc.constantFrom("yes" as const, "no" as const), acceptingUntil: fc.constant(Infinity) });
  const change = fc.oneof(
    fc.record({ kind: fc.constant("gone" as const), id: ids }),
    fc.record({ kind: fc.constant("clocks" as const), id: ids, clocks }),
    fc.record({ kind: fc.constant("new" as const), id: ids, listing: aFindable }),
    fc.record({ kind: fc.constant("moved" as const), id: ids, at: fc.option(aPoint, { nil: undefined }) }),
  );
  const history = fc.sample(fc.record({ change, search: aSearch }), { numRuns: 3000, seed });
  for (const { change, search } of history) {
    const before = known.get(change.id);
    const after = change.kind === "new" ? { ...change.listing, id: change.id } : before && (change.kind === "clocks" ? { ...before, ...change.clocks } : change.kind === "moved" ? { ...before, at: change.at } : undefined);
    if (after) {
      known.set(change.id, after);
      index.put(after);
    } else {
      known.delete(change.id);
      index.remove(change.id);
    }
    expect(answer(index.search(search.ask, search.now, search.limit))).toBe(answer(scan(known.values(), search.ask, search.now, search.limit)));
  }
  expect(index.beside()).toBeGreaterThan(0);
});

it("a changed answer or clock changes no place in the index", () => {
  const [first] = listings;
  const index = quickIndex(listings);
  if (first) index.put({ ...first, accepting: "no", tokens: new Set([...first.tokens].toReversed()) });
  expect(index.beside()).toBe(0);
});

it("an index of nothing finds nothing", () => {
  const index = quickIndex([]);
  for (const { ask, now } of fc.sample(aSearch, { numRuns: 50, seed })) expect(index.search(ask, now)).toEqual([]);
});
