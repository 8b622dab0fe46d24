import { Button } from "../../../../platform/ui/basics.tsx";
import { Form, type Choice } from "../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { NetworkFields } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";
import { Frame, type SettingsProps } from "./frame.tsx";

/** Name, host, country, zone and languages. */
export function NetworkSettings(props: SettingsProps & { countries: readonly Choice[] }) {
  const { language } = props.visit;
  return (
    <Frame {...props} part="settingsNetwork">
      <FormColumn>
        <Form action="/settings">
          <NetworkFields language={language} countries={props.countries} typed={props.typed} problems={props.problems ?? {}} network={props.network} />
          <Button>{say(language)("save")}</Button>
        </Form>
      </FormColumn>
    </Frame>
  );
}
