import type { ComponentChildren } from "preact";
import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Details } from "../../../../platform/ui/basics.tsx";
import { Form } from "../../../../platform/ui/fields.tsx";
import { say } from "../words.ts";
import { ContactFields, CostFields, FactsFields, HoursFields, LanguagesFields, type ChangeProps, type Part } from "./fields.tsx";

type OnePart = { readonly at: string; readonly name: Part; readonly title: string; readonly open: boolean; readonly language: Language; readonly children: ComponentChildren };

/** One part that may be wrong, folded away: a form of its own, which posts to its address below `at`. */
export const ChangePart = ({ at, name, title, open, language, children }: OnePart) => (
  <Details summary={title} open={open}>
    <Form action={`${at}/${name}`}>
      {children}
      <Button>{say(language)("save")}</Button>
    </Form>
  </Details>
);

/** The parts of a listing that owners and coordinators change alike. */
export function ChangeParts({ at, ...props }: ChangeProps & { readonly at: string }) {
  const { language } = props.visit;
  const t = say(language);
  const part = (name: Part, title: string, fields: ComponentChildren) => (
    <ChangePart {...{ at, name, title, language }} open={props.part === name}>
      {fields}
    </ChangePart>
  );
  return (
    <>
      {part("contact", t("changeContact"), <ContactFields {...props} />)}
      {part("hours", t("changeHours"), <HoursFields {...props} />)}
      {part("languages", t("changeLanguages"), <LanguagesFields {...props} />)}
      {part("cost", t("changeCost"), <CostFields {...props} />)}
      {part("facts", t("changeFacts"), <FactsFields {...props} />)}
    </>
  );
}
