import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { say, type SeriesKey } from "../words.ts";

/** A form that comes back: what is to be mended, and what was typed. */
export type Again = { readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** The sentence that mends a field. */
export const mend = (language: Language, problems: Problems = {}) => (field: string): string | undefined => {
  const key = problems[field];
  return key === undefined ? undefined : say(language)(key as SeriesKey);
};

export const ToMend = ({ language, problems = {} }: { language: Language; problems?: Problems | undefined }) => (
  <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, say(language)(key as SeriesKey)] as const)} />
);

/** Everything that was typed, carried on unseen. */
export const CarriedOn = ({ typed }: { typed: Typed }) => <>{Object.entries(typed).flatMap(([name, values]) => values.map((value) => <Carried key={`${name} ${value}`} name={name} value={value} />))}</>;
