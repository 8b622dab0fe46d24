import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Soft, Stack } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import type { TopicId } from "../../types.ts";
import { say } from "../../words.ts";

/** Following a topic, or no more. */
export function Follow({ language, id, follows }: { language: Language; id: TopicId; follows: boolean }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <ActForm action={`/community/topics/${id}/follow`} fields={{ does: follows ? "no" : "yes" }}>
        <Button tone="plain" icon="bell">
          {t(follows ? "followEnd" : "follow")}
        </Button>
      </ActForm>
      <Soft>{t(follows ? "followed" : "followHint")}</Soft>
    </Stack>
  );
}
