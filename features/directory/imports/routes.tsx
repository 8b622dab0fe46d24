import { randomUUID } from "node:crypto";
import { readForm, readTyped, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { csvFile, show } from "../../../platform/http/show.ts";
import { handedOnce } from "../../../platform/http/step.ts";
import { readUpload } from "../../../platform/http/upload.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { allAreas } from "../areas/queries.ts";
import { staffWho } from "../gates.ts";
import { mappingForm, uploadForm } from "./forms.ts";
import { apiSources } from "./pulling/queries.ts";
import { pullingRoutes } from "./pulling/routes.tsx";
import { fileSources, readingById, readingsNow, refusedRows, rowsToSay, type ReadingSeen } from "./queries.ts";
import { accountCsv, accountHead, templateCsv } from "./template/rules.ts";
import { WholeRefused, type ImportId } from "./types.ts";
import { beginUpload, dropUpload, forgetIncoming, incomingPath, keepUpload, lookAtUpload, uploadBytes } from "./uploads/commands.ts";
import { AccountPage } from "./views/account.tsx";
import { Preview } from "./views/preview.tsx";
import { Readings } from "./views/readings.tsx";
import { Upload } from "./views/upload.tsx";

type Again = { readonly problems: Problems; readonly typed?: Typed; readonly detail?: string };

/** Other directories' lists come in: handed in, looked at, read as a job, and accounted for to the last row. */
export function importRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;
  const importer = staffWho("importListings");

  const upload = async (c: Door, scope: StaffScope, again?: Again, status = 422) => {
    const [sources, areas, network] = await Promise.all([fileSources(db, scope), allAreas(db), networkNow(db)]);
    return show(c, <Upload staffed={staffedOf(c, house, scope)} {...{ sources, areas, ...again }} country={network?.country ?? "US"} most={uploadBytes} />, again ? status : 200);
  };

  const preview = async (c: Door, scope: StaffScope, reading: ReadingSeen, again?: Again) => {
    const looked = await lookAtUpload(house, reading.upload ?? "", reading.source);
    return show(c, <Preview staffed={staffedOf(c, house, scope)} {...{ reading, looked, ...again }} />, again ? 422 : 200);
  };

  const readingOf = async (c: Door, scope: StaffScope): Promise<ReadingSeen | undefined> => {
    const id = c.req.param("importId");
    return isId(id) ? readingById(db, scope, id as ImportId) : undefined;
  };

  room.get("/tend/imports", importer, async (c, scope) => show(c, <Readings staffed={staffedOf(c, house, scope)} readings={await readingsNow(db, scope)} sources={await apiSources(db, scope)} away={handedOnce(c, "said") === "away"} />));
  pullingRoutes(room);
  room.get("/tend/imports/new", importer, (c, scope) => upload(c, scope));

  room.postFile("/tend/imports", importer, async (c, scope) => {
    const place = randomUUID();
    const { typed, file, tooBig } = await readUpload(c, incomingPath(house, place), uploadBytes);
    const form = readTyped(typed, uploadForm);
    if (!form.ok || !file) {
      await forgetIncoming(house, place);
      return upload(c, scope, { problems: { ...(form.ok ? {} : form.problems), ...(file ? {} : { file: tooBig ? "fileTooBig" : "fileMissing" }) }, typed }, tooBig ? 413 : 422);
    }
    const kept = await keepUpload(house, scope, place, file, form.value);
    return "importId" in kept ? c.redirect(`/tend/imports/${kept.importId}`, 303) : upload(c, scope, { ...kept, typed });
  });

  room.get("/tend/imports/template/:file", importer, (c) => {
    const language = ({ "listings-en.csv": "en", "lugares-es.csv": "es" } as const)[c.req.param("file") ?? ""];
    return language ? csvFile(c.req.param("file") ?? "", templateCsv(language)) : c.notFound();
  });

  room.get("/tend/imports/:importId", importer, async (c, scope) => {
    const reading = await readingOf(c, scope);
    if (!reading) return c.notFound();
    if (reading.standing === "waits") return preview(c, scope, reading);
    const page = Math.min(10_000, Math.max(1, Number.parseInt(c.req.query("page") ?? "1", 10) || 1));
    return show(c, <AccountPage staffed={staffedOf(c, house, scope)} reading={reading} rows={await refusedRows(db, scope, reading.id, page)} page={page} />);
  });

  room.post("/tend/imports/:importId/begin", importer, async (c, scope) => {
    const reading = await readingOf(c, scope);
    if (!reading) return c.notFound();
    const there = `/tend/imports/${reading.id}`;
    if (reading.standing !== "waits") return c.redirect(there, 303);
    const looked = await lookAtUpload(house, reading.upload ?? "", reading.source);
    if (looked instanceof WholeRefused) return preview(c, scope, reading);
    const asks = looked.kind === "sheet" && !looked.template;
    const form = await readForm(c, mappingForm);
    if (asks && !form.ok) return preview(c, scope, reading, form);
    await beginUpload(house, scope, reading.id, asks && form.ok ? form.value : undefined);
    return c.redirect(there, 303);
  });

  room.post("/tend/imports/:importId/drop", importer, async (c, scope) => {
    const reading = await readingOf(c, scope);
    if (!reading) return c.notFound();
    await dropUpload(house, scope, reading.id);
    return c.redirect("/tend/imports", 303);
  });

  room.get("/tend/imports/:importId/rows.csv", importer, async (c, scope) => {
    const reading = await readingOf(c, scope);
    if (!reading) return c.notFound();
    const { language } = visitOf(c);
    const rows = rowsToSay(db, scope, reading.id);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(encoder.encode(accountHead(language))),
      async pull(stream) {
        const { value, done } = await rows.next();
        if (done) stream.close();
        else stream.enqueue(encoder.encode(accountCsv(value, language)));
      },
    });
    return csvFile("account.csv", body);
  });
}
