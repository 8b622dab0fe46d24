import type { ComponentChildren } from "preact";

type Pane = { readonly x: number; readonly y: number; readonly arched: boolean; readonly inside: number };
type House = { readonly x: number; readonly width: number; readonly top: number; readonly shade: "a" | "b" | "c"; readonly outline: string; readonly door: number };
export type StreetPlan = { readonly houses: readonly House[]; readonly lit: readonly Pane[]; readonly dark: readonly Pane[]; readonly gaps: readonly number[] };

const wide = 390;
const ground = 156;
const pane = { width: 10, height: 13 };

/** A small generator (mulberry32): the same street for the same seed, on every page and machine. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Roofs as five ways from the left eaves to the right ones. */
const roofs: readonly ((width: number) => string)[] = [
  (w) => `l${w / 2} -22l${w / 2} 22`,
  (w) => `v-5h${w}v5`,
  (w) => `l6 -15h${w - 12}l6 15`,
  (w) => `v-6h${w / 6}v-6h${w / 6}v-6h${w / 3}v6h${w / 6}v6h${w / 6}v6`,
  (w) => `h${w * 0.2}l${w * 0.3} -18l${w * 0.3} 18h${w * 0.2}`,
];

/**
 * Lays out a street 390 wide for this seed. `lit` of its windows are lit, in an order that only the seed decides:
 * when one more person comes, one more window lights and no other changes. Windows cut by the edge stay dark.
 */
export function layStreet(seed: number, lit: number): StreetPlan {
  const next = numbersFrom(seed);
  const houses: House[] = [];
  const panes: (Pane & { rank: number })[] = [];
  const gaps: number[] = [];
  for (let x = -8; x < wide; ) {
    const columns = 2 + Math.floor(next() * 2.4);
    const width = columns * 18 + 10;
    const floors = 3 + Math.floor(next() * 3);
    const top = ground - 14 - floors * 21;
    const roof = Math.floor(next() * roofs.length);
    const arched = next() < 0.3;
    const chimney = roof === 1 || next() < 0.4 ? "" : `M${x + width - 15} ${top}v-20h7v20z`;
    const door = Math.floor(next() * columns);
    houses.push({ x, width, top, shade: (["a", "b", "c"] as const)[houses.length % 3] ?? "a", outline: `M${x} ${ground}V${top}${roofs[roof]?.(width) ?? `h${width}`}V${ground}z${chimney}`, door: x + 9 + door * 18 });
    for (let floor = 0; floor < floors; floor++)
      for (let column = 0; column < columns; column++)
        if (floor < floors - 1 || column !== door) panes.push({ x: x + 9 + column * 18, y: top + 8 + floor * 21, arched, inside: Math.floor(next() * 7), rank: next() });
    x += width;
    if (next() < 0.42 && x < wide - 30) {
      gaps.push(x + 11);
      x += 22;
    } else x += 1;
  }
  const whole = panes.filter(({ x }) => x >= 2 && x + pane.width <= wide - 2).sort((a, b) => a.rank - b.rank);
  const chosen = new Set(whole.slice(0, lit));
  return { houses, lit: whole.slice(0, lit), dark: panes.filter((one) => !chosen.has(one)), gaps };
}

const shape = ({ x, y, arched }: Pane): string => (arched ? `M${x} ${y + 13}v-8a5 5 0 0 1 10 0v8z` : `M${x} ${y}h10v13h-10z`);

