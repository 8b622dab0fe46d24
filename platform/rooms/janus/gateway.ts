import { randomUUID } from "node:crypto";
import { z } from "zod";

const answered = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  sender: z.number().optional(),
  data: z.object({ id: z.number() }).optional(),
  error: z.object({ code: z.number() }).optional(),
  plugindata: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
  jsep: z.object({ type: z.string(), sdp: z.string() }).optional(),
});
export type Answered = z.infer<typeof answered>;
type Waiting = { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void; readonly timer: NodeJS.Timeout };

const patienceMs = 10_000;
const keepAliveMs = 25_000;

/** What a browser or Janus says of its connection. */
export type Described = { readonly type: "offer" | "answer"; readonly sdp: string };

/** One session with a Janus. `attach` gives a handle to one of its plugins; what comes for that handle goes to `hear`. */
export type Gateway = {
  attach(plugin: string, hear: (event: Answered) => void): Promise<number>;
  /** A request to the plugin; resolves to its answer. Throws the plugin's error number, and where nothing answers within ten seconds. */
  ask(handle: number, body: object, jsep?: Described): Promise<Answered>;
  detach(handle: number): Promise<void>;
  close(): void;
};

/** Opens a session by WebSocket (Janus's "WebSockets Interface"). `lost` is called once if it ends before `close`. */
export async function openGateway(url: string, apiSecret: string | undefined, lost: () => void): Promise<Gateway> {
  const socket = new WebSocket(url, "janus-protocol");
  const waiting = new Map<string, Waiting>();
  const hearers = new Map<number, (event: Answered) => void>();
  const secret = apiSecret === undefined ? {} : { apisecret: apiSecret };
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("Janus cannot be reached.")), { once: true });
  });

  function tell(message: object): Promise<Answered> {
    const transaction = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(transaction)?.reject(new Error("Janus did not answer.")), patienceMs);
      waiting.set(transaction, { resolve, reject, timer });
      socket.send(JSON.stringify({ ...message, ...secret, transaction }));
    });
  }
  function settle(transaction: string | undefined): Waiting | undefined {
    const one = transaction === undefined ? undefined : waiting.get(transaction);
    if (!one || transaction === undefined) return undefined;
    waiting.delete(transaction);
    clearTimeout(one.timer);
    return one;
  }
  socket.addEventListener("message", ({ data }) => {
    const { data: message } = answered.safeParse(JSON.parse(String(data)));
    // "ack": the answer itself comes later.
    if (!message || message.janus === "ack") return;
    const one = settle(message.transaction);
    const code = message.error?.code ?? message.plugindata?.data["error_code"];
    if (!one) return void (message.sender !== undefined && hearers.get(message.sender)?.(message));
    if (code === undefined) one.resolve(message);
    else one.reject(new Error(`Janus refused: ${String(code)}`));
  });

  const session = (await tell({ janus: "create" })).data?.id;
  const keepAlive = setInterval(() => void tell({ janus: "keepalive", session_id: session }).catch(() => undefined), keepAliveMs);
  let isClosed = false;
  socket.addEventListener("close", () => {
    clearInterval(keepAlive);
    for (const transaction of waiting.keys()) settle(transaction)?.reject(new Error("Janus went away."));
    if (!isClosed) lost();
  });
  return {
    async attach(plugin, hear) {
      const { data } = await tell({ janus: "attach", session_id: session, plugin });
      if (!data) throw new Error("Janus gave no handle.");
      hearers.set(data.id, hear);
      return data.id;
    },
    ask: (handle, body, jsep) => tell({ janus: "message", session_id: session, handle_id: handle, body, ...(jsep && { jsep }) }),
    async detach(handle) {
      hearers.delete(handle);
      await tell({ janus: "detach", session_id: session, handle_id: handle });
    },
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
