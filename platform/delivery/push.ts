import { webcrypto } from "node:crypto";
import { buildPushPayload } from "@block65/webcrypto-web-push";
import type { Push, PushPort } from "./delivery.ts";

/** The installation's VAPID key pair (RFC 8292): the public half as browsers take it, the private half as a JWK. */
export type PushKeys = { readonly publicKey: string; readonly privateKey: webcrypto.JsonWebKey };

export async function makePushKeys(): Promise<PushKeys> {
  const pair = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const raw = await webcrypto.subtle.exportKey("raw", pair.publicKey);
  const privateKey = await webcrypto.subtle.exportKey("jwk", pair.privateKey);
  return { publicKey: Buffer.from(raw).toString("base64url"), privateKey: { ...privateKey, alg: "ES256" } };
}

const liveForSeconds = 120;
/** No push service keeps a message for longer than four weeks. */
const longestSeconds = 28 * 24 * 60 * 60;
const patienceMs = 10_000;

/** Web push (RFC 8030, sealed by RFC 8291) with this installation's own VAPID keys. `contact` is a URL or mailto: of the network. */
export function webPush(keys: PushKeys, contact: string): PushPort {
  return {
    publicKey: keys.publicKey,
    async send({ endpoint, p256dh, auth }, push, forSeconds = liveForSeconds) {
      const request = await buildPushPayload(
        { data: { ...push }, options: { ttl: Math.min(forSeconds, longestSeconds), urgency: "high" } },
        { endpoint, expirationTime: null, keys: { p256dh, auth } },
        { subject: contact, publicKey: keys.publicKey, privateKey: keys.privateKey.d ?? "" },
      );
      const answer = await fetch(endpoint, { method: "POST", headers: request.headers, body: request.body, redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
      if (answer.status === 404 || answer.status === 410) return "gone";
      if (!answer.ok) throw new Error(`The push service answered ${answer.status}.`);
      return "sent";
    },
  };
}

/** In development nothing leaves; each push is kept in memory and shown beside the letters. */
export function pushBox(): PushPort & { readonly pushes: Push[] } {
  const pushes: Push[] = [];
  return {
    pushes,
    publicKey: "",
    send(_subscription, push) {
      pushes.unshift(push);
      pushes.length = Math.min(pushes.length, 100);
      return Promise.resolve("sent");
    },
  };
}