/** What stands in a lit window: someone, two together, a plant, a lamp, a mobile over a cot; or curtains alone. */
function inside({ x, y, inside: what }: Pane): string {
  const head = (at: number, r: number, top: number) => `M${x + at - r} ${y + top}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  if (what === 0 || what === 1) return `${head(5, 2, 5.5)}M${x + 1.5} ${y + 13}q3.5 -7 7 0z`;
  if (what === 2) return `${head(4, 1.9, 5)}M${x + 0.8} ${y + 13}q3.2 -7 6.4 0z${head(7, 1.2, 8.5)}`;
  if (what === 3) return `M${x + 3.5} ${y + 13}v-3h3v3zM${x + 5} ${y + 10}q-4 -1 -3 -4q3 1 3 4q0 -4 3 -4.500q0 3.500 -3 4.500z`;
  if (what === 4) return `M${x + 3} ${y + 6}l1 -3h2l1 3zM${x + 4.6} ${y + 6}h.8v7h-.8z`;
  if (what === 5) return `M${x + 4.7} ${y}h.6v4h2.500v2h-1v-1.300h-3.600v2.300h-1v-3h2.500z`;
  return `M${x} ${y}h1.800q0 7 -1.800 9zM${x + 10} ${y}h-1.800q0 7 1.800 9z`;
}

const stars = [[14, 44, 1], [38, 20, 1.4], [71, 38, 0.9], [97, 10, 1.3], [132, 30, 1], [158, 14, 0.9], [190, 24, 1.5], [226, 9, 1], [252, 33, 1.2], [284, 14, 0.9], [302, 44, 1], [372, 50, 1.3], [384, 20, 0.9]]
  .map(([x = 0, y = 0, size = 1]) => [x, y, size * 1.5] as const)
  .map(([x, y, r]) => `M${x - r} ${y}q${r} 0 ${r} ${-2 * r}q0 ${2 * r} ${r} ${2 * r}q${-r} 0 ${-r} ${2 * r}q0 ${-2 * r} ${-r} ${-2 * r}z`)
  .join("");

/** The one picture of the product: a street whose lit windows are other people awake. `door`: our own door has its light on. */
export function Street({ seed, lit, label, door }: { seed: number; lit: number; label: string; door?: boolean }) {
  const plan = layStreet(seed, lit);
  const ours = plan.houses.filter(({ x, width }) => x > 150 && x + width < 330)[0] ?? plan.houses[1];
  const lamps = [plan.gaps.find((x) => x > 20 && x < 200) ?? 26, ...plan.gaps.filter((x) => x >= 220).slice(0, 1)];
  const trees = plan.gaps.filter((x) => !lamps.includes(x));
  return (
    <svg viewBox="0 0 390 176" class="block w-full" role="img" aria-label={label}>
      <circle cx="316" cy="92" r="46" class="street-sun" />
      <path class="street-moon" d={`M336 12a13 13 0 1 0 8 22a11 11 0 0 1 -8 -22z${stars}`} />
      {plan.houses.map(({ outline, shade }) => (
        <path key={outline} d={outline} class={`street-house-${shade}`} />
      ))}
      <path class="street-dark" d={plan.dark.map(shape).join("") + plan.houses.filter((house) => house !== ours).map(({ door: x }) => `M${x - 1} ${ground}v-16h12v16z`).join("")} />
      <path class="street-lit street-window" d={plan.lit.map(shape).join("")} />
      <path class="street-in" d={plan.lit.map(inside).join("")} />
      {ours ? <OurDoor x={ours.door} open={door === true} /> : null}
      <path class="street-tree" d={trees.map((x) => `M${x - 1} ${ground}v-26h2v26zM${x - 10} ${ground - 30}a10 13 0 1 1 20 0a10 11 0 1 1 -20 0z`).join("")} />
      {lamps.map((x) => (
        <g key={x}>
          <circle cx={x} cy={ground - 51} r="17" class="street-glow" />
          <path class="street-post" d={`M${x - 1} ${ground}v-46h2v46zM${x - 3} ${ground}v-3h6v3zM${x - 5} ${ground - 46}h10v-1.500h-10zM${x} ${ground - 60}l5 4h-10z`} />
          <path class="street-lit" d={`M${x - 3} ${ground - 47.5}l-1.500 -8h9l-1.500 8z`} />
        </g>
      ))}
      <path class="street-path" d={`M0 ${ground}h390v20h-390z`} />
      {ours && door ? <path class="street-glow" d={`M${ours.door} ${ground}h10l7 16h-24z`} /> : null}
    </svg>
  );
}

function OurDoor({ x, open }: { x: number; open: boolean }) {
  return (
    <>
      <path class={open ? "street-lit" : "street-dark"} d={`M${x - 1} ${ground}v-14a6 6 0 0 1 12 0v14z`} />
      <path class="street-in" d={open ? `M${x + 5} ${ground}v-19h.8v19z` : ""} />
    </>
  );
}

/** The street from edge to edge of a phone, with the sentence that counts its windows below. */
export function StreetBand({ seed, lit, label, door, children }: { seed: number; lit: number; label: string; door?: boolean; children: ComponentChildren }) {
  return (
    <div class="street-band sm:rounded-box -mx-5 mt-4 overflow-hidden sm:mx-0">
      <Street seed={seed} lit={lit} label={label} door={door === true} />
      <p class="bg-base-300 relative -mt-px px-5 pt-1 pb-4 text-base">{children}</p>
    </div>
  );
}
