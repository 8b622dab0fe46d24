export { versionDays } from "./rules.ts";
export { draftDays } from "./drafts/rules.ts";
