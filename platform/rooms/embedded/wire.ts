import { z } from "zod";
import type { RoomEvent } from "../provider.ts";

const room = z.string().min(1).max(200);
const seat = z.string().min(1).max(200);
const id = z.number().int();
const ending = z.enum(["left", "replaced", "removed", "closed", "dropped"]);

/** Where browsers find the media (see EmbeddedSettings). */
export const placeSchema = z.object({ addresses: z.array(z.string()), announced: z.array(z.string()), ports: z.tuple([z.number().int(), z.number().int()]).optional() });
export type Place = z.infer<typeof placeSchema>;

/** What the program asks of the media process. Each is answered by a `done` with the same id. */
export const askedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), id, room, cameras: z.enum(["off", "welcome"]), seats: z.number().int().min(1) }),
  z.object({ kind: z.literal("join"), id, room, seat, as: z.enum(["facilitator", "member", "listener"]), offer: z.string() }),
  z.object({ kind: z.literal("end"), id, room, seat, why: ending }),
  z.object({ kind: z.literal("mute"), id, room, seat, muted: z.boolean() }),
  z.object({ kind: z.literal("side"), id, room, seats: z.array(seat), side: z.string().optional() }),
  z.object({ kind: z.literal("whisper"), id, room, whispers: z.record(seat, z.array(seat)) }),
  z.object({ kind: z.literal("close"), id, room }),
]);
export type Asked = z.infer<typeof askedSchema>;

const eventSchema = z.union([
  z.object({ room, seat, kind: z.literal("came") }),
  z.object({ room, seat, kind: z.literal("went"), why: ending }),
  z.object({ room, seat, kind: z.enum(["camera", "microphone", "talking", "muted"]), on: z.boolean() }),
  z.object({ room, seat, kind: z.literal("side"), side: z.string().optional() }).transform(({ side, ...rest }): RoomEvent => ({ ...rest, side })),
]) satisfies z.ZodType<RoomEvent>;

/** What the media process says. `refused` is a kind of Refusal; `broken` names the place in the code, never what was sent. */
export const saidSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("done"), id, answer: z.string().optional(), refused: z.enum(["closed", "full", "unreadable"]).optional() }),
  z.object({ kind: z.literal("event"), event: eventSchema }),
  z.object({ kind: z.literal("broken"), where: z.string() }),
]);
export type Said = z.input<typeof saidSchema>;
export type Done = Extract<z.output<typeof saidSchema>, { kind: "done" }>;

/** What a browser says over its data channel (see channel.ts). */
export const fromBrowserSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("here") }),
  z.object({ kind: z.literal("leave") }),
  z.object({ kind: z.literal("camera"), on: z.boolean() }),
  z.object({ kind: z.literal("microphone"), on: z.boolean() }),
]);
