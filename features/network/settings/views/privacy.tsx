import { Button, Link, Text } from "../../../../platform/ui/basics.tsx";
import { Area, Choices, Field, Form } from "../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { leastAges } from "../../types.ts";
import { mend } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";
import { Frame, type SettingsProps } from "./frame.tsx";

/** What the network adds to the page that says what is kept: whom to ask, to whom to complain, a paragraph of its own. */
export function PrivacySettings(props: SettingsProps) {
  const { visit, network, typed, problems = {} } = props;
  const t = say(visit.language);
  const problem = mend(visit.language, problems);
  const { contact, complainTo, more } = network.privacy;
  return (
    <Frame {...props} part="settingsPrivacy">
      <FormColumn>
        <Text>
          {t("privacyLead")} <Link href="/privacy">{t("privacyPage")}</Link> · <Link href="/privacy/register">{t("privacyRegister")}</Link>
        </Text>
        <Form action="/settings/privacy">
          <Field name="contact" label={t("privacyContact")} hint={t("privacyContactHint")} problem={problem("contact")} typed={typed} value={contact} maxLength={200} />
          <Field name="complainTo" label={t("complainTo")} hint={t("complainToHint")} problem={problem("complainTo")} typed={typed} value={complainTo} maxLength={300} />
          <Area name="moreEn" label={t("privacyMoreEn")} hint={t("privacyMoreHint")} problem={problem("moreEn")} typed={typed} value={more.en} />
          <Area name="moreEs" label={t("privacyMoreEs")} hint={t("privacyMoreHint")} problem={problem("moreEs")} typed={typed} value={more.es} />
          <Choices
            name="leastAge"
            label={t("leastAge")}
            hint={t("leastAgeHint")}
            problem={problem("leastAge")}
            typed={typed}
            value={String(network.leastAge ?? "none")}
            choices={[...leastAges.map((age) => [String(age), t("leastAgeIs", { age })] as const), ["none", t("leastAgeNone")]]}
          />
          <Button>{t("save")}</Button>
        </Form>
      </FormColumn>
    </Frame>
  );
}
