import { Zip, ZipDeflate } from "fflate";
import type { Instant } from "../time/time.ts";

/** One file of an archive, made a piece at a time. */
export type Packed = { readonly name: string; readonly pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> };

/** An archive (ZIP), made a piece at a time as it is read: neither it nor a file of it is ever whole in memory. `at`: the moment that its files bear. */
export async function* archiveOf(files: AsyncIterable<Packed>, at: Instant): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let ready: Uint8Array[] = [];
  const taken = (): Uint8Array[] => {
    const some = ready;
    ready = [];
    return some;
  };
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  for await (const { name, pieces } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = at.epochMilliseconds;
    zip.add(file);
    for await (const piece of pieces) {
      file.push(typeof piece === "string" ? encoder.encode(piece) : piece);
      yield* taken();
    }
    file.push(new Uint8Array(0), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
