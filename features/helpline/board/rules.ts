import type { Language } from "../../../platform/i18n/words.ts";
import type { OnDuty } from "./types.ts";

export type DutyIn = { readonly language: Language; readonly names: readonly string[]; readonly places: number; readonly held: number };

/** Who answers in each language now. Somebody who speaks two stands under both, so places do not add up across languages. */
export function dutyByLanguage(duty: readonly OnDuty[], languages: readonly Language[]): DutyIn[] {
  return languages.map((language) => {
    const here = duty.filter((one) => one.languages.includes(language));
    return {
      language,
      names: here.map(({ name }) => name),
      places: here.reduce((sum, { cap }) => sum + cap, 0),
      held: here.reduce((sum, { held }) => sum + held, 0),
    };
  });
}
