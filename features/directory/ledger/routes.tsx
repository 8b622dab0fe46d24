import type { Gate, Room } from "../../../platform/http/room.ts";
import { visitorScope, type VisitorScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { admitted } from "../policy.ts";
import { ledgerNow } from "./queries.ts";
import { isLate, openLedger } from "./rules.ts";
import { Ledger } from "./views/ledger.tsx";

/** How true the directory is: for everybody, as a page and as data. */
export function ledgerRoutes(room: Room): void {
  const { house } = room;
  const reader: Gate<VisitorScope> = { admits: admitted("readLedger"), open: visitorScope };

  room.get("/freshness", reader, async (c) => {
    const [ledger, network] = [await ledgerNow(house.db), await networkNow(house.db)];
    return show(c, <Ledger visit={visitOf(c)} assets={house.assets} ledger={ledger} zone={network?.zone ?? "UTC"} late={ledger !== undefined && isLate(ledger, house.now())} />);
  });

  room.get("/freshness.json", reader, async (c) => {
    const ledger = await ledgerNow(house.db);
    return c.json(ledger ? openLedger(ledger) : { day: null }, 200, { "access-control-allow-origin": "*", "cache-control": "public, max-age=600", "x-content-type-options": "nosniff" });
  });
}
