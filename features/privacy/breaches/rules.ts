import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { complaintsGoTo } from "../rules.ts";
import type { BreachStep } from "./types.ts";

/** Whom a law wants told. */
export type Told = "authority" | "people" | "ftc" | "media";
type Rule = { readonly law: "gdpr" | "hbnr" | "state" | "hbnrFtc" | "hbnrMedia"; readonly told: Told; readonly hours: number; readonly answeredBy: readonly BreachStep[] };

/** From here on the FTC is told with the people, and media of the state, too (16 CFR 318.5). */
export const manyPeople = 500;

const gdpr: Rule = { law: "gdpr", told: "authority", hours: 72, answeredBy: ["authority_told", "no_risk"] };
const state: Rule = { law: "state", told: "people", hours: 30 * 24, answeredBy: ["people_told"] };
const hbnr: Rule = { law: "hbnr", told: "people", hours: 60 * 24, answeredBy: ["people_told"] };
const ftc: Rule = { law: "hbnrFtc", told: "ftc", hours: 60 * 24, answeredBy: ["ftc_told"] };
const media: Rule = { law: "hbnrMedia", told: "media", hours: 60 * 24, answeredBy: ["media_told"] };

/**
 * The clocks that run. EU and UK: 72 hours to the authority unless people are at no risk (GDPR, art. 33). US: the people within 60 days of knowing,
 * the FTC with them and media where many are touched (Health Breach Notification Rule, 16 CFR 318.4 and 318.5; HIPAA, 45 CFR 164.404, says 60 days, too);
 * some states give the people's notice 30 days (Washington, RCW 19.255.010). Elsewhere the shortest that we know is shown. Not legal advice.
 */
function rulesFor(country: string, people: number): readonly Rule[] {
  const where = complaintsGoTo(country);
  if (where === "US") return [state, hbnr, ...(people >= manyPeople ? [ftc, media] : [])];
  return [gdpr];
}

export type BreachClock = { readonly law: Rule["law"]; readonly told: Told; readonly dueAt: Instant; readonly stands: "open" | "late" | "done" | "doneLate" };

/** Each clock with its end, and whether it was answered in time. It runs from when we knew, not from when it happened. */
export function clocksOfBreach(country: string, people: number, knownAt: Instant, steps: readonly { readonly step: BreachStep; readonly at: Instant }[], now: Instant): readonly BreachClock[] {
  return rulesFor(country, people).map(({ law, told, hours, answeredBy }) => {
    const dueAt = knownAt.add({ hours });
    const answered = steps.find(({ step }) => answeredBy.includes(step));
    const inTime = (at: Instant) => !isBefore(dueAt, at);
    return { law, told, dueAt, stands: answered ? (inTime(answered.at) ? "done" : "doneLate") : inTime(now) ? "open" : "late" };
  });
}
