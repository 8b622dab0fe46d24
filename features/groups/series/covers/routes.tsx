import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { handOn } from "../../../../platform/http/step.ts";
import { sessionAt, staffWho } from "../gates.ts";
import type { SeriesKey } from "../words.ts";
import { sayAbsent, sayPresent, takeCover } from "./commands.ts";

/** Shows the evenings again, with why something did not go. */
export type EveningsAgain = (c: Door, scope: StaffScope, refused: SeriesKey) => Promise<Response>;

/** Who can't that day, who can after all, and who takes it. */
export function coverRoutes(room: Room, again: EveningsAgain): void {
  const { house } = room;
  const acts = { absent: sayAbsent, present: sayPresent, cover: takeCover };
  for (const [what, does] of Object.entries(acts))
    room.post(`/evenings/:session/${what}`, staffWho("leadSession"), async (c, scope) => {
      const id = sessionAt(c);
      const refusal = id ? await does(house, scope, id) : ({ refused: "notHere" } as const);
      if (refusal?.refused === "notHere") return c.notFound();
      if (refusal) return again(c, scope, `refused_${refusal.refused}`);
      handOn(c, "said", `groups_${what}`);
      return c.redirect("/evenings", 303);
    });
}
