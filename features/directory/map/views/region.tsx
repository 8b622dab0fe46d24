import { RegionDrawing } from "../../../../platform/ui/map.tsx";
import type { Point } from "../../types.ts";
import { dotsOf, spotOn, windowOf } from "../rules.ts";
import type { RegionMap } from "../types.ts";

export type OnMap = { readonly at: Point; readonly town: string };

/** Places on the map of their region, as near as holds them all; `from`: where she looks from. `says`: the same in words. */
export function Region({ map, places, from, says }: { map: RegionMap; places: readonly OnMap[]; from: Point | undefined; says: string }) {
  const spots = places.map(({ at, town }) => ({ spot: spotOn(map, at), town }));
  const own = from && spotOn(map, from);
  const window = windowOf(map, [...spots.map(({ spot }) => spot), ...(own ? [own] : [])]);
  return <RegionDrawing land={map.land} lines={map.lines} window={window} dots={dotsOf(spots, window)} you={own && { x: own[0], y: own[1], label: "" }} says={says} />;
}
