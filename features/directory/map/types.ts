/** Where a point of the earth lies on a drawing, in its units. */
export type Spot = readonly [x: number, y: number];

/** One region or country as a phone can draw it: Mercator, so that placing a point needs four numbers and no library. */
export type RegionMap = {
  readonly area: string;
  readonly width: number;
  readonly height: number;
  /** SVG paths: the land, and the lines inside it. */
  readonly land: string;
  readonly lines: string;
  /** Units a radian, the longitude in the middle (degrees), and where the middle of the world would be. */
  readonly scale: number;
  readonly middle: number;
  readonly left: number;
  readonly top: number;
};

/** A drawing of many areas, to be coloured by what is known of each. */
export type AreasMap = {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly { readonly id: string; readonly path: string }[];
  /** Borders between them, as one path. */
  readonly borders: string;
  /** Boxes around what is drawn apart: Alaska's and Hawaii's are the projection's own, the five island territories have one each. */
  readonly insets: readonly { readonly id: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
};

/** Several dots that would cover each other are one. */
export type Dot = { readonly x: number; readonly y: number; readonly count: number; readonly label: string };

/** The part of a map that is shown. */
export type Window = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
