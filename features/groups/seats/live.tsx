import { seatScope, type SeatScope } from "../../../platform/http/scope.ts";
import type { House } from "../../../platform/http/house.ts";
import { fragment } from "../../../platform/http/show.ts";
import type { Visit } from "../../../platform/http/visit.ts";
import { frame, type Refresh } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { meetingById } from "../find/queries.ts";
import type { SessionId } from "../types.ts";
import { ownSeats } from "./queries.ts";
import { SeatNow } from "./views/seat.tsx";

type Lens = { readonly seatId: string; readonly sessionId: string; readonly visit: Visit; readonly zone: string };

/** One lens a seat: no two look alike. */
export const seatLens = ({ seatId, sessionId }: SeatScope, visit: Visit, zone: string): string => JSON.stringify({ seatId, sessionId, visit, zone } satisfies Lens);

/** How her seat stands, again, on every page of it that is open. */
export const seatRefresh =
  (house: House): Refresh =>
  async (_topic, streams) => {
    const lenses = new Map([...streams].map((stream) => [stream.lens, JSON.parse(stream.lens) as Lens]));
    const [first] = lenses.values();
    if (!first) return;
    const meeting = await meetingById(house.db, first.sessionId as SessionId);
    const seats = await ownSeats(house.db, [...lenses.values()].map(({ seatId, sessionId }) => seatScope(seatId, sessionId)));
    for (const stream of streams) {
      const lens = lenses.get(stream.lens);
      const seat = seats.find(({ id }) => id === lens?.seatId);
      if (!lens || !seat || !meeting) continue;
      stream.send(
        frame(
          fragment(
            <StreamAct action="replace" target="seat">
              <SeatNow visit={lens.visit} seat={seat} meeting={meeting} zone={lens.zone} now={house.now()} />
            </StreamAct>,
          ),
        ),
      );
    }
  };
