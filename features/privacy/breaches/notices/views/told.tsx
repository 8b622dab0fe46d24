import type { Visit } from "../../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Button, Card, Details, Lead, Link, Num, Soft, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import type { Network } from "../../../../network/types.ts";
import { say } from "../../../words.ts";
import type { NoticeToHer } from "../types.ts";
import { NoticeParts } from "./notice.tsx";

type Props = { visit: Visit; assets: Assets; zone: string; notices: readonly NoticeToHer[]; network: Network | undefined };

/** What she was told of what went wrong with what is kept of her: it stands before her next page until she has said that she read it, and stays here. */
export function ToldPage({ visit, assets, zone, notices, network }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("toldTitle")}>
      <Stack gap={24}>
        <Title>{t("toldTitle")}</Title>
        {notices.length === 0 ? <Text>{t("toldNone")}</Text> : <Lead>{t("notice1", { network: network?.name ?? "" })}</Lead>}
        {notices.map((said) => {
          const shown = <NoticeParts {...{ language, said, network, zone }} />;
          const time = dayAndTime(said.readAt ?? said.toldAt, zone, language);
          return said.readAt ? (
            <Details key={said.id} summary={t("toldRead", { time })}>
              {shown}
            </Details>
          ) : (
            <Card key={said.id}>
              {shown}
              <Soft>
                <Num>{t("toldOn", { time })}</Num>
              </Soft>
              <ActForm action={`/privacy/notices/${said.id}/read`}>
                <Button big>{t("toldKnown")}</Button>
              </ActForm>
            </Card>
          );
        })}
        <Text>
          <Link href="/message">{t("toldMessage")}</Link>
        </Text>
        <Text>
          <Link href="/privacy/mine">{t("rightReport")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}
