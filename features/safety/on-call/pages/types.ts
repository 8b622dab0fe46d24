import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Visit } from "../../../../platform/http/visit.ts";

/** Who looks: as much of it as the live parts of these pages are shown with. */
export type Looking = { readonly visit: Pick<Visit, "language">; readonly member: Pick<SignedIn, "memberId" | "roles" | "zone"> };
