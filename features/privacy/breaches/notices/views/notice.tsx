import type { Language } from "../../../../../platform/i18n/words.ts";
import { Heading, Preline, Stack } from "../../../../../platform/ui/basics.tsx";
import type { Network } from "../../../../network/types.ts";
import { say } from "../../../words.ts";
import { partsInWords } from "../in-words/rules.ts";
import type { NoticeSaid } from "../types.ts";

/** One notice as whoever was touched reads it. */
export function NoticeParts({ language, said, network, zone }: { language: Language; said: NoticeSaid; network: Network | undefined; zone: string }) {
  const t = say(language);
  return (
    <div lang={language}>
      <Stack gap={16}>
        {partsInWords(language, said, network, zone).map(({ title, lines }) => (
          <Stack key={title} gap={8}>
            <Heading>{t(title)}</Heading>
            {lines.map((line) => (
              <Preline key={line}>{line}</Preline>
            ))}
          </Stack>
        ))}
      </Stack>
    </div>
  );
}
