import type { ComponentChildren } from "preact";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { JustDone, Lead, Link, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say, type CommunityKey } from "../../words.ts";

type Props = { visit: Visit; assets: Assets; title: CommunityKey; lead?: CommunityKey; /** What has just been done. */ said: CommunityKey | undefined; children: ComponentChildren };

/** A page of hers beside what she wrote. */
export function OwnPage({ visit, assets, title, lead, said, children }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t(title)}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href="/community/mine">{t("mineTitle")}</Link>
          </Text>
          <Title>{t(title)}</Title>
          {lead ? <Lead>{t(lead)}</Lead> : null}
        </Stack>
        {said ? (
          <JustDone>
            <Text>{t(said)}</Text>
          </JustDone>
        ) : null}
        {children}
      </Stack>
    </Page>
  );
}
