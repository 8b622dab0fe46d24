import { blockSize } from "../tree/rules.ts";

/** In which slots each word stands: as one bit a slot for words of many, as a list of slots for words of few. Whichever takes less room. */
export type Postings = {
  readonly blocks: number;
  /** In order; a word's number is its place here, so that all that begin alike stand together. */
  readonly words: readonly string[];
  readonly bits: readonly (Int32Array | undefined)[];
  /** Slots of word `w`: `slots[starts[w]]` to before `slots[starts[w + 1]]`; empty where it has bits. */
  readonly slots: Uint32Array;
  readonly starts: Uint32Array;
};

/** The words of each slot, from 0 to `count` − 1. */
export function postingsOf(count: number, wordsAt: (slot: number) => Iterable<string>): Postings {
  const { seen, used, ends } = read(count, wordsAt);
  const words = [...seen.keys()].sort();
  const blocks = Math.ceil(count / blockSize);
  const places = new Uint32Array(words.length);
  words.forEach((word, place) => (places[seen.get(word) ?? 0] = place));
  const counts = new Uint32Array(words.length);
  for (const number of used) counts[places[number] ?? 0]!++;
  const bits = words.map((_, place) => ((counts[place] ?? 0) > blocks ? new Int32Array(blocks) : undefined));
  const starts = new Uint32Array(words.length + 1);
  for (let place = 0; place < words.length; place++) starts[place + 1] = (starts[place] ?? 0) + (bits[place] ? 0 : (counts[place] ?? 0));
  const slots = new Uint32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  for (let slot = 0, at = 0; slot < count; slot++)
    for (; at < (ends[slot] ?? 0); at++) {
      const place = places[used[at] ?? 0] ?? 0;
      const dense = bits[place];
      if (dense) dense[slot >>> 5]! |= 1 << slot;
      else slots[next[place]!++] = slot;
    }
  return { blocks, words, bits, slots, starts };
}

/** Every word's number, in the order in which they are first met, and the numbers of each slot's words, one slot behind the other. */
function read(count: number, wordsAt: (slot: number) => Iterable<string>) {
  const seen = new Map<string, number>();
  const ends = new Uint32Array(count);
  let used = new Uint32Array(1024);
  let length = 0;
  for (let slot = 0; slot < count; slot++) {
    for (const word of wordsAt(slot)) {
      let number = seen.get(word);
      if (number === undefined) seen.set(word, (number = seen.size));
      if (length === used.length) {
        const wider = new Uint32Array(2 * length);
        wider.set(used);
        used = wider;
      }
      used[length++] = number;
    }
    ends[slot] = length;
  }
  return { seen, used: used.subarray(0, length), ends };
}

/** Slots of which one is wanted: all of them in a list if they are few, else the bits of which one must be set. */
export type Wanted = { readonly list: Uint32Array } | { readonly list: undefined; readonly bits: readonly Int32Array[] };

/** First word that is not before `word`; with `beyond`, not one that begins with it either. */
function placeOf(words: readonly string[], word: string, beyond = false): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = words[middle] ?? "";
    if (here < word || (beyond && here.startsWith(word))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The word's number; -1 where nothing has it. */
function numberOf({ words }: Postings, word: string): number {
  const place = placeOf(words, word);
  return words[place] === word ? place : -1;
}

export const anyOf = (postings: Postings, words: readonly string[]): Wanted => unite(postings, words.map((word) => numberOf(postings, word)).filter((number) => number >= 0));

/** What begins so and is `meant`. */
export function beginning(postings: Postings, begun: string, meant: (word: string) => boolean): Wanted {
  const numbers: number[] = [];
  for (let number = placeOf(postings.words, begun); number < placeOf(postings.words, begun, true); number++) if (meant(postings.words[number] ?? "")) numbers.push(number);
  return unite(postings, numbers);
}

const listOf = ({ slots, starts }: Postings, number: number): Uint32Array => slots.subarray(starts[number], starts[number + 1]);

function unite(postings: Postings, numbers: readonly number[]): Wanted {
  const dense = numbers.flatMap((number) => postings.bits[number] ?? []);
  const lists = numbers.filter((number) => !postings.bits[number]).map((number) => listOf(postings, number));
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  const [first] = lists;
  if (dense.length === 0 && lists.length === 1 && first) return { list: first };
  // To put many in order takes longer than to lay them over one another.
  if (dense.length === 0 && total * blockSize <= postings.blocks) return { list: Uint32Array.from(new Set(lists.flatMap((list) => [...list]))).sort() };
  if (dense.length < 4 && total === 0) return { list: undefined, bits: dense };
  // Each further word would have to be asked at every block: they are laid over one another once.
  const all = new Int32Array(postings.blocks);
  for (const list of lists) for (const slot of list) all[slot >>> 5]! |= 1 << slot;
  for (const bits of dense) for (let block = 0; block < all.length; block++) all[block]! |= bits[block] ?? 0;
  return { list: undefined, bits: [all] };
}

/** Is the slot among them? */
export function includes(wanted: Wanted, slot: number): boolean {
  if (!wanted.list) return wanted.bits.some((bits) => ((bits[slot >>> 5] ?? 0) & (1 << slot)) !== 0);
  const { list } = wanted;
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < slot) low = middle + 1;
    else high = middle;
  }
  return list[low] === slot;
}

/** Leaves in `mask` one bit for each slot that is among all of them, and in `sums` how many that are before each block; answers how many in all. */
export function allOf(all: readonly (readonly Int32Array[])[], mask: Int32Array, sums: Uint32Array): number {
  mask.fill(-1);
  for (const some of all) narrow(mask, some);
  let count = 0;
  for (let block = 0; block < mask.length; block++) sums[block + 1] = count += bitsIn(mask[block]!);
  return count;
}

/** One loop for each number of lists: what runs a million times shall not ask how many there are. */
function narrow(mask: Int32Array, some: readonly Int32Array[]): void {
  const [one, two, ...more] = some;
  if (!one) return void mask.fill(0);
  if (!two) for (let block = 0; block < mask.length; block++) mask[block]! &= one[block]!;
  else if (more.length === 0) for (let block = 0; block < mask.length; block++) mask[block]! &= one[block]! | two[block]!;
  else for (let block = 0; block < mask.length; block++) mask[block]! &= more.reduce((any, bits) => any | bits[block]!, one[block]! | two[block]!);
}

/** How many bits are set (Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  let sums = word - ((word >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
