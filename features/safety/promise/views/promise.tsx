import type { Visit } from "../../../../platform/http/visit.ts";
import { languages } from "../../../../platform/i18n/words.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Card, Heading, Lead, Link, Soft, Stack, Table, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { Figures } from "../../signals/figures/rules.ts";
import { say } from "../words.ts";

type Props = { visit: Visit; assets: Assets; care: CareCardContent; figures: Readonly<Record<Visit["language"], Figures>> };

const printed = ["urgentFound", "urgentMissed", "urgentInTurn", "ordinaryRaised", "thoughtsRaised"] as const;

/** In plain words: what happens when somebody writes about suicide, who reads it, and when we would act. */
export function PromisePage({ visit, assets, care, figures }: Props) {
  const { language } = visit;
  const t = say(language);
  const number = (value: number) => t("percent", { number: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value) });
  return (
    <Page visit={visit} assets={assets} title={t("title")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("title")}</Title>
          <Lead>{t("lead")}</Lead>
        </Stack>
        <CareCard {...care} />
        <Card>
          <Heading>{t("readTitle")}</Heading>
          <Bullets>
            {(["read1", "read2", "read3", "read4"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Card>
          <Heading>{t("actTitle")}</Heading>
          <Bullets>
            {(["act1", "act2", "act3", "act4"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Card>
          <Heading>{t("thoughtsTitle")}</Heading>
          <Text>{t("thoughts")}</Text>
        </Card>
        <Card>
          <Heading>{t("nobodyTitle")}</Heading>
          <Text>{t("nobody")}</Text>
        </Card>
        <Heading>{t("wrongTitle")}</Heading>
        <Soft>{t("wrongLead")}</Soft>
        <Table caption={t("wrongTable")} head={[t("wrongWhat"), ...languages.map((one) => t(`in_${one}`))]}>
          {printed.map((key) => (
            <tr key={key}>
              <th scope="row">{t(key)}</th>
              {languages.map((one) => (
                <td key={one}>{number(figures[one][key])}</td>
              ))}
            </tr>
          ))}
        </Table>
        <Text>
          <Link href="/community">{t("community")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}
