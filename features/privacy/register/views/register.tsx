import { dayAndTime } from "../../../../platform/time/time.ts";
import { Bullets, Card, Columns, Heading, PlainList, Said, Soft, Strong, Text } from "../../../../platform/ui/basics.tsx";
import type { Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { Network } from "../../../network/types.ts";
import type { Clocks } from "../../types.ts";
import { PaperPage } from "../../views/paper.tsx";
import { say } from "../../words.ts";
import type { SharingYes } from "../queries.ts";
import { columns, registerIn } from "../rules.ts";

type Props = { staffed: Staffed; network: Network | undefined; clocks: Clocks; sharing: readonly SharingYes[] };

/** The register of processing (GDPR, art. 30): who answers for it, every class with its purpose, receivers and time, how it is kept safe. */
export function Register({ staffed, network, clocks, sharing }: Props) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <PaperPage staffed={staffed} paper="registerTitle" file="/privacy/register.csv">
      <Said
        rows={[
          [t("registerHost"), network?.hostOrganisation ?? ""],
          [t("registerContact"), network?.privacy.contact || t("registerNoContact")],
          [t("registerAbroad"), t("registerAbroadNone")],
        ]}
      />
      <Columns even>
        {registerIn(language, clocks).map(({ id, cells: [name, ...rest] }) => (
          <Card key={id}>
            <Heading>{name}</Heading>
            <Said rows={columns.slice(1).map((column, nth) => [t(column), rest[nth]] as const)} />
          </Card>
        ))}
      </Columns>
      <Heading>{t("measuresTitle")}</Heading>
      <Bullets>
        {(["measure1", "measure2", "measure3", "measure4", "measure5", "measure6"] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </Bullets>
      <Soft>{t("measuresMore")}</Soft>
      <Heading>{t("sharingTitle")}</Heading>
      <Text>{t("sharingLead")}</Text>
      {sharing.length === 0 ? (
        <Text>{t("sharingNone")}</Text>
      ) : (
        <PlainList label={t("sharingTitle")}>
          {sharing.map(({ id, handle, wording, givenAt }) => (
            <li key={id}>
              <Strong>{handle}</Strong>: {wording}
              <Soft>{dayAndTime(givenAt, staffed.member.zone, language)}</Soft>
            </li>
          ))}
        </PlainList>
      )}
    </PaperPage>
  );
}
