import { Button, Text } from "../../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { mend } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";
import { Frame, type SettingsProps } from "./frame.tsx";

const limits = { conversationDays: [1, 365], contactDays: [1, 90], auditDays: [90, 3650] } as const;

/** How many days each kind of record stays, and what goes then. */
export function RetentionSettings(props: SettingsProps) {
  const { visit, network, typed, problems = {} } = props;
  const t = say(visit.language);
  const problem = mend(visit.language, problems);
  return (
    <Frame {...props} part="settingsRetention">
      <FormColumn>
        <Text>{t("retentionLead")}</Text>
        <Form action="/settings/retention">
          {(["conversationDays", "contactDays", "auditDays"] as const).map((name) => (
            <Field
              key={name}
              name={name}
              label={t(name)}
              hint={t(`${name}Hint`)}
              problem={problem(name)}
              typed={typed}
              value={String(network[name])}
              type="number"
              inputmode="numeric"
              min={limits[name][0]}
              max={limits[name][1]}
              required
            />
          ))}
          <Button>{t("save")}</Button>
        </Form>
      </FormColumn>
    </Frame>
  );
}
