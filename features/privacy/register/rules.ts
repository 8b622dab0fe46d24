import type { Language } from "../../../platform/i18n/words.ts";
import { receiversIn } from "../in-words/rules.ts";
import { dataClasses, tablesOf } from "../rules.ts";
import { classIds, type ClassId, type Clocks } from "../types.ts";
import { say } from "../words.ts";

/** What the register says of each class, in this order (GDPR, art. 30(1) b to g, and the ground of art. 6 and 9). */
export const columns = ["rowClass", "rowAbout", "rowWhat", "rowWhy", "rowBasis", "rowFrom", "rowWho", "rowShared", "rowKept", "rowSealed", "rowTables"] as const;

export type RegisterRow = { readonly id: ClassId; readonly cells: readonly string[] };

/** One line a class, in words; the page and the spreadsheet are made of the same. */
export function registerIn(language: Language, clocks: Clocks): readonly RegisterRow[] {
  const t = say(language);
  return classIds.map((id) => {
    const { about, basis, from, receivers, sealed } = dataClasses[id];
    return {
      id,
      cells: [
        t(`name_${id}`),
        t(`about_${about}`),
        t(`what_${id}`),
        t(`why_${id}`),
        t(`basis_${basis}`),
        t(`from_${from}`),
        receiversIn(language, receivers),
        t(receivers.includes("carriers") ? "shared_carriers" : "shared_no"),
        t(`kept_${id}`, clocks),
        t(sealed ? "sealed_yes" : "sealed_no"),
        tablesOf(id).join(", "),
      ],
    };
  });
}
