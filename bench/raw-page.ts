// A bare node:http server that asks PostgreSQL for a page's 20 rows and answers with the bytes it was given: the most that Node and PostgreSQL can do together here.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import pg from "pg";

const { headers, body, url, query, values } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as { headers: Record<string, string>; body: string; url: string; query: string; values: string[] };
const bytes = Buffer.from(body, "base64");
// As the house, said once for the whole connection: to one who says nothing the wall shows no row.
const pool = new pg.Pool({ connectionString: url, max: 10, options: "-c small_hours.who=house" });
const server = createServer((_request, response) => {
  pool
    .query({ name: "page", text: query, values })
    .then(({ rows }) => (rows.length > 0 ? response.writeHead(200, headers).end(bytes) : response.writeHead(500).end()))
    .catch(() => response.writeHead(500).end());
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
