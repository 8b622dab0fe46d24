import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Heading, LinkButton, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../../platform/ui/care-card.tsx";
import { BackLink } from "../../../../../platform/ui/listing-page.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import { Sprite } from "../../../../../platform/ui/sprite.tsx";
import type { Speech, When } from "../../../finder/in-words/rules.ts";
import { Cards } from "../../../finder/views/results.tsx";
import { say } from "../../words.ts";
import type { AtAddress } from "../types.ts";

type GoneProps = { visit: Visit; assets: Assets; gone: Extract<AtAddress, { is: "gone" }>; speech: Speech; when: When; country: string; care: CareCardContent };

const bodies = { closed: "goneBody", unsaid: "unsaidBody", hidden: "hiddenBody", away: "awayBody" } as const satisfies Record<GoneProps["gone"]["why"], string>;

/** It is not listed any more, or not now; who may help instead. */
export function Gone({ visit, assets, gone, speech, when, country, care }: GoneProps) {
  const t = say(visit.language);
  const title = gone.why === "closed" || gone.why === "unsaid" ? t("goneTitle", { name: gone.name }) : t("hiddenTitle", { name: gone.name });
  return (
    <Page visit={visit} assets={assets} title={title}>
      <Sprite names={["phone", "text", "check", "eye", "clock", "warning"]} />
      <Stack gap={24}>
        <BackLink href="/find">{t("back")}</BackLink>
        <Title small>{title}</Title>
        <Text>{t(bodies[gone.why])}</Text>
        {gone.others.length > 0 ? (
          <>
            <Heading>{t("othersHeading")}</Heading>
            <Cards found={gone.others} speech={speech} when={when} country={country} />
          </>
        ) : null}
        <LinkButton href="/find" icon="search" big>
          {t("searchAgain")}
        </LinkButton>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}
