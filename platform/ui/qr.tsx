import { encode } from "uqr";

/** White around it, without which cameras miss it: four modules (ISO/IEC 18004, 9.1). */
const border = 4;

/** What a camera reads instead of fingers: `text` as a picture, dark on white in either light. `says`: what it is for. */
export function QrCode({ text, says }: { text: string; says: string }) {
  const { data, size } = encode(text, { ecc: "M", border });
  return (
    <svg class="rounded-box w-56 max-w-full" role="img" aria-label={says} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={data.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join("")} />
    </svg>
  );
}

/** Where dark modules begin in a row, and how many stand side by side. */
function runsOf(row: readonly boolean[]): (readonly [x: number, length: number])[] {
  const begins = row.flatMap((dark, x) => (dark && !row[x - 1] ? [x] : []));
  return begins.map((x) => {
    const end = row.indexOf(false, x);
    return [x, (end < 0 ? row.length : end) - x];
  });
}
