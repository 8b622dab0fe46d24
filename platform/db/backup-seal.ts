import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** What opens a backup: a passphrase, or 32 bytes. */
export type BackupKey = { passphrase: string } | { key: Buffer };

/** A backup that was not opened, with the reason in words for whoever restores it. */
export class BackupRefused extends Error {
  override name = "BackupRefused";
}

// The file: a head (magic, kind of key, salt, check of the key), then chunks of one length word, ciphertext and tag. A chunk's
// nonce is its number and whether it is the last one, under a key of this file alone, so a chunk that is changed, moved, missing
// or cut off does not open (the STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015).
const magic = Buffer.from("small-hours-backup 1\n");
const saltBytes = 32;
const checkBytes = 16;
const headBytes = magic.length + 1 + saltBytes + checkBytes;
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const lastBit = 0x8000_0000;

const stretch = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  // 128 MB and about half a second a guess (OWASP's first choice for scrypt, Password Storage Cheat Sheet).
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize("NFC"), salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key))),
  );

async function keysOf(key: BackupKey, salt: Buffer): Promise<{ file: Buffer; check: Buffer }> {
  const master = "passphrase" in key ? await stretch(key.passphrase, salt) : key.key;
  if (master.length !== 32) throw new BackupRefused("The backup key must be 32 bytes long.");
  const derive = (purpose: string, bytes: number) => Buffer.from(hkdfSync("sha256", master, salt, purpose, bytes));
  return { file: derive("small-hours backup file", 32), check: derive("small-hours backup check", checkBytes) };
}

const nonce = (number: number, last: boolean): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
};

/** Encrypts a stream of bytes. */
export async function* seal(source: AsyncIterable<Buffer>, key: BackupKey): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const { file, check } = await keysOf(key, salt);
  const head = Buffer.concat([magic, Buffer.from(["passphrase" in key ? 1 : 0]), salt, check]);
  let number = 0;
  const chunk = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv("aes-256-gcm", file, nonce(number++, last)).setAAD(head);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(plain.length + (last ? lastBit : 0));
    return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  yield head;
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    waiting.push(piece);
    size += piece.length;
    if (size < chunkBytes) continue;
    let all = Buffer.concat(waiting);
    for (; all.length > chunkBytes; all = all.subarray(chunkBytes)) yield chunk(all.subarray(0, chunkBytes), false);
    waiting = [all];
    size = all.length;
  }
  yield chunk(Buffer.concat(waiting), true);
}

/**
 * Decrypts what `seal` made. Nothing comes out that was not authenticated, and the stream ends without an error only when it was whole.
 * Throws BackupRefused for a wrong key, a changed byte, a missing end and anything after the end.
 */
export async function* unseal(source: AsyncIterable<Buffer>, key: BackupKey): AsyncGenerator<Buffer> {
  const take = reader(source);
  const head = await take(headBytes);
  if (!head?.subarray(0, magic.length).equals(magic)) throw new BackupRefused("This is not a backup of Small Hours (or of a version this one does not know).");
  if ((head[magic.length] === 1) !== "passphrase" in key) throw new BackupRefused("This backup was made with the other kind of key (BACKUP_PASSPHRASE or BACKUP_KEY).");
  const { file, check } = await keysOf(key, head.subarray(magic.length + 1, magic.length + 1 + saltBytes));
  if (!timingSafeEqual(check, head.subarray(-checkBytes))) throw new BackupRefused("The key is not the one this backup was made with, or its first bytes were changed.");
  for (let number = 0, last = false; !last; number++) {
    const word = (await take(4))?.readUInt32BE();
    if (word === undefined) throw new BackupRefused("The backup is not whole: its end is missing.");
    last = word >= lastBit;
    const length = last ? word - lastBit : word;
    if (length > chunkBytes) throw new BackupRefused("The backup was changed or damaged.");
    const sealed = await take(length + tagBytes);
    if (!sealed) throw new BackupRefused("The backup is not whole: its end is missing.");
    const decipher = createDecipheriv("aes-256-gcm", file, nonce(number, last)).setAAD(head).setAuthTag(sealed.subarray(length));
    const plain = decipher.update(sealed.subarray(0, length));
    try {
      decipher.final();
    } catch (error) {
      throw new BackupRefused("The backup was changed or damaged.", { cause: error });
    }
    yield plain;
  }
  if (await take(1)) throw new BackupRefused("The backup was changed: something follows its end.");
}

/** Takes exactly so many bytes from a stream; undefined when it ends before. */
export function reader(source: AsyncIterable<Buffer>): (bytes: number) => Promise<Buffer | undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let pieces: Buffer[] = [];
  let size = 0;
  return async (bytes) => {
    while (size < bytes) {
      const { value, done } = await iterator.next();
      if (done) return undefined;
      pieces.push(value);
      size += value.length;
    }
    const all = Buffer.concat(pieces);
    pieces = [all.subarray(bytes)];
    size -= bytes;
    return all.subarray(0, bytes);
  };
}
