import { readForm } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { staffWho } from "../../gates.ts";
import { addPhrase, editPhrase, removePhrase } from "./commands.ts";
import { phraseForm } from "./forms.ts";
import { allPhrases, phraseBy } from "./queries.ts";
import { PhrasePage, PhrasesPage } from "./views/phrases.tsx";

/** The phrases of the desks, kept by coordinators. */
export function phraseRoutes(room: Room): void {
  const { house } = room;
  const editors = staffWho("editPhrases");
  const phraseOf = (c: Door, scope: StaffScope) => phraseBy(house.db, scope, c.req.param("phraseId") ?? "");

  room.get("/phrases", editors, async (c, scope) => show(c, <PhrasesPage staffed={staffedOf(c, house, scope)} phrases={await allPhrases(house.db, scope)} />));

  room.post("/phrases", editors, async (c, scope) => {
    const form = await readForm(c, phraseForm);
    if (!form.ok) return show(c, <PhrasesPage staffed={staffedOf(c, house, scope)} phrases={await allPhrases(house.db, scope)} {...form} />, 422);
    await addPhrase(house, scope, form.value);
    return c.redirect("/phrases", 303);
  });

  room.get("/phrases/:phraseId", editors, async (c, scope) => {
    const phrase = await phraseOf(c, scope);
    return phrase ? show(c, <PhrasePage staffed={staffedOf(c, house, scope)} phrase={phrase} />) : c.notFound();
  });

  room.post("/phrases/:phraseId", editors, async (c, scope) => {
    const phrase = await phraseOf(c, scope);
    if (!phrase) return c.notFound();
    const form = await readForm(c, phraseForm);
    if (!form.ok) return show(c, <PhrasePage staffed={staffedOf(c, house, scope)} phrase={phrase} {...form} />, 422);
    await editPhrase(house, scope, phrase.id, form.value);
    return c.redirect("/phrases", 303);
  });

  room.post("/phrases/:phraseId/remove", editors, async (c, scope) => {
    const phrase = await phraseOf(c, scope);
    if (!phrase) return c.notFound();
    await removePhrase(house, scope, phrase.id);
    return c.redirect("/phrases", 303);
  });
}
