import { handed, handOn } from "../../../platform/http/step.ts";
import { keyOf, readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { memberAt } from "../../../platform/http/member-gates.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow, zoneFor } from "../../network/queries.ts";
import { careCardFor } from "../../safety/queries.ts";
import { memberWho } from "../gates.ts";
import { say } from "../words.ts";
import { joinCommunity } from "./commands.ts";
import { joinForm } from "./forms.ts";
import { freeNames } from "./queries.ts";
import type { Accounts } from "./types.ts";
import { AboutCommunity } from "./views/about.tsx";
import { Join } from "./views/join.tsx";
import { KeyPage } from "./views/key.tsx";
import { Younger } from "./views/younger.tsx";

const namesOffered = 3;
/** Long enough to write six words down; then they are with nobody but her. */
const keySeconds = 30 * 60;

/** What the community is, and a place in it. */
export function joiningRoutes(room: Room, accounts: Accounts): void {
  const { house } = room;
  const { assets } = house;

  room.get("/community", anyone, async (c) => {
    const member = await memberAt(c, house);
    if (member?.roles.has("member") || member?.roles.has("moderator")) return c.redirect("/community/spaces", 303);
    const visit = visitOf(c);
    return show(c, <AboutCommunity {...{ visit, assets }} care={careCardFor(visit.language, visit.country)} />);
  });

  const page = async (c: Door, problems: Problems = {}, typed?: Typed) => {
    const visit = visitOf(c);
    const [names, network] = await Promise.all([freeNames(house.db, visit.language, namesOffered), networkNow(house.db)]);
    return show(c, <Join {...{ visit, assets, names, problems, typed }} leastAge={network?.leastAge} formKey={keyOf(typed)} />, Object.keys(problems).length > 0 ? 422 : 200);
  };

  room.get("/community/join", anyone, (c) => page(c));

  room.post("/community/join", anyone, async (c) => {
    const leastAge = (await networkNow(house.db))?.leastAge;
    const form = await readForm(c, joinForm(leastAge !== undefined));
    if (leastAge !== undefined && typedText(form.typed, "age") === "young") return c.redirect("/community/younger", 303);
    if (!form.ok) return page(c, form.problems, form.typed);
    if (await limitsOf(house).tooManySeats(c)) return page(c, { handle: "joinTooMany" }, form.typed);
    const [visit, { value }] = [visitOf(c), form];
    const t = say(visit.language);
    const consents = [{ kind: "rules", wording: t("agreeRules") }, { kind: "collect", wording: t("agreeCollect") }] as const;
    const joined = await joinCommunity(house, accounts, { ...value, consents, zone: await zoneFor(house.db, visit), userAgent: c.req.header("user-agent") });
    if ("refused" in joined) return page(c, { handle: joined.refused }, form.typed);
    accounts.beginSession(c, joined.token, value.shared);
    handOn(c, "codes", `${joined.key.name}.${joined.key.words.replaceAll(" ", "-")}`, keySeconds);
    return c.redirect("/community/key", 303);
  });

  room.get("/community/younger", anyone, async (c) => {
    const [visit, network] = [visitOf(c), await networkNow(house.db)];
    return network?.leastAge === undefined ? c.redirect("/community", 303) : show(c, <Younger {...{ visit, assets }} leastAge={network.leastAge} care={careCardFor(visit.language, visit.country)} />);
  });

  room.get("/community/key", memberWho("seeSpaces"), (c) => {
    const [, name, words] = /^(.+)\.([^.]+)$/.exec(handed(c, "codes") ?? "") ?? [];
    if (!name || !words) return c.redirect("/community/spaces", 303);
    return show(c, <KeyPage visit={visitOf(c)} assets={assets} name={name} words={words.replaceAll("-", " ")} />);
  });
}
