import { isId } from "../../../platform/http/ids.ts";
import { readForm, typedText, type Typed } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { readerWho, type ReaderScope } from "../gates.ts";
import { wordsOf } from "../hiding/queries.ts";
import { unfoldsOf } from "../mine/queries.ts";
import { spaceFor } from "../spaces/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { Space, SpaceId } from "../types.ts";
import type { CommunityKey } from "../words.ts";
import { searchForm } from "./forms.ts";
import { foundIn, foundOnPage } from "./queries.ts";
import { wantedOf } from "./rules.ts";
import { SearchPage } from "./views/search.tsx";

/** Looking for words in one space. They are posted, so that they stand in no address, no history and no log. */
export function searchRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;
  const limits = limitsOf(house);

  const spaceOf = async (c: Door, scope: ReaderScope): Promise<Space | undefined> => {
    const id = c.req.param("space");
    const space = isId(id) ? await spaceFor(house.db, scope, house.now(), id as SpaceId) : undefined;
    return space && scope.as === "member" && !isOpenTo(space) ? undefined : space;
  };
  const asked = (c: Door, space: Space, problem?: CommunityKey, typed?: Typed) => show(c, <SearchPage visit={visitOf(c)} {...{ assets, space, problem }} typed={typedText(typed, "words")} />, problem ? 422 : 200);

  room.get("/community/spaces/:space/search", readerWho("readTopics"), async (c, scope) => {
    const space = await spaceOf(c, scope);
    return space ? asked(c, space) : c.notFound();
  });

  room.post("/community/spaces/:space/search", readerWho("readTopics"), async (c, scope) => {
    const space = await spaceOf(c, scope);
    if (!space) return c.notFound();
    const form = await readForm(c, searchForm);
    if (!form.ok) return asked(c, space, "findLong", form.typed);
    const wanted = wantedOf(form.value.words);
    if (wanted.length === 0) return asked(c, space, "findMissing", form.typed);
    if (await limits.tooManyActs(`search ${scope.member.memberId}`)) return asked(c, space, "findFast", form.typed);
    const visit = visitOf(c);
    const [found, zone, unfolds, muted] = await Promise.all([foundIn(house.db, scope, space.id, wanted, form.value.before), zoneFor(house.db, visit), unfoldsOf(house.db, scope), scope.as === "member" ? wordsOf(house.db, house.keys, scope) : new Map<string, string>()]);
    const next = found.length > foundOnPage ? found[foundOnPage - 1]?.seq : undefined;
    return show(c, <SearchPage {...{ visit, assets, space }} typed={form.value.words} found={{ posts: found.slice(0, foundOnPage), wanted, next, zone, unfolds, muted: [...muted.values()] }} />);
  });
}
