import { v5 } from "uuid";
import type { Term } from "./rules.ts";

/** Under which the directory makes ids that are the same on every machine (RFC 9562, version 5). */
export const directoryNamespace = "6f1c2f0e-8f7b-5b8e-9a51-0d6a2c3e4f50";
export const taxonomyName = "small-hours";
export const taxonomyId = v5("taxonomy", directoryNamespace);
/** The term's row in `taxonomy_terms`, the same in every installation. */
export const termId = (term: Term): string => v5(term, directoryNamespace);
