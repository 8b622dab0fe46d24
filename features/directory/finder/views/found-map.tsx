import { Region } from "../../map/views/region.tsx";
import { inTowns } from "../../map/rules.ts";
import type { RegionMap } from "../../map/types.ts";
import type { Speech } from "../in-words/rules.ts";
import type { Answer } from "../types.ts";

/** Where those that were found near her are; everything on it stands in the list too. */
export function FoundMap({ answer: { near, spot }, map, speech }: { answer: Answer; map: RegionMap | undefined; speech: Speech }) {
  const places = (near?.found ?? []).flatMap(({ listing: { at, card } }) => (at ? [{ at, town: card.city ?? "" }] : []));
  if (!map || !spot || places.length === 0) return null;
  const towns = inTowns(places.map(({ town }) => town)).slice(0, 8).map(([town, count]) => `${town} ${count}`);
  return <Region map={map} places={places} from={spot.at} says={speech.t("cardMapSays", { towns: towns.join(", ") })} />;
}
