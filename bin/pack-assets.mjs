// Writes beside each built text file of dist/public/assets what goes over the line: packed as tightly as can be, which takes too long for every start.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export default function packAssets(folder = "dist/public/assets") {
  for (const name of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
    const plain = readFileSync(`${folder}/${name}`);
    writeFileSync(`${folder}/${name}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${folder}/${name}.gz`, gzipSync(plain, { level: 9 }));
  }
}
