import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { Card, Heading, Num, Preline, Soft } from "../../../../platform/ui/basics.tsx";
import type { Message } from "../types.ts";
import { say } from "../words.ts";

type Props = { readonly language: Language; readonly zone: string; readonly title: string; readonly messages: readonly Message[] };

/** What was written to all seats; nothing where nothing was. */
export function Messages({ language, zone, title, messages }: Props) {
  const t = say(language);
  if (messages.length === 0) return null;
  return (
    <>
      <Heading>{title}</Heading>
      {messages.map(({ id, name, words, at }) => (
        <Card key={id}>
          <Preline>{words}</Preline>
          <Soft>
            <Num>{t("by", { name: name ?? t("somebody"), when: dayAndTime(at, zone, language) })}</Num>
          </Soft>
        </Card>
      ))}
    </>
  );
}
