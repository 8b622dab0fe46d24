import { z } from "zod";

const part = z.string("noticeMissing").trim().min(1, "noticeMissing").max(2000, "tooLong");

/** A notice in both languages. It is looked at once before it is told. */
export const noticeForm = z.object({ key: z.uuid("formLost"), act: z.enum(["look", "tell"]).default("look"), happened_en: part, did_en: part, may_en: part, happened_es: part, did_es: part, may_es: part });

type Filled = z.output<typeof noticeForm>;
/** The words of a form, by language. */
export const wordsIn = (form: Filled) => ({
  en: { happened: form.happened_en, did: form.did_en, may: form.may_en },
  es: { happened: form.happened_es, did: form.did_es, may: form.may_es },
});
