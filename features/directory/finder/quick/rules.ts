import { fadesFrom, holds, isPossible, isWord, matches, metresBetween, onEarth, rounding, straight, type Ask, type Findable, type Found } from "../rules.ts";
import { allOf, anyOf, beginning, includes, postingsOf, type Wanted } from "./postings/rules.ts";
import { blockSize, lineTo, treeOf, walk } from "./tree/rules.ts";

/** An index in memory, for a server and for a phone alike: it finds what `scan` finds. */
export type Quick<L extends Findable> = {
  search(ask: Ask, now: number, limit?: number): Found<L>[];
  /** Takes a listing in, or anew where something of it has changed. */
  put(listing: L): void;
  remove(id: string): void;
  /** How many stand beside the index, as their words or place are new, and are looked at one by one. At some thousands, make a new index. */
  beside(): number;
};

/** Of each slot: until when it is shown, until when it can be trusted, until when they have room, and from when it has to be asked again what it is found by. */
const [hiddenAt, sinksAt, roomUntil, fadesAt, clocks] = [0, 1, 2, 3, 4];

/** So many that match are looked at in any order; of more, the near ones are looked for first. */
const few = 150;

/** Takes a few seconds and 300 bytes a listing beside the listings themselves, for a hundred thousand; milliseconds for a region. */
export function quickIndex<L extends Findable>(listings: Iterable<L>): Quick<L> {
  const { tree, slots } = laidOut([...listings]);
  const slotOf = new Map<string, number>();
  const blocks = Math.ceil(slots.length / blockSize);
  const moments = new Float64Array(clocks * blockSize * blocks).fill(-Infinity);
  // One bit each: their last answer was that they have room.
  const yes = new Int32Array(blocks);
  const note = (listing: L, slot: number): void => {
    slots[slot] = listing;
    moments.set(momentsOf(listing), clocks * slot);
    if (listing.accepting === "yes") yes[slot >>> 5]! |= 1 << slot;
    else yes[slot >>> 5]! &= ~(1 << slot);
  };
  slots.forEach((listing, slot) => {
    if (!listing) return;
    slotOf.set(listing.id, slot);
    note(listing, slot);
  });
  const tokens = postingsOf(slots.length, (slot) => slots[slot]?.tokens ?? []);
  const countries = postingsOf(slots.length, (slot) => slots[slot]?.country ?? []);
  const beside = new Map<string, L>();
  const placed = tree.blocks * blockSize;
  const mask = new Int32Array(blocks);
  const sums = new Uint32Array(blocks + 1);
  const isAny = (low: number, high: number): boolean => sums[low]! < sums[high]!;

  const eachSlot = (block: number, visit: (slot: number) => void): void => {
    for (let bits = mask[block] ?? 0; bits !== 0; bits &= bits - 1) visit(block * blockSize + 31 - Math.clz32(bits & -bits));
  };

  const wantedBy = ({ words, facets, begun, country, accepting }: Ask): Wanted[] => [
    ...words.map((word) => anyOf(tokens, [word])),
    ...facets.map((some) => anyOf(tokens, some)),
    ...(begun === undefined ? [] : [beginning(tokens, begun, isWord)]),
    ...(country === undefined ? [] : [anyOf(countries, [country])]),
    ...(accepting ? [{ list: undefined, bits: [yes] }] : []),
  ];

  function search(ask: Ask, now: number, limit = 20): Found<L>[] {
    if (!isPossible(ask) || limit < 1) return [];
    const [trusted, below] = [nearestOf<L>(limit, ask), nearestOf<L>(limit, ask)];
    for (const listing of beside.values()) if (matches(listing, ask, now)) (now >= listing.sinksAt ? below : trusted).offer(listing);
    const { accepting } = ask;
    const spot = ask.near && onEarth(ask.near);
    const consider = (slot: number): void => {
      // Thousands pass here for one search: the arrays are read without a function between, and most fall before anything but their place is read.
      const line = spot && slot < placed ? lineTo(tree, slot, spot) : 0;
      if (line > trusted.reach()) return;
      const at = clocks * slot;
      if (moments[at + hiddenAt]! <= now || (accepting && moments[at + roomUntil]! <= now)) return;
      const nearest = moments[at + sinksAt]! > now ? trusted : below;
      if (nearest === below && (trusted.found.length >= limit || line > below.reach())) return;
      const listing = slots[slot];
      if (listing && (moments[at + fadesAt]! > now || holds(listing, ask, now))) nearest.offer(listing);
    };
    const wanted = wantedBy(ask);
    const shortest = wanted.map(({ list }) => list).reduce((least, list) => (list && (!least || list.length < least.length) ? list : least), undefined);
    if (shortest) {
      const others = wanted.filter(({ list }) => list !== shortest);
      for (const slot of shortest) if (others.every((other) => includes(other, slot))) consider(slot);
    } else {
      const count = allOf(wanted.map((one) => (one.list ? [] : one.bits)), mask, sums);
      if (spot && count > few) {
        const visit = (block: number): void => eachSlot(block, consider);
        walk(tree, { from: spot, reach: trusted.reach, isAny, visit });
        for (let block = tree.blocks; block < blocks && trusted.takesPlaceless(); block++) visit(block);
      } else for (let block = 0; block < blocks; block++) eachSlot(block, consider);
    }
    return [...trusted.found, ...below.found].slice(0, limit);
  }

  function remove(id: string): void {
    beside.delete(id);
    const slot = slotOf.get(id);
    if (slot === undefined) return;
    slotOf.delete(id);
    slots[slot] = undefined;
  }

  function put(listing: L): void {
    const slot = slotOf.get(listing.id);
    if (slot === undefined || !isInItsPlace(slots[slot], listing)) {
      remove(listing.id);
      beside.set(listing.id, listing);
      return;
    }
    note(listing, slot);
  }

  return { search, put, remove, beside: () => beside.size };
}

