/** A room may be split into so many. */
export const mostSmallRooms = 4;
export const smallRooms: readonly number[] = Array.from({ length: mostSmallRooms }, (_, at) => at + 1);

/** Into how many these may be split: at least two in each. */
export const splitsOf = (people: number): number[] => smallRooms.filter((rooms) => rooms > 1 && people >= rooms * 2);

/** Dealt out one after the other, so that no small room has two more than another. */
export const evenly = <Id>(seats: readonly Id[], rooms: number): (readonly [seat: Id, room: number])[] => seats.map((seat, at) => [seat, (at % rooms) + 1] as const);
