import { randomUUID } from "node:crypto";
import { readForm, typedText, type Typed } from "../../../../platform/http/form.ts";
import { isId } from "../../../../platform/http/ids.ts";
import { limitsOf } from "../../../../platform/http/limits.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { SeatScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../../platform/http/step.ts";
import { staffedOf, visitOf } from "../../../../platform/http/visit.ts";
import { careCardFor } from "../../../safety/queries.ts";
import { herSeat } from "../../gates.ts";
import { meetingsOf } from "../../queries.ts";
import { staffWho } from "../../series/gates.ts";
import { ownSeats } from "../../seats/queries.ts";
import { wasThere } from "../../seats/rules.ts";
import { worryForm } from "../forms.ts";
import { say } from "../words.ts";
import { answerReport, openReports, tellWorry } from "./commands.ts";
import { readerOf } from "./queries.ts";
import { Reports } from "./views/reports.tsx";
import { Worry } from "./views/worry.tsx";

/** What was written after an evening by those who lead and those who came: each her own, and what waits for a second reader. */
export function reportRoutes(room: Room): void {
  const { house } = room;
  worryRoutes(room);

  room.get("/evenings/reports", staffWho("readDebriefs"), async (c, scope) => {
    const reports = await openReports(house, scope.here);
    const meetings = await meetingsOf(house.db, { ids: [...new Set(reports.map(({ session }) => session))] });
    return show(c, <Reports {...{ reports, meetings, ...readerOf(scope) }} staffed={staffedOf(c, house, scope)} />);
  });

  room.post("/evenings/reports/:report/read", staffWho("readIncidents"), async (c, scope) => {
    const id = c.req.param("report");
    if (isId(id)) await answerReport(house, scope, id);
    return c.redirect("/evenings/reports", 303);
  });
}

/** Whoever was there says what worried her, while it goes on or after it. */
function worryRoutes(room: Room): void {
  const { house } = room;
  const path = "/seats/:seat/worry";
  const page = async (c: Door, scope: SeatScope, again?: { readonly problem: string; readonly typed: Typed }) => {
    const [seat] = await ownSeats(house.db, [scope]);
    if (!seat || !wasThere(seat)) return c.notFound();
    const visit = visitOf(c);
    const before = typedText(again?.typed, "key");
    return show(c, <Worry {...{ visit, assets: house.assets, seat, ...again }} care={careCardFor(visit.language, visit.country)} noteKey={isId(before) ? before : randomUUID()} kept={handedOnce(c, "said") === "worry"} />, again ? 422 : 200);
  };

  room.get(path, herSeat, (c, scope) => page(c, scope));

  room.post(path, herSeat, async (c, scope) => {
    const [form, t] = [await readForm(c, worryForm), say(visitOf(c).language)];
    const [seat] = await ownSeats(house.db, [scope]);
    if (!seat || !wasThere(seat)) return c.notFound();
    if (!form.ok) return page(c, scope, { problem: t("problemReport"), typed: form.typed });
    if (await limitsOf(house).tooManyMessages(`worry ${scope.seatId}`)) return page(c, scope, { problem: t("worryMany"), typed: form.typed });
    await tellWorry(house, scope, form.value);
    handOn(c, "said", "worry");
    return c.redirect(`/seats/${scope.seatId}/worry`, 303);
  });
}
