import type { RuleId } from "../../safety/types.ts";
import type { DeskFigures, Harm, Measure } from "./types.ts";

/** What stands against each kind of harm, and under which rules of the community such a post is removed: that is what can be counted. */
const against: Readonly<Record<Harm, { readonly measures: readonly Measure[]; readonly rules: readonly RuleId[] }>> = {
  terror: { measures: ["held", "report", "notIndexed"], rules: ["no_hate"] },
  children: { measures: ["pictures", "noPrivate", "held", "report"], rules: ["no_sexual"] },
  hate: { measures: ["held", "report"], rules: ["no_hate"] },
  harassment: { measures: ["noPrivate", "held", "report", "log"], rules: ["kind", "nobody_named"] },
  control: { measures: ["noPrivate", "notIndexed", "crisis", "log"], rules: ["nobody_named"] },
  images: { measures: ["pictures", "noPrivate"], rules: ["no_sexual", "nobody_named"] },
  pornography: { measures: ["pictures", "noLinks", "report"], rules: ["no_sexual"] },
  exploitation: { measures: ["noPrivate", "noLinks", "held", "report"], rules: ["no_sexual", "no_contact"] },
  trafficking: { measures: ["noPrivate", "noLinks", "held", "report"], rules: ["no_contact", "nothing_sold"] },
  immigration: { measures: ["noPrivate", "noLinks", "report"], rules: ["no_contact", "nothing_sold"] },
  fraud: { measures: ["noPrivate", "noLinks", "held", "report"], rules: ["nothing_sold", "no_contact"] },
  proceeds: { measures: ["noPrivate", "noLinks", "report"], rules: ["nothing_sold"] },
  drugs: { measures: ["noLinks", "held", "report"], rules: ["nothing_sold", "own_doctor"] },
  weapons: { measures: ["noLinks", "held", "report"], rules: ["nothing_sold"] },
  suicide: { measures: ["crisis", "held", "report", "log"], rules: ["no_method"] },
  foreign: { measures: ["notIndexed", "held", "report"], rules: ["other_place"] },
  animals: { measures: ["pictures", "report"], rules: ["kind"] },
};

export const measuresAgainst = (harm: Harm): readonly Measure[] => against[harm].measures;

/** Posts removed under the rules that this harm falls under; one rule may stand for several harms, so that these are no shares. */
export const removedFor = (harm: Harm, { removed }: Pick<DeskFigures, "removed">): number => against[harm].rules.reduce((sum, rule) => sum + (removed[rule] ?? 0), 0);
