import type { Misread } from "../../../platform/http/form.ts";
import { readParameters } from "../../../platform/http/form.ts";
import { answerData, answerProblem, streamData } from "../../../platform/http/open-data.ts";
import type { House } from "../../../platform/http/house.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import { chooseLanguage } from "../../../platform/i18n/words.ts";
import { networkNow } from "../../network/queries.ts";
import { places } from "../places/queries.ts";
import { listFields, listForms, recordFields, recordForm, type Asked } from "./asks/forms.ts";
import { areasOver, countOf, idsOf } from "./asks/queries.ts";
import type { Ask } from "./asks/types.ts";
import { docsRoutes } from "./docs/routes.tsx";
import { exportOf } from "./export/queries.ts";
import { goneService, isThere, recordsOf, type Depth } from "./queries.ts";
import { listNames, pageOf, siteOf, version, type ListName } from "./rules.ts";
import { isKey, say } from "./words.ts";

/** The directory as open data: the API of Open Referral's HSDS 3.1, to read, for everyone. */
export function hsdsRoutes(room: Room): void {
  const { house } = room;
  const about = (c: Door) => answerData(c, { version, profile: `${siteFor(c)}/hsds/docs`, openapi_url: `${siteFor(c)}/hsds/openapi.json` });
  const siteFor = (c: Door) => siteOf(c.req.url, house.environment.PUBLIC_URL);
  docsRoutes(room);
  room.open("GET", "/hsds", about);
  room.open("GET", "/hsds/", about);
  room.open("GET", "/hsds/export.zip", (c) => answerExport(c, house));
  for (const list of listNames) {
    const answer = (c: Door) => answerList(c, house, list);
    room.open("GET", `/hsds/${list}`, answer);
    room.open("POST", `/hsds/${list}`, answer);
    room.open("GET", `/hsds/${list}/:id`, (c) => answerRecord(c, house, list));
  }
}

async function answerList(c: Door, house: House, list: ListName): Promise<Response> {
  const read = await readParameters(c, listForms[list]);
  if (!read.ok) return misasked(c, listFields[list], read.misread);
  const { db, now } = house;
  const { page, per_page, format } = read.value;
  const ask = await placed(house, read.value);
  if ("misread" in ask) return misasked(c, listFields[list], [ask.misread]);
  if (format === "ndjson") return streamData(c, house, () => lines(house, list, ask, read.value), "application/x-ndjson; charset=utf-8") ?? busy(c);
  const at = now();
  const total = await countOf(db, list, ask, at);
  const rows = await idsOf(db, list, ask, at, { skip: (page - 1) * per_page, limit: per_page });
  return answerData(c, pageOf(await recordsOf(db, list, rows, howOf(read.value), at), total, page, per_page), searched(read.value) ? { headers: { "cache-control": "no-store" } } : {});
}

async function answerRecord(c: Door, house: House, list: ListName): Promise<Response> {
  const { db, now } = house;
  const read = await readParameters(c, recordForm(list));
  if (!read.ok) return misasked(c, recordFields(list), read.misread);
  const id = (c.req.param("id") ?? "").toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return notThere(c);
  const at = now();
  if (!(await isThere(db, list, id, at))) return notThere(c, list === "services" ? await goneService(db, id, at) : undefined);
  const [record] = await recordsOf(db, list, [{ id, gone: false }], { depth: "full", fullServices: read.value.full_service }, at);
  if (!record) return notThere(c);
  return answerData(c, record, "last_modified" in record && record.last_modified ? { modifiedAt: Temporal.Instant.from(record.last_modified) } : {});
}

/** All of it as tables, to take home. */
async function answerExport(c: Door, house: House): Promise<Response> {
  const at = house.now();
  const about = { title: (await networkNow(house.db))?.name ?? "Small Hours", homepage: siteOf(c.req.url, house.environment.PUBLIC_URL), at };
  const named = { "content-disposition": `attachment; filename="hsds-${at.toString().slice(0, 10)}.zip"` };
  return streamData(c, house, () => exportOf(house.db, about), "application/zip", named) ?? busy(c);
}

const howOf = ({ minimal, full, full_service }: Asked): { depth: Depth; fullServices: boolean } => ({ depth: full || full_service ? "full" : minimal ? "minimal" : "flat", fullServices: full_service === true });
/** Says something of whoever asks: such an answer is stored nowhere on its way. */
const searched = ({ search, postcode }: Asked): boolean => Boolean(search ?? postcode);

/** What is asked, its postal code found. */
async function placed({ db }: House, asked: Asked): Promise<Ask | { misread: Misread }> {
  const { postcode, proximity, country: said, ...ask } = asked;
  if (!postcode) return ask;
  const country = said ?? (await networkNow(db))?.country ?? "US";
  const place = places().placeOfPostcode(country, postcode);
  if (!place) return { misread: { name: "postcode", why: "postcode", values: { country } } };
  return { ...ask, coverage: { at: place.at, metres: proximity, areas: await areasOver(db, country, place.region, postcode) } };
}

/** So many records are made at a time when all are read. */
const batch = { full: 100, flat: 500, minimal: 2_000 } as const;

/** Every record that answers, a line each, going on from the last one's id. */
async function* lines(house: House, list: ListName, ask: Ask, asked: Asked): AsyncGenerator<string> {
  const { db, now } = house;
  const how = howOf(asked);
  const limit = batch[how.depth];
  const at = now();
  for (let after: string | undefined; ; ) {
    const rows = await idsOf(db, list, ask, at, { limit, ...(after ? { after } : {}) });
    if (rows.length > 0) yield (await recordsOf(db, list, rows, how, now())).map((record) => `${JSON.stringify(record)}\n`).join("");
    if (rows.length < limit) return;
    after = rows.at(-1)?.id;
  }
}

const sayTo = (c: Door) => say(chooseLanguage(undefined, c.req.header("accept-language")));
const problemType = "/hsds/docs#problems";

function misasked(c: Door, takes: readonly string[], misread: readonly Misread[]): Promise<Response> {
  const t = sayTo(c);
  const names = takes.join(", ") || "–";
  const invalid = misread.map(({ name, why, values }) => ({ name: name.slice(0, 60), reason: t(isKey(why) ? why : "unread", { names, ...values }) }));
  return answerProblem(c, 400, { type: problemType, title: t("badTitle"), detail: t("badDetail"), invalid });
}

function notThere(c: Door, gone?: { readonly mergedInto: string | undefined }): Promise<Response> {
  const t = sayTo(c);
  if (!gone) return answerProblem(c, 404, { type: problemType, title: t("notThereTitle"), detail: t("notThereDetail") });
  return answerProblem(c, 410, { type: problemType, title: t("goneTitle"), detail: t("goneDetail"), ...(gone.mergedInto ? { merged_into: gone.mergedInto } : {}) });
}

function busy(c: Door): Promise<Response> {
  const t = sayTo(c);
  return answerProblem(c, 503, { type: problemType, title: t("busyTitle"), detail: t("busyDetail") }, { "retry-after": "60" });
}
