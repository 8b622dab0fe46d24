import { staff, type Gate } from "../../platform/http/room.ts";
import { staffRoles, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, type DirectoryAct } from "./policy.ts";

/** Staff whose role the policy names for this act. */
export const staffWho = (act: DirectoryAct): Gate<StaffScope> => staff(...staffRoles.filter((role) => admitted(act).includes(role)));
