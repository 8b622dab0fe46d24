import { v5 } from "uuid";
import type { Term } from "./rules.ts";

/** Under which the directory makes ids that are the same on every machine (RFC 9562, version 5). */
export const directoryNamespace = "6f1c2f0e-8f7b-5b8e-9a51-0d6a2c3e4f50";
export const taxonomyId = v5("taxonomy", directoryNamespace);
/** The term's row in `taxonomy_terms`, the same in every installation. */
export const termId = (term: Term): string => v5(term, directoryNamespace);

/** What HSDS has no field for and travels as an attribute whose value is the fact; what each means is said in the term's own row. */
export const facts = ["kind", "time_zone", "dial", "wait_days"] as const;
export type Fact = (typeof facts)[number];
export const factsTaxonomyName = "small-hours-facts";
export const factsTaxonomyId = v5("taxonomy/facts", directoryNamespace);
export const factId = (fact: Fact): string => v5(`facts/${fact}`, directoryNamespace);
