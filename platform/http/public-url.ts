import type { House } from "./house.ts";

/** Where letters lead: the address from the settings, never the one that a request claims. */
export const publicUrl = ({ environment }: Pick<House, "environment">): string => (environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`).replace(/\/$/, "");
