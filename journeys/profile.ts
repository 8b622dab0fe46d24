import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, constants, inflateRawSync } from "node:zlib";

/** What a browser's profile holds on disk: in which of its files each of these words stands, as it is, in two bytes a letter, or packed. */
export function foundIn(folder: string, words: Readonly<Record<string, string>>): string[] {
  return filesOf(folder).flatMap((file) => {
    const texts = textsOf(readFileSync(join(folder, file)));
    return Object.entries(words).flatMap(([name, word]) => {
      const ways = [Buffer.from(word, "utf8"), Buffer.from(word, "utf16le")];
      return texts.some((text) => ways.some((way) => text.includes(way))) ? [`${name} in ${file}`] : [];
    });
  });
}

export const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []));

/** The file, and whatever in it was packed: gzip wherever it begins, brotli where a cache's body begins. */
function textsOf(bytes: Buffer): Buffer[] {
  const texts = [bytes];
  for (let at = bytes.indexOf(gzipSign); at >= 0; at = bytes.indexOf(gzipSign, at + 1)) texts.push(unpacked(() => inflateRawSync(bytes.subarray(at + gzipHead), { finishFlush: constants.Z_SYNC_FLUSH })));
  for (const at of [0, bodyOf(bytes)]) texts.push(unpacked(() => brotliDecompressSync(bytes.subarray(at), { finishFlush: constants.BROTLI_OPERATION_FLUSH })));
  return texts;
}

const gzipSign = Buffer.from([0x1f, 0x8b, 0x08]);
/** Of a stream that names no file, as servers send it. */
const gzipHead = 10;

/** Chromium's simple cache: 24 bytes (in the fourth word of four bytes the length of the key), the key, the body. */
const bodyOf = (bytes: Buffer): number => (bytes.length > 24 ? Math.min(24 + bytes.readUInt32LE(12), bytes.length) : 0);

function unpacked(unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch {
    return Buffer.alloc(0);
  }
}
