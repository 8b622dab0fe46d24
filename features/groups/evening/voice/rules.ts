import { createHash } from "node:crypto";
import type { Presence } from "../../../../platform/rooms/provider.ts";
import type { SessionId } from "../../types.ts";
import { isIn } from "../rules.ts";
import type { Evening, Guest } from "../types.ts";

/** What the browsers of one room call a seat, or a facilitator: a name of this evening alone, nobody's id elsewhere. */
export const voiceName = (session: SessionId, id: string): string => createHash("sha256").update(`${session}/${id}`).digest("base64url").slice(0, 12);

export type VoiceStep =
  | { readonly do: "kick"; readonly seat: string }
  | { readonly do: "side"; readonly seats: readonly string[]; readonly side: string | undefined }
  | { readonly do: "mute"; readonly seat: string; readonly muted: boolean }
  /** The room ends: nobody is left in it. */
  | { readonly do: "close" };

/** Alone with a facilitator: the seat, and who went aside with her. */
const sideOf = (session: SessionId, guest: Guest): { side: string; seats: string[] } | undefined =>
  guest.side?.began && guest.side.with ? { side: `side ${voiceName(session, guest.id)}`, seats: [voiceName(session, guest.id), voiceName(session, guest.side.with)] } : undefined;

/**
 * What is to be done so that voices are where the evening has their seats: closed when it is not open; out, who is not in the room by its
 * rows; aside, who went aside or is in a small room; muted, whom a facilitator muted, until she unmutes herself. A voice without a seat has no business there.
 */
export function voiceSteps(session: SessionId, evening: Evening, present: readonly Presence[], leaders: readonly string[]): VoiceStep[] {
  if (evening.state !== "open") return [{ do: "close" }];
  const inside = evening.guests.filter(isIn);
  const may = new Set([...inside.map(({ id }) => voiceName(session, id)), ...leaders.map((id) => voiceName(session, id))]);
  const small = [...inside.map(({ id, small: at }) => [id, at?.room] as const), ...evening.leaders.map(({ id, visits }) => [id, visits] as const)];
  const sides = new Map(small.flatMap(([id, room]): [string, string][] => (room === undefined ? [] : [[voiceName(session, id), `small ${room}`]])));
  // Alone with a facilitator she is so in a small room, too.
  for (const aside of inside.flatMap((guest) => sideOf(session, guest) ?? [])) for (const seat of aside.seats) sides.set(seat, aside.side);
  const steps: VoiceStep[] = present.filter(({ seat }) => !may.has(seat)).map(({ seat }) => ({ do: "kick", seat }));
  const moved = new Map<string | undefined, string[]>();
  for (const { seat, side } of present) if (may.has(seat) && side !== sides.get(seat)) moved.set(sides.get(seat), [...(moved.get(sides.get(seat)) ?? []), seat]);
  for (const [side, seats] of moved) steps.push({ do: "side", seats, side });
  const muted = new Set(inside.filter(({ marks }) => marks.has("muted")).map(({ id }) => voiceName(session, id)));
  for (const one of present) if (may.has(one.seat) && one.muted !== muted.has(one.seat)) steps.push({ do: "mute", seat: one.seat, muted: !one.muted });
  return steps;
}
