import { z } from "zod";
import { mostSmallRooms } from "./rules.ts";

export const splitForm = z.object({ rooms: z.coerce.number().int().min(2).max(mostSmallRooms) });
/** 0: with the group. */
const room = z.coerce.number().int().min(0).max(mostSmallRooms);
export const putForm = z.object({ seat: z.uuid(), room });
export const visitForm = z.object({ room });
