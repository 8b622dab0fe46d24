type Window = { x: number; y: number; lit: boolean; someone: boolean };
type Building = { path: string; shade: "a" | "b" | "c"; windows: Window[] };

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

/** Lays out a street 390 wide and 150 high; `lit` windows are lit, in an order that only the seed decides. */
export function layStreet(seed: number, lit: number): Building[] {
  const next = numbersFrom(seed);
  const buildings: Building[] = [];
  const all: Window[] = [];
  for (let x = -6; x < 390; ) {
    const width = 44 + Math.floor(next() * 24);
    const top = 36 + Math.floor(next() * 50);
    const roof = next() < 0.45 ? 20 : 0;
    const windows: Window[] = [];
    for (let y = top + 10; y < 138; y += 20) for (let at = x + 8; at < x + width - 12; at += 17) windows.push({ x: at, y, lit: false, someone: next() < 0.35 });
    const path = roof ? `M${x} ${top}L${x + width / 2} ${top - roof}L${x + width} ${top}V150H${x}Z` : `M${x} ${top}H${x + width}V150H${x}Z`;
    buildings.push({ path, shade: (["a", "b", "c"] as const)[Math.floor(next() * 3)] ?? "a", windows });
    all.push(...windows);
    x += width + 1;
  }
  const seen = all.filter(({ x }) => x >= 0 && x <= 378).map((window) => ({ window, rank: next() }));
  for (const { window } of seen.sort((a, b) => a.rank - b.rank).slice(0, lit)) window.lit = true;
  return buildings;
}

/** The one picture of the product: a street whose lit windows are other parents awake. */
export function Street({ seed, lit, label }: { seed: number; lit: number; label: string }) {
  const at = ({ x, y }: Window) => `M${x} ${y}h9v12h-9z`;
  const buildings = layStreet(seed, lit);
  return (
    <svg viewBox="0 0 390 150" class="block w-full" role="img" aria-label={label}>
      <circle cx="330" cy="22" r="11" class="street-moon" />
      {buildings.map(({ path, shade, windows }) => (
        <g key={path}>
          <path d={path} class={`street-house-${shade}`} />
          <path d={windows.filter(({ lit }) => !lit).map(at).join("")} class="street-dark" />
        </g>
      ))}
      {buildings.flatMap(({ windows }) =>
        windows
          .filter(({ lit }) => lit)
          .map((window) => (
            <g key={`${window.x} ${window.y}`}>
              <rect x={window.x} y={window.y} width="9" height="12" rx="1.5" class="street-lit" />
              {window.someone ? <path d={`M${window.x + 4.5} ${window.y + 4.5}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M${window.x + 1.5} ${window.y + 12}q3-5 6 0z`} class="street-in" /> : null}
            </g>
          )),
      )}
    </svg>
  );
}

/** The street from edge to edge of a phone, with the sentence that counts its windows below. */
export function StreetBand({ seed, lit, label, children }: { seed: number; lit: number; label: string; children: preact.ComponentChildren }) {
  return (
    <div class="-mx-5 mt-4 overflow-hidden sm:rounded-box sm:mx-0">
      <Street seed={seed} lit={lit} label={label} />
      <p class="bg-base-300 px-5 py-3 text-base">{children}</p>
    </div>
  );
}
