export { versionDays } from "./rules.ts";
