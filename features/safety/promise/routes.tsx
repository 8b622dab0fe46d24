import { anyone, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { careCardFor, signalFigures } from "../queries.ts";
import { PromisePage } from "./views/promise.tsx";

/** What happens when words sound like danger, and how often the program that looks for them is wrong. */
export function promiseRoutes(room: Room): void {
  room.get("/safety/promise", anyone, (c) => {
    const visit = visitOf(c);
    return show(c, <PromisePage visit={visit} assets={room.house.assets} care={careCardFor(visit.language, visit.country)} figures={signalFigures} />);
  });
}
