import type { RoomProvider } from "./provider.ts";

/** The providers that this house has, by name. `embedded` is always there; another only where it was set up. */
export type Rooms = { readonly embedded: RoomProvider } & { readonly [Kind in RoomProvider["kind"]]?: RoomProvider };

/** The one that is asked for, or the embedded one where it is not set up: a group is never without a room. */
export const roomsOf = (rooms: Rooms, kind: RoomProvider["kind"]): RoomProvider => rooms[kind] ?? rooms.embedded;

/** Ends every room of every provider. */
export const stopRooms = async (rooms: Rooms): Promise<void> => void (await Promise.allSettled(Object.values(rooms).map((provider) => provider.stop())));
