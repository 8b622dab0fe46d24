import { randomUUID } from "node:crypto";
import { within } from "../../../platform/db/database.ts";
import { readForm, typedText } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { meetingById } from "../find/queries.ts";
import { withSession, type GroupsScope } from "../series/gates.ts";
import type { SessionId } from "../types.ts";
import { writeToSeats } from "./commands.ts";
import { messageForm } from "./forms.ts";
import { messagesTo } from "./queries.ts";
import { WriteToSeats, type Unsent } from "./views/write.tsx";

/** One message to all seats of a meeting, by those who lead it or a coordinator. */
export function messageRoutes(room: Room): void {
  const { house } = room;
  const idOf = (c: Door) => c.req.param("session") as SessionId;

  const page = async (c: Door, scope: GroupsScope, unsent?: Unsent) => {
    const meeting = await meetingById(house.db, idOf(c));
    if (!meeting) return c.notFound();
    const messages = await messagesTo(within(house.db, scope.here), house.keys, meeting.session.id);
    return show(c, <WriteToSeats {...{ meeting, messages, unsent }} staffed={staffedOf(c, house, scope)} messageKey={randomUUID()} sent={handedOnce(c, "said") === "written"} />, !unsent ? 200 : unsent.problem === "problemWords" ? 422 : 409);
  };

  room.get("/evenings/:session/message", withSession("writeToSeats"), (c, scope) => page(c, scope));

  room.post("/evenings/:session/message", withSession("writeToSeats"), async (c, scope) => {
    const form = await readForm(c, messageForm);
    const typed = typedText(form.typed, "message");
    if (!form.ok) return page(c, scope, { problem: "problemWords", typed });
    const refusal = await writeToSeats(house, scope, idOf(c), { words: form.value.message, key: form.value.key });
    if (refusal) return page(c, scope, { problem: `refused_${refusal.refused}`, typed });
    handOn(c, "said", "written");
    return c.redirect(`/evenings/${idOf(c)}/message`, 303);
  });
}
