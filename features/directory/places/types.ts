import type { Point } from "../types.ts";

/** The postal codes of one country, sorted, each with its region and its point to a hundredth of a degree. */
export type Postcodes = {
  readonly codes: readonly string[];
  /** One a code: 'TX' in the United States, a name elsewhere. */
  readonly regions: readonly string[];
  /** Latitude and longitude of each code, in turn, in hundredths of a degree. */
  readonly points: Int16Array;
};

/** One postal code before packing; latitude and longitude in degrees. */
export type PostcodeRow = { readonly code: string; readonly region: string } & Point;

export type Town = {
  readonly name: string;
  readonly country: string;
  /** Short, to show beside the name: 'TX' in the United States, the region's name elsewhere. */
  readonly region: string;
  readonly at: Point;
  /** 0 where nobody counted; each step is twice as many people, 1 from a thousand. */
  readonly size: number;
};

/** A town before packing. */
export type TownRow = { readonly name: string; readonly region: string; readonly size: number } & Point;

/** A town with the folded names that find it. */
export type FindableTown = Town & { readonly find: string; readonly regionFind: string };

/** Where a searcher is, as near as we want to know it. */
export type Place = { readonly at: Point; readonly region: string };
