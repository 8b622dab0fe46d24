import { z } from "zod";
import { quietNames } from "../../platform/http/visit.ts";
import { languages } from "../../platform/i18n/words.ts";
import { isCountry } from "./rules.ts";

const back = z.string().max(300).optional();

export const backForm = z.object({ back });
export const languageForm = z.object({ language: z.enum(languages), back });
export const lightForm = z.object({ light: z.enum(["day", "night"]), back });
export const quietForm = z.object({ quiet: z.enum(["0", ...quietNames]), back });
export const countryForm = z.object({ country: z.string().transform((typed) => typed.toUpperCase()).refine(isCountry), back });
export const findForm = z.object({ place: z.string().max(400).transform((typed) => typed.slice(0, 80)).default("") });
