import { isId } from "../../platform/http/ids.ts";
import { staff, type Door, type Gate } from "../../platform/http/room.ts";
import { staffRoles, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, type DirectoryAct } from "./policy.ts";
import type { ServiceId } from "./types.ts";

/** Staff whose role the policy names for this act. */
export const staffWho = (act: DirectoryAct): Gate<StaffScope> => staff(...staffRoles.filter((role) => admitted(act).includes(role)));

/** The service that a page of theirs is of, `:serviceId`; undefined for what is no id at all. */
export function serviceOf(c: Door): ServiceId | undefined {
  const id = c.req.param("serviceId");
  return isId(id) ? (id as ServiceId) : undefined;
}
