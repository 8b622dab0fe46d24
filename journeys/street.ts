import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { hashToken, newToken } from "../platform/crypto/seal.ts";
import { databaseAt } from "../platform/db/test-server.ts";

export type Street = { readonly base: string; readonly volunteer: string; readonly coordinator: string; readonly supervisor: string; readonly url: string; readonly process: ChildProcess; /** A sign-in link that opens once, for one of the street's staff. */ linkFor(signInName: string): Promise<string>; stop(): Promise<void> };

/** The built program, running as it does for everybody, on a fresh database with the demo street. */
export async function openStreet(variables: Record<string, string> = {}): Promise<Street> {
  const name = `street_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: databaseAt(inject("databaseUrl"), "postgres") });
  await admin.connect();
  await admin.query("select pg_advisory_lock(1)");
  await admin.query(`create database ${name} template template_small_hours`);
  await admin.end();
  const street = await serve(databaseAt(inject("databaseUrl"), name), variables);
  afterAll(() => street.stop());
  return street;
}

/** Starts dist/server.js and waits for the links that it prints. */
export async function serve(url: string, variables: Record<string, string> = {}): Promise<Street> {
  const child = spawn(process.execPath, ["dist/server.js"], {
    env: { PATH: process.env["PATH"] ?? "", DATABASE_URL: url, PORT: "0", LOG_LEVEL: "warn", DATA_DIR: mkdtempSync(join(tmpdir(), "small-hours-street-")), ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const links = new Map<string, string>();
  const lines = createInterface({ input: child.stdout });
  const printed = (async () => {
    for await (const line of lines) {
      const [, label, link] = /^ {2}(.+?):\s+(http\S+)$/.exec(line) ?? [];
      if (label && link) links.set(label, link);
      if (label === "Letters not sent" || label === "Set up the network, once") return;
    }
  })();
  const left = once(child, "exit").then(([code]) => {
    throw new Error(`The server ended with ${String(code)} before it was open.`);
  });
  await Promise.race([printed, left]);
  left.catch(() => undefined);
  child.stdout.resume();
  const base = new URL(links.get("A parent's page") ?? "").origin;
  return {
    base,
    volunteer: links.get("A volunteer signs in") ?? "",
    coordinator: links.get("A coordinator signs in") ?? "",
    supervisor: links.get("A supervisor signs in") ?? "",
    url,
    process: child,
    linkFor: (signInName) => demoLink(url, base, signInName),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** What the program's start prints for Ana and Lucía, for anyone of the street; links open once, and each journey signs in anew. */
async function demoLink(url: string, base: string, signInName: string): Promise<string> {
  const token = newToken();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("insert into sign_in_links (token_hash, member_id, way, made_at, expires_at) select $1, id, 'demo', now(), now() + interval '1 hour' from members where sign_in_name = $2", [hashToken(token), signInName]);
  await client.end();
  return `${base}/sign-in/link/${token}`;
}
