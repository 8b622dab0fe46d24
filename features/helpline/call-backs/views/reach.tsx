import { Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { BeforeYouCall, ReachLink } from "../../../../platform/ui/board.tsx";
import type { Language } from "../../../../platform/i18n/words.ts";
import type { Revealed } from "../commands.ts";
import { say } from "../words.ts";

const icons = { text: "text", call: "phone", email: "mail" } as const;

/** How to reach them, right under the words that keep them safe. */
export function Reach({ language, revealed }: { language: Language; revealed: Revealed }) {
  const t = say(language);
  const { kind, href, contact, nickname, safeWay } = revealed;
  return (
    <Stack>
      <BeforeYouCall title={kind === "email" && safeWay === "text_only" ? t("before_email") : t(`before_${safeWay}`)}>
        {kind === "email" && safeWay === "text_only" ? null : <Text>{t(`before_${safeWay}_more`)}</Text>}
        <ReachLink href={href} icon={icons[kind]} act={t(`act_${kind}`)} shown={contact} />
      </BeforeYouCall>
      <Text>{nickname ? t("askFor", { name: nickname }) : t("noNickname")}</Text>
      {kind === "email" ? null : <Soft>{t("hideOwnNumber")}</Soft>}
    </Stack>
  );
}
