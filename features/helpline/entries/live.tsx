import type { ComponentChildren, JSX } from "preact";
import type { House } from "../../../platform/http/house.ts";
import type { DeskScope, ParentScope } from "../../../platform/http/scope.ts";
import { fragment } from "../../../platform/http/show.ts";
import { frame } from "../../../platform/live/hub.ts";
import { StreamAct, type StreamAction } from "../../../platform/ui/live.tsx";
import { entriesAfter } from "../queries.ts";
import type { Entry, Standing } from "../types.ts";

/** What a stream of one conversation is sent: each entry under its number, then how things stand. */
export type Frames = { readonly entries: readonly (readonly [seq: number, frame: string])[]; readonly standing: string; readonly last: number };

/** One act upon an open page; `id` is the number that its stream has then seen. */
export const acted = (action: StreamAction, target: string, children: ComponentChildren, id?: number): string =>
  frame(
    fragment(
      <StreamAct action={action} target={target}>
        {children}
      </StreamAct>,
    ),
    id,
  );

/** Everything after `after`, as this side's page shows an entry. The frames of how things stand are its own, too. */
export async function framesAfter(house: House, standing: Standing, scope: ParentScope | DeskScope, after: number, shown: (entry: Entry) => JSX.Element, stands: string): Promise<Frames> {
  const entries = standing.lastSeq > after ? await entriesAfter(house.db, house.keys, scope, after) : [];
  return {
    entries: entries.map((entry) => [entry.seq, acted("append", "entries", shown(entry), entry.seq)]),
    standing: stands,
    last: Math.max(standing.lastSeq, entries.at(-1)?.seq ?? 0),
  };
}
