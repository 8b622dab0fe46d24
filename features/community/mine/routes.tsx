import { readForm } from "../../../platform/http/form.ts";
import type { Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { throwAway } from "../drafts/commands.ts";
import { dropForm } from "../drafts/forms.ts";
import { draftsOf } from "../drafts/queries.ts";
import { newsFor } from "../following/queries.ts";
import { memberWho } from "../gates.ts";
import { tellingOf } from "../news/queries.ts";
import { setUnfolds } from "./commands.ts";
import { unfoldsForm } from "./forms.ts";
import { allOf, unfoldsOf } from "./queries.ts";
import { MinePage } from "./views/mine.tsx";

/** What is hers in the community: all that she wrote, and how she wants to read. */
export function mineRoutes(room: Room): void {
  const { house } = room;

  room.get("/community/mine", memberWho("changeOwn"), async (c, scope) => {
    const visit = visitOf(c);
    const [telling, news, drafts, posts, unfolds, zone] = await Promise.all([tellingOf(house, scope), newsFor(house.db, house.keys, scope), draftsOf(house.db, house.keys, scope, visit.language), allOf(house.db, house.keys, scope), unfoldsOf(house.db, scope), zoneFor(house.db, visit)]);
    return show(c, <MinePage {...{ visit, telling, news, drafts, posts, unfolds, zone }} now={house.now()} pushKey={house.delivery.push.publicKey} assets={house.assets} name={scope.member.name} />);
  });

  room.post("/community/mine/drafts", memberWho("changeOwn"), async (c, scope) => {
    const form = await readForm(c, dropForm);
    if (form.ok) await throwAway(house, scope, form.value.place);
    return c.redirect("/community/mine", 303);
  });

  room.post("/community/mine/unfolds", memberWho("changeOwn"), async (c, scope) => {
    const form = await readForm(c, unfoldsForm, ["unfolds"]);
    if (form.ok) await setUnfolds(house, scope, form.value.unfolds);
    return c.redirect("/community/mine", 303);
  });
}
