import { Bullets, Card, Columns, Heading, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import type { Language } from "../../../../../platform/i18n/words.ts";
import { say, type OnCallKey } from "../../words.ts";

const toSay = ["say1", "say2", "say3", "say4"] as const satisfies readonly OnCallKey[];
const toLeaveOut = ["not1", "not2", "not3", "not4"] as const satisfies readonly OnCallKey[];

/** What one can say, and what one leaves out. A name or an address is never asked for (IFTAS, "Responding to Self-Harm and Suicidal Content"). */
export function HowToAnswer({ language }: { language: Language }) {
  const t = say(language);
  const part = (title: OnCallKey, keys: readonly OnCallKey[]) => (
    <Stack gap={8}>
      <Strong>{t(title)}</Strong>
      <Bullets>
        {keys.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </Bullets>
    </Stack>
  );
  return (
    <Card>
      <Heading>{t("helpTitle")}</Heading>
      <Text>{t("helpIntro")}</Text>
      <Columns even>
        {part("sayTitle", toSay)}
        {part("notTitle", toLeaveOut)}
      </Columns>
    </Card>
  );
}
