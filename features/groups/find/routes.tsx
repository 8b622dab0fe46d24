import { networkNow, zoneFor } from "../../network/queries.ts";
import { readForm } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { keysHeld } from "../gates.ts";
import { eventJsonLd } from "../feeds/json-ld/rules.ts";
import { groupKinds, seriesOf } from "../queries.ts";
import { keptMinutes } from "../seats/rules.ts";
import { facilitatorsNow } from "../series/queries.ts";
import type { SeriesId } from "../types.ts";
import { soughtForm } from "./forms.ts";
import { meetingsToJoin, nextOf } from "./queries.ts";
import { anything, type Sought } from "./types.ts";
import { Group } from "./views/group.tsx";
import { List } from "./views/list.tsx";

/** A week at a time, and what one page can bear. */
const daysShown = 7;
const mostShown = 40;

/** What meets this week, and one group. */
export function findRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  const list = async (c: Door, sought: Sought, from: number) => {
    const visit = visitOf(c);
    const [zone, now] = [await zoneFor(house.db, visit), house.now()];
    // What began a quarter of an hour ago can still be joined.
    const first = from === 0 ? now.subtract({ minutes: keptMinutes }) : now.toZonedDateTimeISO(zone).startOfDay().add({ days: from }).toInstant();
    const to = now.toZonedDateTimeISO(zone).startOfDay().add({ days: from + daysShown }).toInstant();
    const [kinds, found] = await Promise.all([groupKinds(house.db), meetingsToJoin(house.db, sought, { from: first, to, zone, most: mostShown })]);
    return show(c, <List {...{ visit, assets, kinds, sought, found, from, daysShown, zone, now }} seats={keysHeld(c).length > 0} />);
  };

  room.get("/groups", anyone, (c) => list(c, anything, 0));

  room.post("/groups", anyone, async (c) => {
    const form = await readForm(c, soughtForm);
    return form.ok ? list(c, form.value.sought, form.value.from) : list(c, anything, 0);
  });

  room.get("/groups/:series", anyone, async (c) => {
    const id = c.req.param("series");
    const [series] = isId(id) ? await seriesOf(house.db, { ids: [id as SeriesId] }) : [];
    if (!series?.approvedAt) return c.notFound();
    const visit = visitOf(c);
    const [zone, now] = [await zoneFor(house.db, visit), house.now()];
    const [meetings, network, staff] = await Promise.all([nextOf(house.db, series.id, now), networkNow(house.db), facilitatorsNow(house.db, now)]);
    const names = series.facilitators.filter(({ id: one }) => staff.some((each) => each.id === one && each.trainedOn)).map(({ name }) => name);
    const linkedData = meetings.length === 0 ? undefined : meetings.map((meeting) => eventJsonLd(meeting, publicUrl(house), network?.name ?? "Small Hours"));
    return show(c, <Group {...{ visit, assets, series, meetings, zone, now, linkedData, names }} />);
  });
}
