import type { Reader } from "../../../platform/db/database.ts";
import { allLines } from "../../safety/queries.ts";
import type { Standing, Standings } from "../../safety/types.ts";
import { partsOf } from "../listing/queries.ts";
import { dialOf } from "../phones/rules.ts";
import { lineServiceId } from "./commands.ts";
import { lineAsService, standingOfLine } from "./rules.ts";

/** How each line that came with the program stands in the directory by now. One that was never brought in is not named. */
export async function linesNow(db: Reader): Promise<Standings> {
  const lines = allLines().map((line) => [line, lineServiceId(lineAsService(line, dialOf).key)] as const);
  const { services } = await partsOf(db, lines.map(([, id]) => id));
  const by = new Map(services.map((service) => [service.id, standingOfLine(service)]));
  return new Map(lines.flatMap(([line, id]): [(typeof line), Standing][] => {
    const standing = by.get(id);
    return standing ? [[line, standing]] : [];
  }));
}
