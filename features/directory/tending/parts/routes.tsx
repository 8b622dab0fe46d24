import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../../platform/http/step.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import type { Language, Values } from "../../../../platform/i18n/words.ts";
import { endPart, namePart, type PartRefusal } from "../../areas/parts/commands.ts";
import { partsNow } from "../../areas/parts/queries.ts";
import { allAreas, areaCounts } from "../../areas/queries.ts";
import { areaName } from "../../areas/rules.ts";
import { staffWho } from "../../gates.ts";
import { queueAreas } from "../queries.ts";
import { endPartForm, partForm } from "./forms.ts";
import { Parts } from "./views/parts.tsx";

type Again = { readonly problems: Problems; readonly typed: Typed; /** What the sentences speak of. */ readonly of?: Values };

/** A coordinator divides a region into parts by postal code, and ends one again. */
export function partRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;

  const parts = async (c: Door, scope: StaffScope, again?: Again) => {
    const [standing, areas, counts, own] = await Promise.all([partsNow(db), allAreas(db), areaCounts(db, house.now()), queueAreas(db, scope)]);
    const said = again ? undefined : (["named", "ended"] as const).find((one) => one === handedOnce(c, "said"));
    return show(c, <Parts {...{ areas, counts, own, said, ...again }} parts={standing} staffed={staffedOf(c, house, scope)} />, again ? 422 : 200);
  };

  room.get("/tend/areas/parts", staffWho("giveSeats"), (c, scope) => parts(c, scope));
  room.post("/tend/areas/parts", staffWho("giveSeats"), async (c, scope) => {
    const form = await readForm(c, partForm);
    if (!form.ok) return parts(c, scope, form);
    const { region, nameEn, nameEs, prefixes } = form.value;
    const refusal = await namePart(house, scope, { region, called: { en: nameEn, es: nameEs }, prefixes });
    if (refusal) return parts(c, scope, { problems: { [fieldOf[refusal.refused]]: refusal.refused }, typed: form.typed, of: spokenOf(refusal, region, staffedOf(c, house, scope).visit.language) });
    handOn(c, "said", "named");
    return c.redirect("/tend/areas/parts", 303);
  });
  room.post("/tend/areas/parts/end", staffWho("giveSeats"), async (c, scope) => {
    const form = await readForm(c, endPartForm);
    if (!form.ok || !(await endPart(house, scope, form.value.area))) return c.notFound();
    handOn(c, "said", "ended");
    return c.redirect("/tend/areas/parts", 303);
  });
}

const fieldOf = { partRegionUnknown: "region", partNoCodes: "region", partNameTaken: "nameEn", partOverlaps: "prefixes", partUnknownCode: "prefixes" } as const satisfies Record<PartRefusal["refused"], string>;

const spokenOf = (refusal: PartRefusal, region: string, language: Language): Values => ({
  region: areaName(region, language),
  ...("prefix" in refusal ? { prefix: refusal.prefix } : {}),
  ...("of" in refusal ? { name: refusal.of.called[language] } : {}),
});
