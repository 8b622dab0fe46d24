import { keyOf, readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { memberWho } from "../gates.ts";
import { agreeToShare, takeBackSharing } from "./commands.ts";
import { shareForm } from "./forms.ts";
import { sentenceOf } from "./in-words/rules.ts";
import { consentsOf } from "./queries.ts";
import type { ConsentId } from "./types.ts";
import { ConsentsPage } from "./views/consents.tsx";

type Again = { readonly problems?: Problems; readonly typed?: Typed };
const here = "/community/consents";

/** What she said yes to; a yes to give something of hers away, and its end. */
export function consentRoutes(room: Room): void {
  const { house } = room;

  const page = async (c: Door, scope: MemberScope, again: Again = {}) => {
    const visit = visitOf(c);
    const [consents, zone] = await Promise.all([consentsOf(house.db, scope), zoneFor(house.db, visit)]);
    return show(c, <ConsentsPage {...{ visit, consents, zone, ...again }} formKey={keyOf(again.typed)} assets={house.assets} />, again.problems ? 422 : 200);
  };

  room.get(here, memberWho("changeOwn"), (c, scope) => page(c, scope));

  room.post(here, memberWho("changeOwn"), async (c, scope) => {
    const form = await readForm(c, shareForm, ["what"]);
    if (!form.ok) return page(c, scope, form);
    const { key, ...asked } = form.value;
    await agreeToShare(house, scope, key, sentenceOf(visitOf(c).language, asked));
    return c.redirect(here, 303);
  });

  room.post(`${here}/:consent/end`, memberWho("changeOwn"), async (c, scope) => {
    const id = c.req.param("consent");
    return isId(id) && (await takeBackSharing(house, scope, id as ConsentId)) ? c.redirect(here, 303) : c.notFound();
  });
}
