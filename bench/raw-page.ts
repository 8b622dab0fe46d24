// A bare node:http server that asks PostgreSQL for a page's 20 rows and answers with the bytes it was given: the most that Node and PostgreSQL can do together here.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { openPool } from "../platform/db/database.ts";

const { headers, body, url, query, values } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as { headers: Record<string, string>; body: string; url: string; query: string; values: string[] };
const bytes = Buffer.from(body, "base64");
const pool = openPool(url);
const server = createServer((_request, response) => {
  pool
    .query({ name: "page", text: query, values })
    .then(() => response.writeHead(200, headers).end(bytes))
    .catch(() => response.writeHead(500).end());
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
