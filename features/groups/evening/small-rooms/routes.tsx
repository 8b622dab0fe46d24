import { readForm } from "../../../../platform/http/form.ts";
import type { Room } from "../../../../platform/http/room.ts";
import type { SeatId } from "../../types.ts";
import type { Acts } from "../types.ts";
import { backToGroup, bringAllBack, leaveSmallRoom, putInRoom, splitEvenly, visitRoom } from "./commands.ts";
import { putForm, splitForm, visitForm } from "./forms.ts";

/** The room split into small ones, and together again. */
export function smallRoomRoutes({ house }: Room, { leader, seat }: Acts): void {
  leader("small-rooms", async (c, id) => {
    const form = await readForm(c, splitForm);
    if (form.ok) await splitEvenly(house, id, form.value.rooms);
  });
  leader("small-rooms/put", async (c, id) => {
    const form = await readForm(c, putForm);
    if (!form.ok) return;
    const whom = form.value.seat as SeatId;
    await (form.value.room === 0 ? backToGroup(house, id, whom) : putInRoom(house, id, whom, form.value.room));
  });
  leader("small-rooms/visit", async (c, id, scope) => {
    const form = await readForm(c, visitForm);
    if (form.ok) await visitRoom(house, scope, id, form.value.room || undefined);
  });
  leader("small-rooms/end", (_c, id) => bringAllBack(house, id));

  seat("small-room/leave", (_c, scope) => leaveSmallRoom(house, scope));
}
