import type { Visit } from "../../../platform/http/visit.ts";
import type { Assets } from "../../../platform/ui/assets.ts";
import { LinkButton, Stack, Text, Title } from "../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../platform/ui/care-card.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import { say } from "../words.ts";

type Key = Parameters<ReturnType<typeof say>>[0];
type ApologyProps = { readonly visit: Visit; readonly assets: Assets; readonly title: Key; readonly sentences: readonly Key[]; readonly care: CareCardContent };

/** What a page says that is not what she came for: in a few sentences, with the way home and whom to call meanwhile. */
export function Apology({ visit, assets, title, sentences, care }: ApologyProps) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t(title)}>
      <Stack gap={24}>
        <Title>{t(title)}</Title>
        {sentences.map((sentence) => (
          <Text key={sentence}>{t(sentence)}</Text>
        ))}
        <LinkButton href="/" icon="home" big>
          {t("goHome")}
        </LinkButton>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}
