import type { Problems, Typed } from "../../../platform/http/form.ts";
import { languages, ownName, type Language } from "../../../platform/i18n/words.ts";
import { Choices, Field, Select, type Choice } from "../../../platform/ui/fields.tsx";
import type { Network } from "../types.ts";
import { say } from "../words.ts";

type NetworkFieldsProps = { language: Language; /** Code and name, in the order of the names. */ countries: readonly Choice[]; typed: Typed | undefined; problems: Problems; network?: Network | undefined; zone?: string | undefined };

/** The sentence that mends a field; problems are keys of these words. */
export const mend = (language: Language, problems: Problems) => (field: string): string | undefined => {
  const key = problems[field];
  return key === undefined ? undefined : say(language)(key as "missing");
};

/** What the network is; at set-up and in the settings. */
export function NetworkFields({ language, countries, typed, problems, network, zone }: NetworkFieldsProps) {
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <>
      <Field name="networkName" label={t("networkName")} hint={t("networkNameHint")} problem={problem("networkName")} typed={typed} value={network?.name} maxLength={80} required />
      <Field name="hostOrganisation" label={t("hostOrganisation")} hint={t("hostHint")} problem={problem("hostOrganisation")} typed={typed} value={network?.hostOrganisation} maxLength={120} required />
      <Select
        name="country"
        label={t("country")}
        hint={t("countryHint")}
        problem={problem("country")}
        typed={typed}
        value={network?.country ?? "US"}
        choices={countries}
      />
      <Select name="zone" label={t("zone")} hint={t("zoneHint")} problem={problem("zone")} typed={typed} value={network?.zone ?? zone ?? "America/New_York"} choices={zones().map((one) => [one, one.replaceAll("_", " ")] as const)} />
      <Choices
        name="languages"
        label={t("languages")}
        problem={problem("languages")}
        typed={typed}
        value={(network?.languages ?? languages).join(" ")}
        choices={languages.map((one) => [one, ownName[one]] as const)}
        several
      />
    </>
  );
}

const zones = (): readonly string[] => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])];
