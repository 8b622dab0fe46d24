import type { Visit } from "../../../../platform/http/visit.ts";
import { Hush, Link, LinkButton, Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { say } from "../../words.ts";
import type { Heard } from "../types.ts";

/** What was found in her words, said to herself: who was asked to read them, and the numbers. It hides nothing and decides nothing. */
export function HeardInWords({ language, heard, care }: { language: Visit["language"]; heard: Heard; care: CareCardContent }) {
  const t = say(language);
  if (heard.priority === "P2")
    return (
      <Hush>
        <Text>{t("heardThoughts")}</Text>
        <Link href="/understand#thoughts">{t("heardThoughtsMore")}</Link>
      </Hush>
    );
  const { asked } = heard;
  const quoted = heard.words.map((words) => `“${words}”`).join(", ");
  return (
    <Stack gap={16}>
      <Hush>
        <Text>{`${t(heard.priority === "P0" ? "heardNow" : "heardToday")} ${quoted}`}</Text>
        <Text>{heard.priority === "P0" ? t(`heard_${asked?.state ?? "asking"}`, { what: asked?.whatWeDo ?? "" }) : t("heardSoon")}</Text>
        <Soft>{t("heardMaybeWrong")}</Soft>
        <Link href="/safety/promise">{t("heardPromise")}</Link>
      </Hush>
      <LinkButton href="/message" icon="message" tone="plain">
        {t("heardTalk")}
      </LinkButton>
      {heard.priority === "P0" ? <CareCard {...care} /> : null}
    </Stack>
  );
}
