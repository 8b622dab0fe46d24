import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { staff, type Door, type Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkForm } from "../forms.ts";
import { exceptionsFrom, usualHours } from "../hours/queries.ts";
import { countryChoices } from "../../safety/queries.ts";
import { networkNow } from "../queries.ts";
import { addHours, removeException, removeHours, renameNetwork, setException, setPrivacySaid, setRetention } from "./commands.ts";
import { exceptionForm, privacyForm, retentionForm, spanForm } from "./forms.ts";
import { HoursSettings } from "./views/hours.tsx";
import { NetworkSettings } from "./views/network.tsx";
import { PrivacySettings } from "./views/privacy.tsx";
import { RetentionSettings } from "./views/retention.tsx";

const coordinators = staff("coordinator");
type Again = { typed?: Typed; problems?: Problems; refused?: "spanTwice" };

/** What a coordinator decides for the whole network: its name, its hours, how long things are kept. */
export function settingsRoutes(room: Room): void {
  networkSettings(room);
  retentionSettings(room);
  privacySettings(room);
  hoursSettings(room);
}

/** Everything that a settings page needs; undefined before there is a network. */
async function frame({ house }: Room, c: Door, { member }: StaffScope) {
  const network = await networkNow(house.db);
  return network && { visit: visitOf(c), assets: house.assets, roles: member.roles, network };
}

const status = ({ problems, refused }: Again): number => (problems || refused ? 422 : 200);

function networkSettings(room: Room): void {
  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const around = await frame(room, c, scope);
    return around ? show(c, <NetworkSettings {...around} {...again} countries={countryChoices(around.visit.language)} />, status(again)) : c.notFound();
  };
  room.get("/settings", coordinators, (c, scope) => page(c, scope));
  room.post("/settings", coordinators, async (c, scope) => {
    const form = await readForm(c, networkForm, ["languages"]);
    if (!form.ok) return page(c, scope, form);
    await renameNetwork(room.house, scope, form.value);
    return c.redirect("/settings", 303);
  });
}

function retentionSettings(room: Room): void {
  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const around = await frame(room, c, scope);
    return around ? show(c, <RetentionSettings {...around} {...again} />, status(again)) : c.notFound();
  };
  room.get("/settings/retention", coordinators, (c, scope) => page(c, scope));
  room.post("/settings/retention", coordinators, async (c, scope) => {
    const form = await readForm(c, retentionForm);
    if (!form.ok) return page(c, scope, form);
    await setRetention(room.house, scope, form.value);
    return c.redirect("/settings/retention", 303);
  });
}

function privacySettings(room: Room): void {
  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const around = await frame(room, c, scope);
    return around ? show(c, <PrivacySettings {...around} {...again} />, status(again)) : c.notFound();
  };
  room.get("/settings/privacy", coordinators, (c, scope) => page(c, scope));
  room.post("/settings/privacy", coordinators, async (c, scope) => {
    const form = await readForm(c, privacyForm);
    if (!form.ok) return page(c, scope, form);
    await setPrivacySaid(room.house, scope, form.value);
    return c.redirect("/settings/privacy", 303);
  });
}

function hoursSettings(room: Room): void {
  const { house } = room;
  const back = "/settings/hours";
  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const around = await frame(room, c, scope);
    if (!around) return c.notFound();
    const [hours, exceptions] = await Promise.all([usualHours(house.db), exceptionsFrom(house.db, house.now())]);
    return show(c, <HoursSettings {...around} {...again} hours={hours} exceptions={exceptions} now={house.now()} />, status(again));
  };

  room.get(back, coordinators, (c, scope) => page(c, scope));

  room.post(back, coordinators, async (c, scope) => {
    const form = await readForm(c, spanForm, ["days"]);
    if (!form.ok) return page(c, scope, form);
    const refusal = await addHours(house, scope, form.value);
    return refusal ? page(c, scope, { typed: form.typed, ...refusal }) : c.redirect(back, 303);
  });

  room.post("/settings/hours/:id/removal", coordinators, async (c, scope) => {
    const id = c.req.param("id") ?? "";
    const gone = /^[0-9a-f-]{36}$/.test(id) && (await removeHours(house, scope, id));
    return gone ? c.redirect(back, 303) : c.notFound();
  });

  room.post("/settings/exceptions", coordinators, async (c, scope) => {
    const form = await readForm(c, exceptionForm);
    if (!form.ok) return page(c, scope, form);
    await setException(house, scope, form.value);
    return c.redirect(back, 303);
  });

  room.post("/settings/exceptions/:day/removal", coordinators, async (c, scope) => {
    const day = exceptionForm.safeParse({ onDay: c.req.param("day"), closed: "yes" });
    const gone = day.success && (await removeException(house, scope, day.data.onDay));
    return gone ? c.redirect(back, 303) : c.notFound();
  });
}
