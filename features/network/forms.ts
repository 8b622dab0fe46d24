import { z } from "zod";
import { languages } from "../../platform/i18n/words.ts";
import { isZone } from "../../platform/time/time.ts";
import { knownCountry } from "../safety/queries.ts";

const text = (max: number) => z.string("missing").trim().min(1, "missing").max(max, "tooLong");

/** What the network is called and how it works; asked at set-up and in the settings. */
export const networkForm = z.object({
  networkName: text(80),
  hostOrganisation: text(120),
  country: z.string("countryWrong").refine((code) => knownCountry(code) !== undefined, "countryWrong"),
  zone: z.string("zoneWrong").max(64, "zoneWrong").refine(isZone, "zoneWrong"),
  languages: z.array(z.enum(languages, "languagesMissing"), "languagesMissing").min(1, "languagesMissing").transform((chosen) => [...new Set(chosen)]),
});
export type NetworkForm = z.output<typeof networkForm>;
