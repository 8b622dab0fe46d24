import type { Presence, RoomEvent } from "./provider.ts";

type Seat = { present: Presence | undefined; talkingSince: number | undefined; talkedMs: number };
const arrived = (seat: string): Presence => ({ seat, camera: false, microphone: false, talking: false, muted: false, side: undefined });

/**
 * Who is inside and how long each has talked, kept from the events that pass through. `tell` reaches every subscriber; `milliseconds` is a
 * clock that only goes forward. Nothing of it is ever written down.
 */
export function roll(milliseconds: () => number = () => performance.now()) {
  const rooms = new Map<string, Map<string, Seat>>();
  const hearers = new Set<(event: RoomEvent) => void>();
  const seatOf = (room: string, seat: string): Seat => {
    const seats = rooms.get(room) ?? new Map<string, Seat>();
    rooms.set(room, seats);
    const found = seats.get(seat) ?? { present: undefined, talkingSince: undefined, talkedMs: 0 };
    seats.set(seat, found);
    return found;
  };
  const talked = (seat: Seat): number => seat.talkedMs + (seat.talkingSince === undefined ? 0 : milliseconds() - seat.talkingSince);
  const setTalking = (seat: Seat, on: boolean): void => {
    seat.talkedMs = talked(seat);
    seat.talkingSince = on ? milliseconds() : undefined;
  };
  const note = (event: RoomEvent): void => {
    if (event.kind === "lost") return empty(event.room);
    const seat = seatOf(event.room, event.seat);
    if (event.kind === "talking") setTalking(seat, event.on);
    if (event.kind === "went") setTalking(seat, false);
    seat.present = afterwards(seat.present, event);
  };
  const empty = (room: string): void => {
    for (const seat of rooms.get(room)?.values() ?? []) {
      setTalking(seat, false);
      seat.present = undefined;
    }
  };
  return {
    tell(event: RoomEvent): void {
      note(event);
      for (const hear of hearers) hear(event);
    },
    subscribe(hear: (event: RoomEvent) => void): () => void {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    present: (room: string): readonly Presence[] => [...(rooms.get(room)?.values() ?? [])].flatMap(({ present }) => present ?? []),
    talkTime: (room: string): ReadonlyMap<string, number> => new Map([...(rooms.get(room) ?? [])].map(([name, seat]) => [name, talked(seat) / 1000])),
    forget: (room: string): void => void rooms.delete(room),
  };
}

/** Someone's presence after what happened; undefined when she is no longer inside. */
function afterwards(before: Presence | undefined, event: Exclude<RoomEvent, { kind: "lost" }>): Presence | undefined {
  if (event.kind === "came") return arrived(event.seat);
  if (event.kind === "went" || !before) return undefined;
  return event.kind === "side" ? { ...before, side: event.side } : { ...before, [event.kind]: event.on };
}
