import { readForm } from "../../../../platform/http/form.ts";
import type { Room } from "../../../../platform/http/room.ts";
import { handOn } from "../../../../platform/http/step.ts";
import { serviceOf, staffWho } from "../../gates.ts";
import { askByHand } from "../../renewal/asking/commands.ts";
import { dueNow, queueAreas } from "../queries.ts";
import { lettersForm } from "./forms.ts";

/** To how many owners the last act wrote, as it was handed on. */
export const lettersSaid = (said: string | undefined): number | undefined => (said?.startsWith("letters.") ? Number(said.slice("letters.".length)) : undefined);

/** A coordinator has owners asked, instead of calling each: one of them from its call sheet, or all who may be asked of her queue. */
export function letterRoutes(room: Room): void {
  const { house } = room;

  room.post("/tend/letters", staffWho("tendListings"), async (c, scope) => {
    const form = await readForm(c, lettersForm);
    const everywhere = form.ok && form.value.where === "everywhere";
    const due = await dueNow(house.db, scope, everywhere ? [] : await queueAreas(house.db, scope), house.now());
    const asked = await askByHand(house, scope, due.map(({ serviceId }) => serviceId));
    handOn(c, "said", `letters.${[...asked.values()].filter((one) => one === "asked").length}`);
    return c.redirect(everywhere ? "/tend/everywhere" : "/tend", 303);
  });

  room.post("/tend/:serviceId/letter", staffWho("tendListings"), async (c, scope) => {
    const id = serviceOf(c);
    const asked = id && (await askByHand(house, scope, [id])).get(id);
    if (!asked) return c.notFound();
    handOn(c, "said", asked);
    return c.redirect(`/tend/${id}`, 303);
  });
}
