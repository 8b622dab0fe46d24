import { isId } from "../../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { ModeratorScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { visitOf } from "../../../../platform/http/visit.ts";
import { deskOf, ofTheCommunity } from "../../gates.ts";
import type { CaseId } from "../../types.ts";
import { isRefusal, type Refusal } from "../types.ts";
import { answerLook, askToLook, reviewLook } from "./commands.ts";
import { lookForm, yesForm } from "./forms.ts";
import { looksAt } from "./queries.ts";
import { LooksAtMine } from "./views/at-mine.tsx";

type Shown = { readonly refused?: Refusal["refused"]; readonly problems?: Problems; readonly typed?: Typed };

/** Looks at what is private; `page` shows the case that they are asked for on. And each member's own list of them. */
export function lookRoutes(room: Room, page: (c: Door, scope: ModeratorScope, status: number, shown: Shown) => Response | Promise<Response>): void {
  const { house } = room;
  const one = "/safety/cases/:case/looks";

  room.post(one, deskOf("look"), async (c, scope) => {
    const id = c.req.param("case");
    const form = await readForm(c, lookForm);
    if (!form.ok) return page(c, scope, 422, form);
    const { what, lookReason: reason, lookNote: note, how } = form.value;
    const made = isId(id) ? await askToLook(house, scope, id as CaseId, { what, reason, note, alone: how === "alone" }) : undefined;
    if (made === undefined) return c.notFound();
    return isRefusal(made) ? page(c, scope, 409, { ...made, typed: form.typed }) : c.redirect(`/safety/cases/${id}`, 303);
  });

  const answers = [["answer", answerLook], ["review", reviewLook]] as const;
  for (const [path, command] of answers)
    room.post(`${one}/:look/${path}`, deskOf("answerLook"), async (c, scope) => {
      const [id, look] = [c.req.param("case"), c.req.param("look")];
      const form = await readForm(c, yesForm);
      const made = isId(id) && isId(look) && form.ok ? await command(house, scope, id as CaseId, look, form.value.yes === "yes") : undefined;
      if (made === undefined) return c.notFound();
      return isRefusal(made) ? page(c, scope, 409, made) : c.redirect(`/safety/cases/${id}`, 303);
    });

  room.get("/safety/looks", ofTheCommunity, async (c, { member }) =>
    show(c, <LooksAtMine visit={visitOf(c)} assets={house.assets} zone={member.zone} looks={await looksAt(house.db, house.keys, member.memberId)} />),
  );
}
