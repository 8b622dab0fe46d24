import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

const ivBytes = 12;
const tagBytes = 16;

/** A text under AES-256-GCM: 12 bytes of nonce, the ciphertext, 16 bytes of tag. */
export type Sealed = Buffer & { readonly sealed: unique symbol };
/** A 256-bit key of one conversation or person; destroying its row makes all that it sealed unreadable. */
export type DataKey = Buffer & { readonly dataKey: unique symbol };

/** Seals a UTF-8 text. `bound` (whose and what it is) is authenticated too, so that a body moved to another row, or read as something else, does not open. */
export function seal(key: DataKey, text: string, bound: string): Sealed {
  return sealBytes(key, Buffer.from(text, "utf8"), bound);
}

/** Opens what `seal` made. Throws where key, text or `bound` differ. */
export function unseal(key: DataKey, sealed: Buffer, bound: string): string {
  return unsealBytes(key, sealed, bound).toString("utf8");
}

function sealBytes(key: Buffer, plain: Buffer, bound: string): Sealed {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(bound, "utf8"));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]) as Sealed;
}

function unsealBytes(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivBytes));
  decipher.setAAD(Buffer.from(bound, "utf8"));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), decipher.final()]);
}

/** The network's master key and what is derived from it. It comes from the environment or a key file, never from the database. */
export type Keys = {
  /** A fresh data key and its wrapped form for the database. */
  makeDataKey(owner: string): { key: DataKey; wrapped: Buffer };
  openDataKey(wrapped: Buffer, owner: string): DataKey;
  /** A keyed fingerprint for look-ups (an address, a code) that tells nothing without the master key. */
  fingerprint(purpose: string, value: string): Buffer;
  /** A key for signing what visits the browser, by purpose. */
  signing(purpose: string): Buffer;
};

/** Derives every key of the network from 32 bytes of master key. */
export function keysFrom(master: Buffer): Keys {
  if (master.length !== 32) throw new Error("The master key must be 32 bytes (64 hexadecimal digits).");
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `small-hours/${purpose}`, 32));
  const derived = new Map<string, Buffer>();
  const keyFor = (purpose: string) => {
    let key = derived.get(purpose);
    if (!key) derived.set(purpose, (key = derive(purpose)));
    return key;
  };
  return {
    makeDataKey(owner) {
      const key = randomBytes(32) as Buffer as DataKey;
      return { key, wrapped: sealBytes(keyFor("wrap"), key, owner) };
    },
    openDataKey: (wrapped, owner) => unsealBytes(keyFor("wrap"), wrapped, owner) as DataKey,
    fingerprint: (purpose, value) => createHmac("sha256", keyFor(`fingerprint/${purpose}`)).update(value).digest(),
    signing: (purpose) => keyFor(`signing/${purpose}`),
  };
}

/** 256 random bits as 43 URL-safe characters. */
export const newToken = (): string => randomBytes(32).toString("base64url");
export const isToken = (value: unknown): value is string => typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value);

/** What the database keeps of a token. Tokens have full entropy, so a plain hash is enough. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Compares two secrets without telling by time where they differ. */
export const sameSecret = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
