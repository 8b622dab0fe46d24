import { z } from "zod";

const schema = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  /** Where erasures are written down, so that no restored backup brings anybody back; left out, beside the data. */
  ERASURES_FILE: z.string().optional(),
  DATABASE_URL: z.string().url().optional(),
  NATS_URL: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "MASTER_KEY is 64 hexadecimal digits")
    .optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Small Hours <hello@localhost>"),
  /** `https://account:token@api.twilio.com`, or another provider that speaks the same. */
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The number, or the provider's messaging service, that texts come from. */
  SMS_FROM: z
    .string()
    .regex(/^(\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-f]{32})$/, "SMS_FROM is a number like +13105550100, a short code, or a messaging service")
    .optional(),
  EXIT_URL: z.url().default("https://www.wikipedia.org/"),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** "elsewhere": this process serves pages alone, and `worker` processes do the jobs. */
  JOBS: z.enum(["here", "elsewhere"]).default("here"),
  /** Opens /metrics to who sends it as a Bearer token; without it only this machine may ask. */
  METRICS_TOKEN: z.string().min(16, "METRICS_TOKEN has 16 characters or more").optional(),
  /** Outer IPv4 addresses of a router that passes the UDP ports of groups' rooms on to this machine, with commas between. */
  ROOM_ADDRESSES: z.string().default("").transform((text) => text.split(",").map((address) => address.trim()).filter(Boolean)),
  /** UDP ports of groups' rooms, `40000-40100`. */
  ROOM_PORTS: z
    .string()
    .regex(/^\d{4,5}-\d{4,5}$/, "ROOM_PORTS is a first and a last port, such as 40000-40100")
    .transform((text): readonly [number, number] => text.split("-").map(Number) as [number, number])
    .optional(),
  /** A coturn that carries voices where a network lets none through, and the secret of its `use-auth-secret`. */
  TURN_HOST: z.string().optional(),
  TURN_SECRET: z.string().min(16, "TURN_SECRET has 16 characters or more").optional(),
  /** The WebSocket of a Janus beside this program, and the `api_secret` of its configuration. */
  JANUS_URL: z.url({ protocol: /^wss?$/ }).optional(),
  JANUS_API_SECRET: z.string().min(16, "JANUS_API_SECRET has 16 characters or more").optional(),
  /** A LiveKit server: as browsers reach it (wss://), as this program does (https://), and a pair of its keys. */
  LIVEKIT_URL: z.url({ protocol: /^wss?$/ }).optional(),
  LIVEKIT_API: z.url({ protocol: /^https?$/ }).optional(),
  LIVEKIT_KEY: z.string().optional(),
  LIVEKIT_SECRET: z.string().min(32, "LIVEKIT_SECRET has 32 characters or more").optional(),
  POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
});

export type Environment = z.infer<typeof schema>;

/** Of these each is of use only with the others. */
const together = [
  ["SMS_URL", "SMS_FROM"],
  ["TURN_HOST", "TURN_SECRET"],
  ["JANUS_URL", "JANUS_API_SECRET"],
  ["LIVEKIT_URL", "LIVEKIT_API", "LIVEKIT_KEY", "LIVEKIT_SECRET"],
] as const;

/** Reads the environment, or throws one sentence naming each setting that is wrong. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = schema.safeParse(given);
  if (read.success) {
    const parted = together.find((names) => names.some((name) => read.data[name] === undefined) && names.some((name) => read.data[name] !== undefined));
    if (parted) throw new Error(`Small Hours cannot start: ${parted.slice(0, -1).join(", ")} and ${parted.at(-1)} are set together or not at all.`);
    return read.data;
  }
  const wrong = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new Error(`Small Hours cannot start, since a setting is wrong. ${wrong}`);
}

/** Throws one sentence when people would come to a demo: its letters and sign-in links are open to everybody. */
export function refuseOpenDemo({ NODE_ENV, PUBLIC_URL }: Pick<Environment, "NODE_ENV" | "PUBLIC_URL">): void {
  if (NODE_ENV === "production" || PUBLIC_URL === undefined) return;
  const { protocol, hostname } = new URL(PUBLIC_URL);
  if (protocol !== "https:" || /^(?:(?:.+\.)?localhost|127\..+|\[::1\])$/.test(hostname)) return;
  throw new Error(`Small Hours does not start: PUBLIC_URL is ${PUBLIC_URL}, and without NODE_ENV=production everybody there could read its letters and sign in as its demo staff. Set NODE_ENV=production.`);
}
