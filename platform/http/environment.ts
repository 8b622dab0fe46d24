import { z } from "zod";

const schema = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.string().url().optional(),
  NATS_URL: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "MASTER_KEY is 64 hexadecimal digits")
    .optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Small Hours <hello@localhost>"),
  EXIT_URL: z.url().default("https://www.wikipedia.org/"),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** "elsewhere": this process serves pages alone, and `worker` processes do the jobs. */
  JOBS: z.enum(["here", "elsewhere"]).default("here"),
  POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
});

export type Environment = z.infer<typeof schema>;

/** Reads the environment, or throws one sentence naming each setting that is wrong. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new Error(`Small Hours cannot start, since a setting is wrong. ${wrong}`);
}
