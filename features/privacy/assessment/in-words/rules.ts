import type { Language } from "../../../../platform/i18n/words.ts";
import { say } from "../../words.ts";
import { measuresAgainst, removedFor } from "../rules.ts";
import { harms, type DeskFigures, type Setting } from "../types.ts";

export type Section = { readonly title: string; readonly rows: readonly (readonly string[])[] };

/** The whole document: what is known is written in, what only the people know is a place to fill. The page and the spreadsheet are made of the same. */
export function assessmentIn(language: Language, { figures, setting, host }: { readonly figures: DeskFigures; readonly setting: Setting; readonly host: string }): readonly Section[] {
  const t = say(language);
  const fill = t("toFill");
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  const { spaces } = figures;
  return [
    {
      title: t("ukService"),
      rows: [
        [t("ukHost"), host],
        [t("ukWhat"), t("ukWhatIs")],
        [t("ukMembers"), number(figures.members)],
        [t("ukSpaces"), t("ukSpacesAre", spaces)],
        [t("ukPosts"), number(figures.posts)],
        [t("ukInUk"), fill],
      ],
    },
    {
      title: t("ukDesk"),
      rows: [
        [t("ukReports"), number(figures.reports)],
        [t("ukRemoved"), number(Object.values(figures.removed).reduce((sum, one) => sum + one, 0))],
        [t("ukMedian"), figures.medianMinutes === undefined ? t("ukNone") : t("ukMinutes", { minutes: figures.medianMinutes })],
        [t("ukPaused"), number(figures.paused)],
        [t("ukAppeals"), t("ukAppealsAre", { appeals: figures.appeals, gaveWay: figures.gaveWay })],
        [t("ukSignals"), t("ukSignalsAre", { signals: figures.signals, pages: figures.pages })],
      ],
    },
    {
      title: t("ukHarms"),
      rows: [
        [t("ukHarm"), t("ukMeasures"), t("ukRemovedUnder"), t("ukLikely"), t("ukImpact"), t("ukMore")],
        ...harms.map((harm) => [t(`harm_${harm}`), measuresAgainst(harm).map((measure) => t(`measure_${measure}`, spaces)).join(" "), number(removedFor(harm, figures)), fill, fill, fill]),
      ],
    },
    {
      title: t("ukChildren"),
      rows: [
        [t("ukAge"), setting.leastAge === undefined ? t("ukAgeNone") : t("ukAgeAsked", { age: setting.leastAge })],
        [t("ukCanEnter"), t("ukCanEnterIs")],
        [t("ukMany"), fill],
        [t("ukDraws"), fill],
        [t("ukChildrenResult"), fill],
      ],
    },
    { title: t("ukSigned"), rows: [[t("ukWho"), fill], [t("ukWhen"), fill], [t("ukReview"), fill]] },
  ];
}
