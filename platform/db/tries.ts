import { CompiledQuery } from "kysely";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "./database.ts";

/** How many tries a door allows within how many seconds. */
export type Allowance = { readonly name: string; readonly tries: number; readonly seconds: number };

export type Tries = {
  /** Counts one try. Answers the seconds to wait before the next: 0 when this one may go on. */
  take(fingerprint: Buffer): Promise<number>;
  /** It was she: her tries count no more. */
  forget(fingerprint: Buffer): Promise<void>;
};

/** Counts tries in the database, so that every process knows of them. Keys are keyed fingerprints, never a name. */
export function countTries(db: Database, { name, tries, seconds }: Allowance): Tries {
  const limiter = new RateLimiterPostgres({
    storeClient: {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
        return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
      },
    },
    storeType: "client",
    tableName: "sign_in_tries",
    tableCreated: true,
    keyPrefix: name,
    points: tries,
    duration: seconds,
  });
  return {
    async take(fingerprint) {
      try {
        await limiter.consume(fingerprint.toString("base64url"));
        return 0;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
    async forget(fingerprint) {
      await limiter.delete(fingerprint.toString("base64url"));
    },
  };
}
