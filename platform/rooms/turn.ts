import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../time/time.ts";
import type { IceServer } from "./provider.ts";

/** A coturn with `use-auth-secret`: `host` as browsers reach it, `secret` its static-auth-secret. `tlsPort` 443 passes most hospital networks. */
export type TurnPlace = { readonly host: string; readonly secret: string; readonly port?: number; readonly tlsPort?: number };

const lifeSeconds = 4 * 60 * 60;

/**
 * Servers for one browser, by UDP, TCP and TLS. The name is `<expiry in Unix seconds>:<random>`, never a person's; the password is
 * Base64 of HMAC-SHA1 over it (draft-uberti-behave-turn-rest; SHA-1 is coturn's choice). Good for four hours.
 */
export function turnServers({ host, secret, port = 3478, tlsPort = 443 }: TurnPlace, clock: Clock): readonly IceServer[] {
  const expiry = Math.floor(clock().epochMilliseconds / 1000) + lifeSeconds;
  const username = `${expiry}:${randomBytes(9).toString("base64url")}`;
  const credential = createHmac("sha1", secret).update(username).digest("base64");
  const urls = [`turn:${host}:${port}?transport=udp`, `turn:${host}:${port}?transport=tcp`, `turns:${host}:${tlsPort}?transport=tcp`];
  return [{ urls, username, credential }];
}
