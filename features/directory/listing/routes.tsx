import { isId } from "../../../platform/http/ids.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { careCardFor, knownCountry } from "../../safety/queries.ts";
import { speechIn } from "../finder/words.ts";
import { siteOf } from "../hsds/rules.ts";
import { regionMap } from "../map/queries.ts";
import { atAddress } from "./page/queries.ts";
import { toKeep } from "./page/rules.ts";
import { Gone } from "./page/views/gone.tsx";
import { ListingPage } from "./page/views/listing.tsx";
import { reportRoutes } from "./report/routes.tsx";
import { schemaOrgOf } from "./schema-org/rules.ts";
import { vcardOf } from "./vcard/rules.ts";

/** One listing's own page, its card for an address book, and telling us that it is wrong. */
export function listingRoutes(room: Room): void {
  const { db, assets, environment, now } = room.house;

  const asked = async (c: Door) => {
    const visit = visitOf(c);
    const { language } = visit;
    const country = knownCountry(visit.country) ?? (await networkNow(db))?.country ?? "US";
    const id = c.req.param("id");
    const at = isId(id) ? await atAddress(db, id, country, now()) : undefined;
    return { visit, country, at, reader: { language, now: now(), zone: visit.zone }, speech: speechIn(language), care: careCardFor(language, country) };
  };

  room.get("/listings/:id", anyone, async (c) => {
    const { at, ...about } = await asked(c);
    if (!at) return c.notFound();
    if (at.is === "merged") return c.redirect(`/listings/${at.to}`, 303);
    const when = { now: now().epochMilliseconds, zone: about.visit.zone ?? "UTC" };
    if (at.is === "gone") return show(c, <Gone {...about} assets={assets} gone={at} when={when} />, 410);
    const page = `${siteOf(c.req.url, environment.PUBLIC_URL)}/listings/${at.listing.id}`;
    return show(c, <ListingPage {...about} assets={assets} at={at} map={at.area ? regionMap(at.area) : undefined} linkedData={schemaOrgOf(at, page, about.country, now())} />);
  });

  room.get("/listings/:id/card.vcf", anyone, async (c) => {
    const { at, reader, speech, country } = await asked(c);
    if (at?.is !== "here") return c.notFound();
    return c.body(vcardOf(toKeep(at, reader, speech, country)), 200, { "content-type": "text/vcard; charset=utf-8", "content-disposition": 'attachment; filename="listing.vcf"', "cache-control": "no-store", "x-content-type-options": "nosniff" });
  });

  reportRoutes(room);
}
