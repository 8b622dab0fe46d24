import { expect, it } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { seatScope } from "../../platform/http/scope.ts";
import type { Visit } from "../../platform/http/visit.ts";
import type { Stream } from "../../platform/live/hub.ts";
import { makeSignedIn } from "../accounts/factory.ts";
import { makeNetwork } from "../network/factory.ts";
import { admit, comeToLobby, openRoom, removeGuest, showLeader, writeLine } from "./evening/commands.ts";
import { readCaptions } from "./evening/captions/commands.ts";
import { topicOf } from "./events.ts";
import { aSeat, makeGroup, nextSession } from "./factory.ts";
import { groupRefresh, seatLens } from "./live.tsx";
import type { SeatId } from "./types.ts";

const house = await openTestHouse();
await makeNetwork(house);

it("a page that was open when its seat went shows nothing of the evening, and no other seat's id stands in anybody's", async () => {
  const staff = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
  const [noor] = staff;
  if (!noor) throw new Error("Nobody leads.");
  for (const { id } of staff) await house.db.insertInto("facilitator_trainings").values({ member_id: id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();
  const session = await nextSession(house, await makeGroup(house, { ledBy: staff.map(({ id }) => id) }));
  const seats = [];
  for (const alias of ["River", "Kettle"]) {
    const saved = await aSeat(house, session.id, { alias });
    if ("refused" in saved) throw new Error(saved.refused);
    seats.push(seatScope(saved.seatId, session.id));
  }
  const [river, kettle] = seats;
  if (!river || !kettle) throw new Error("Nobody came.");
  house.setClock(session.starts);
  for (const { scope } of staff) await showLeader(house, scope, session.id);
  await openRoom(house, noor.scope, session.id);
  for (const one of seats) await comeToLobby(house, one);
  await admit(house, session.id, "all");
  const write = (words: string) => writeLine(house, session.id, { seat: kettle }, { words, key: crypto.randomUUID(), to: "group" as const });
  const visit = { language: "en" } as Visit;
  const look = async (page: "seat" | "lobby" | "room") => {
    const sent: string[] = [];
    const stream: Stream = { lens: seatLens(page, river, visit, "UTC"), seen: 0, send: (frames) => void sent.push(frames) };
    await groupRefresh(house)(topicOf(session.id), new Set([stream]));
    return sent.join("");
  };
  await write("I slept two hours.");
  const before = await look("room");
  expect([before.includes("I slept two hours."), before.includes("Kettle"), before.includes(kettle.seatId)]).toEqual([true, true, false]);
  await writeLine(house, session.id, { leader: noor.scope }, { words: "Good evening, everybody.", key: crypto.randomUUID(), to: "captions" });
  expect(await look("room"), "captions come to who turned them on").not.toContain("Good evening");
  await readCaptions(house, river, true);
  const captioned = await look("room");
  expect(captioned).toContain("Good evening, everybody.");
  expect(captioned).toContain("Written by a person");
  await removeGuest(house, noor.scope, session.id, river.seatId as SeatId);
  await write("She is gone.");
  for (const page of ["lobby", "room"] as const) {
    const after = await look(page);
    expect(after, page).toContain(page === "lobby" ? "This seat is no longer yours" : "A facilitator asked you to leave this meeting");
    expect(after, page).not.toMatch(/Good evening|I slept|She is gone|Kettle|Noor|The door is open/);
  }
  expect(await look("seat")).toContain("A facilitator asked you to leave this meeting");
});
