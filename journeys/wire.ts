import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll } from "vitest";

export type Wire = {
  readonly base: string;
  /** All that browsers sent since `forget`, byte by byte as it came. */
  sent(): Buffer;
  /** Of it, the first line and the headers of each request. */
  heads(): readonly string[];
  forget(): void;
  /** Nothing goes through any more, as in a tunnel. */
  cut(): void;
};

/** A line between browsers and a street that writes down every byte going up. */
export async function tapTheWire(to: string): Promise<Wire> {
  const { port, hostname } = new URL(to);
  let chunks: Buffer[] = [];
  const open = new Set<Socket>();
  const server = createServer((down) => {
    const up = connect({ port: Number(port), host: hostname, autoSelectFamily: true });
    down.on("data", (chunk: Buffer) => chunks.push(chunk));
    for (const [one, other] of [[down, up], [up, down]] as const) {
      open.add(one);
      one.on("close", () => (open.delete(one), other.destroy()));
      // A browser that goes in the middle of an answer is no fault.
      one.on("error", () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const cut = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  afterAll(cut);
  const sent = () => Buffer.concat(chunks);
  return {
    base: `http://localhost:${(server.address() as AddressInfo).port}`,
    sent,
    heads: () => [...sent().toString("latin1").matchAll(/(?:GET|POST|HEAD|PUT|OPTIONS) \S+ HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)*\r\n/g)].map(([head]) => head),
    forget: () => void (chunks = []),
    cut,
  };
}

/** Which of these secrets stand in the bytes, plainly or in base64, whatever stands before them. */
export function foundIn(bytes: Buffer | string, secrets: readonly string[]): string[] {
  const text = (typeof bytes === "string" ? bytes : bytes.toString("latin1")).toLowerCase();
  // Of base64 the middle alone is the same, wherever in a group of three it begins.
  const veiled = (secret: string) => [0, 1, 2].map((before) => Buffer.from("x".repeat(before) + secret).toString("base64").slice(before === 0 ? 0 : before + 1, -4)).filter((part) => part.length >= 5);
  return secrets.filter((secret) => [secret, encodeURIComponent(secret), ...veiled(secret)].some((form) => text.includes(form.toLowerCase())));
}
