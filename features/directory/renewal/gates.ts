import { isToken } from "../../../platform/crypto/seal.ts";
import { readCookie } from "../../../platform/http/cookies.ts";
import type { Gate } from "../../../platform/http/room.ts";
import { ownerScope, type OwnerScope } from "../../../platform/http/scope.ts";
import { admitted } from "../policy.ts";
import { linkOf } from "./queries.ts";

/** Who holds a link in force to a listing of her own; for anyone else a page that says how to come by one. */
export const herListing: Gate<OwnerScope> = {
  admits: admitted("keepOwnListing"),
  async open(c, house) {
    const token = readCookie(c, "keep");
    const link = isToken(token) ? await linkOf(house.db, token, house.now()) : undefined;
    return link ? ownerScope(link.serviceId, link.linkHash) : c.redirect("/keep/over", 303);
  },
};
