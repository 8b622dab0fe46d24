import { z } from "zod";

export const phraseForm = z.object({
  title: z.string("titleMissing").trim().min(1, "titleMissing").max(80, "titleLong"),
  en: z.string("enMissing").trim().min(1, "enMissing").max(2000, "textLong"),
  es: z.string("esMissing").trim().min(1, "esMissing").max(2000, "textLong"),
});
export type PhraseWords = z.output<typeof phraseForm>;
