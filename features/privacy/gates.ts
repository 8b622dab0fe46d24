import { staff, type Gate } from "../../platform/http/room.ts";
import { staffRoles, type StaffScope } from "../../platform/http/scope.ts";
import { policy, type PrivacyAct } from "./policy.ts";

/** Staff whose role the policy names for this act. */
export const staffWho = (act: PrivacyAct): Gate<StaffScope> => staff(...staffRoles.filter((role) => role in policy[act]));
