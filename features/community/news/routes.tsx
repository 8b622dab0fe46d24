import { isToken } from "../../../platform/crypto/seal.ts";
import { readForm } from "../../../platform/http/form.ts";
import { anyone, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handed, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { memberWho } from "../gates.ts";
import { askForNews, endNews } from "./commands.ts";
import { tellingForm } from "./forms.ts";
import { EndNews } from "./views/end-news.tsx";

/** Being told of what is new, and no more. */
export function newsRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  room.post("/community/mine/news", memberWho("changeOwn"), async (c, scope) => {
    const form = await readForm(c, tellingForm);
    if (form.ok) await askForNews(house, scope, form.value.every);
    return c.redirect("/community/mine#every", 303);
  });

  room.get("/community/news/stop", anyone, (c) => show(c, <EndNews visit={visitOf(c)} assets={assets} done={false} />));

  room.post("/community/news/stop", anyone, async (c) => {
    const token = handed(c, "link");
    if (isToken(token)) await endNews(house, token);
    return show(c, <EndNews visit={visitOf(c)} assets={assets} done={isToken(token)} />);
  });

  // The token leaves the address at once, so that it stands in no history; and since mail programs open links, opening one ends nothing.
  room.get("/community/news/:token/stop", anyone, (c) => {
    const token = c.req.param("token");
    if (isToken(token)) handOn(c, "link", token, 600);
    return c.redirect("/community/news/stop", 303);
  });

  // A mail program's own "unsubscribe" posts here (RFC 8058). It can only end this.
  room.post("/community/news/:token/stop", anyone, async (c) => {
    const token = c.req.param("token");
    if (isToken(token)) await endNews(house, token);
    return c.body(null, 204);
  });
}