function momentsOf(listing: Findable): number[] {
  const { hiddenAt, sinksAt, accepting, acceptingUntil = -Infinity } = listing;
  return [hiddenAt, sinksAt, accepting === "yes" ? acceptingUntil : -Infinity, fadesFrom(listing)];
}

/** Neighbours in one block; those without a place in blocks of their own behind all others. */
function laidOut<L extends Findable>(all: readonly L[]) {
  const placed = all.filter(({ at }) => at);
  const points = new Float64Array(3 * placed.length);
  placed.forEach(({ at }, index) => at && points.set(onEarth(at), 3 * index));
  const tree = treeOf(points);
  const slots: (L | undefined)[] = Array.from(tree.order, (index) => placed[index]);
  while (slots.length < tree.blocks * blockSize) slots.push(undefined);
  for (const listing of all) if (!listing.at) slots.push(listing);
  return { tree, slots };
}

/** Is all the same that decides where it stands? Its clocks and its answer may have changed. */
function isInItsPlace(before: Findable | undefined, { at, country, tokens }: Findable): boolean {
  if (!before || before.country !== country || before.at?.latitude !== at?.latitude || before.at?.longitude !== at?.longitude) return false;
  const now = [...tokens];
  return now.length === [...before.tokens].length && now.every((token) => before.tokens.has(token));
}

type Nearest<L> = {
  /** In order. */
  readonly found: readonly Found<L>[];
  offer(listing: L): void;
  /** The square of the straight line beyond which nothing is taken any more. */
  reach(): number;
  takesPlaceless(): boolean;
};

/** Keeps the nearest `limit` of those that are offered; the exact metres decide, then the id. */
function nearestOf<L extends Findable>(limit: number, { near, within }: Ask): Nearest<L> {
  const found: Found<L>[] = [];
  const squared = (line: number) => (line + rounding) ** 2;
  let reach = within === undefined ? Infinity : squared(straight(within));
  const comesBefore = (listing: L, metres: number, than: Found<L>) => metres < (than.metres ?? Infinity) || (metres === (than.metres ?? Infinity) && listing.id < than.listing.id);
  return {
    found,
    reach: () => reach,
    takesPlaceless: () => within === undefined && !(found.length === limit && found.at(-1)?.metres !== undefined),
    offer(listing) {
      const metres = near && listing.at ? metresBetween(near, listing.at) : undefined;
      if (within !== undefined && !(metres !== undefined && metres <= within)) return;
      let place = found.length;
      for (let before; place > 0 && (before = found[place - 1]) && comesBefore(listing, metres ?? Infinity, before); ) place--;
      if (place === limit) return;
      found.splice(place, 0, { listing, metres });
      if (found.length > limit) found.pop();
      const last = found.length === limit ? found.at(-1)?.metres : undefined;
      if (last !== undefined) reach = Math.min(reach, squared(straight(last)));
    },
  };
}
