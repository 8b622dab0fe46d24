// The media's own process: started with the first room, ended with the last (see ../embedded.ts). It writes nothing anywhere.
import { MediaRoom } from "./room.ts";
import { type Asked, askedSchema, placeSchema, type Said } from "./wire.ts";

const place = placeSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const rooms = new Map<string, MediaRoom>();

const say = (said: Said): void => {
  if (process.connected) process.send?.(said);
};

function open({ room, cameras, seats }: Extract<Asked, { kind: "open" }>): void {
  if (rooms.has(room)) return;
  rooms.set(room, new MediaRoom({ cameras, seats }, place, (event) => say({ kind: "event", event: { ...event, room } })));
}

async function act(asked: Asked): Promise<Omit<Extract<Said, { kind: "done" }>, "kind" | "id">> {
  if (asked.kind === "open") open(asked);
  const room = rooms.get(asked.room);
  if (!room) return { refused: "closed" };
  if (asked.kind === "join") return room.join(asked.seat, asked.as, asked.offer);
  if (asked.kind === "end") room.end(asked.seat, asked.why);
  if (asked.kind === "mute") room.mute(asked.seat, asked.muted);
  if (asked.kind === "side") room.side(asked.seats, asked.side);
  if (asked.kind === "whisper") room.whisper(asked.whispers);
  if (asked.kind === "close") {
    rooms.delete(asked.room);
    await room.close();
  }
  return {};
}

process.on("message", (message) => {
  const asked = askedSchema.parse(message);
  void act(asked).then((done) => say({ kind: "done", id: asked.id, ...done }));
});
process.on("disconnect", () => process.exit());
// Ctrl+C in a terminal reaches us too; the program decides when we end.
process.on("SIGINT", () => undefined);
/** Where in the code, and never what: an error's own words can quote an address. */
const placeOf = (error: unknown): string => (error instanceof Error ? `${error.name} ${/^\s+at .*$/m.exec(error.stack ?? "")?.[0].trim() ?? ""}` : "no error");
// A packet that could not leave, or a browser that went in the middle of its handshake, is no reason to end everybody's meeting.
process.on("unhandledRejection", (error) => say({ kind: "broken", where: placeOf(error) }));
process.on("uncaughtException", (error) => {
  say({ kind: "broken", where: placeOf(error) });
  process.exit(1);
});
say({ kind: "ready" });
