import { z } from "zod";
import { spaceModes, type SpaceId } from "../types.ts";

const words = (most: number) => z.string("wordsMissing").trim().min(1, "wordsMissing").max(most, "tooLong");
const mayBeEmpty = (most: number) => z.string().trim().max(most, "tooLong").default("");

export const spaceForm = z
  .object({
    language: z.enum(["en", "es", "both"], "languageMissing"),
    nameEn: words(80),
    nameEs: words(80),
    aboutEn: words(400),
    aboutEs: words(400),
    sharedEn: mayBeEmpty(120),
    sharedEs: mayBeEmpty(120),
    mode: z.enum(spaceModes, "modeMissing"),
    pictures: z.string().optional().transform((said) => said === "yes"),
  })
  .refine(({ sharedEn, sharedEs }) => (sharedEn === "") === (sharedEs === ""), { message: "sharedBoth", path: ["sharedEs"] })
  .transform(({ language, nameEn, nameEs, aboutEn, aboutEs, sharedEn, sharedEs, mode, pictures }) => ({ language, mode, pictures, name: { en: nameEn, es: nameEs }, about: { en: aboutEn, es: aboutEs }, shared: sharedEn === "" ? undefined : { en: sharedEn, es: sharedEs } }));

/** The same with the key of its form: sent twice, it is one space. */
export const newSpaceForm = z.object({ key: z.uuid("formLost").transform((key) => key as SpaceId) }).and(spaceForm);

export const longestPauseDays = 14;
export const pauseForm = z.object({ reasonEn: words(200), reasonEs: words(200), hours: z.coerce.number("hoursWrong").int("hoursWrong").min(1, "hoursWrong").max(longestPauseDays * 24, "hoursWrong") });

const id = z.uuid();
/** Where a list goes on: the last line that was shown. */
export const afterForm = z.object({ at: z.iso.datetime().max(40).startsWith("2"), id });

export const offerForm = z.object({ offer: z.enum(["yes", "no"]).catch("yes") });
