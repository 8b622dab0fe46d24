import type { House } from "../../../platform/http/house.ts";
import { fragment } from "../../../platform/http/show.ts";
import { frame, type Refresh, type Stream } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { boardNow } from "./queries.ts";
import type { Board, BoardLens } from "./types.ts";
import { boardParts } from "./views/board.tsx";

type PartId = keyof typeof boardParts;

/** What each stream was last sent of each part, so that a part which is as it was stays under the reader's hand. */
const sent = new WeakMap<Stream, Map<PartId, string>>();

/** Brings every open board up to date: the tables are asked once, each lens is rendered once, and only what changed is sent. */
export function boardRefresh(house: House): Refresh {
  return async (_topic, streams) => {
    if (streams.size === 0) return;
    const board = await boardNow(house.db, house.now());
    const rendered = new Map<string, [PartId, string][]>();
    for (const stream of streams) {
      let parts = rendered.get(stream.lens);
      if (!parts) rendered.set(stream.lens, (parts = renderParts(board, JSON.parse(stream.lens) as BoardLens)));
      sendChanged(stream, parts);
    }
  };
}

const renderParts = (board: Board, lens: BoardLens): [PartId, string][] =>
  (Object.keys(boardParts) as PartId[]).map((id) => {
    const Part = boardParts[id];
    const act = (
      <StreamAct action="replace" target={id}>
        <Part board={board} lens={lens} />
      </StreamAct>
    );
    return [id, frame(fragment(act))];
  });

function sendChanged(stream: Stream, parts: readonly [PartId, string][]): void {
  const before = sent.get(stream) ?? new Map<PartId, string>();
  sent.set(stream, before);
  const changed = parts.filter(([id, text]) => before.get(id) !== text);
  for (const [id, text] of changed) before.set(id, text);
  if (changed.length > 0) stream.send(changed.map(([, text]) => text).join(""));
}
