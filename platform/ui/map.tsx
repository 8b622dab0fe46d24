import type { ComponentChildren } from "preact";

/*
 * Drawn maps: no tiles, nobody asked. Each says in words what it shows. These run on her phone too.
 */

export type Window = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type DotShown = { readonly x: number; readonly y: number; readonly count: number; readonly label: string };

type RegionDrawingProps = {
  land: string;
  lines: string;
  window: Window;
  dots: readonly DotShown[];
  /** Where she looks from. */
  you?: { readonly x: number; readonly y: number; readonly label: string } | undefined;
  /** All of it in words. */
  says: string;
};

/** One region with dots in it. Sizes are parts of what is shown, so that a dot is as large on a zoomed map as on a whole one. */
export function RegionDrawing({ land, lines, window: { x, y, width, height }, dots, you, says }: RegionDrawingProps) {
  const unit = width / 100;
  return (
    <figure class="space-y-2">
      <svg class="map num" role="img" aria-label={says} viewBox={[x, y, width, height].map(Math.round).join(" ")} font-size={(unit * 4.2).toFixed(1)}>
        <path class="map-land" d={land} />
        {lines ? <path class="map-lines" d={lines} /> : null}
        {you ? <circle class="map-you" cx={you.x.toFixed(1)} cy={you.y.toFixed(1)} r={(unit * 3.4).toFixed(1)} /> : null}
        {dots.map((dot) => (
          <Dot key={`${dot.x} ${dot.y}`} {...dot} unit={unit} />
        ))}
      </svg>
      <figcaption class="soft num text-base">{says}</figcaption>
    </figure>
  );
}

function Dot({ x, y, count, label, unit }: DotShown & { unit: number }) {
  const radius = unit * (count > 1 ? 3 : 1.8);
  return (
    <g>
      <circle class="map-dot" cx={x.toFixed(1)} cy={y.toFixed(1)} r={radius.toFixed(1)} />
      {count > 1 ? (
        <text class="map-count" x={x.toFixed(1)} y={(y + unit * 1.5).toFixed(1)}>
          {count}
        </text>
      ) : null}
      {label ? (
        <text class="map-label" x={x.toFixed(1)} y={(y - radius - unit * 1.4).toFixed(1)}>
          {label}
        </text>
      ) : null}
    </g>
  );
}

/** What a shade means, beside its name. */
export const Shade = ({ shade, children }: { shade: AreaShown["shade"]; children: ComponentChildren }) => (
  <p class="num flex items-center gap-3">
    <svg class="map border-base-content size-6 shrink-0 border" aria-hidden="true" viewBox="0 0 24 24">
      <rect class={`map-shade-${shade}`} width="24" height="24" />
    </svg>
    <span>{children}</span>
  </p>
);

export type AreaShown = { readonly id: string; readonly path: string; /** How light it is, from nothing to all of it confirmed. */ readonly shade: 0 | 1 | 2 | 3; readonly label: string };

/** Many areas, each shaded by what is known of it. The same must stand beside it as a list. */
export function AreasDrawing({ width, height, areas, borders, boxes, says }: { width: number; height: number; areas: readonly AreaShown[]; borders: string; boxes: readonly Window[]; says: string }) {
  return (
    <figure>
      <svg class="map" role="img" aria-label={says} viewBox={`0 0 ${width} ${height}`}>
        {boxes.map((box) => (
          <rect key={`${box.x} ${box.y}`} class="map-box" x={box.x} y={box.y} width={box.width} height={box.height} rx="12" />
        ))}
        {areas.map(({ id, path, shade, label }) => (
          <path key={id} class={`map-shade-${shade}`} d={path}>
            <title>{label}</title>
          </path>
        ))}
        {borders ? <path class="map-lines" d={borders} /> : null}
      </svg>
    </figure>
  );
}
