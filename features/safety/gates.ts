import { staff, type Gate } from "../../platform/http/room.ts";
import { staffRoles, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, type SafetyAct } from "./policy.ts";

/** Staff whose role the policy names for this act on some condition. */
export const staffWho = (act: SafetyAct): Gate<StaffScope> => staff(...staffRoles.filter((role) => admitted(act).includes(role)));
