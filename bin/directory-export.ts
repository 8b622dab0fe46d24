// npm run directory:export -- FILE
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { exportOf } from "../features/directory/hsds/export/queries.ts";
import { networkNow } from "../features/network/queries.ts";
import { openHouse } from "../open-house.ts";
import { readEnvironment } from "../platform/http/environment.ts";

const [path] = process.argv.slice(2);
if (!path) {
  console.error("Into which file? npm run directory:export -- FILE");
  process.exit(2);
}
const open = await openHouse(readEnvironment(process.env));
const { db, now, environment } = open.house;
// Half an archive never stands under the name that was asked for.
const part = `${path}.part`;
try {
  const about = { title: (await networkNow(db))?.name ?? "Small Hours", homepage: environment.PUBLIC_URL?.replace(/\/$/, ""), at: now() };
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((tx) => pipeline(exportOf(tx, about), createWriteStream(part)));
  await rename(part, path);
  console.log(path);
} finally {
  await rm(part, { force: true });
  await open.close();
}
