import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Heading, LinkButton, Notice, Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { say } from "../../words.ts";
import type { OwnSeat } from "../queries.ts";
import { leavings } from "../types.ts";

/** "How are you leaving?": one private tap, and what follows from it. */
export function Leaving({ language, seat }: { language: Language; seat: OwnSeat }) {
  const t = say(language);
  if (!seat.came) return <Text>{t(seat.state === "held" || seat.state === "no_show" ? "seatNoShowText" : "askNextTime")}</Text>;
  if (seat.leaving)
    return (
      <Stack gap={16}>
        <Notice tone="done">{t("leaveThanks")}</Notice>
        {seat.leaving === "talk" ? <Text>{t("leaveTalkText")}</Text> : null}
        {seat.leaving === "heavier" || seat.leaving === "talk" ? (
          <>
            <Text>{t("leaveHeavierText")}</Text>
            <LinkButton href="/message" icon="message" big>
              {t("talk")}
            </LinkButton>
            <LinkButton href="/help" icon="help" tone="plain">
              {t("inDanger")}
            </LinkButton>
          </>
        ) : null}
      </Stack>
    );
  return (
    <Stack gap={16}>
      <Heading>{t("leaveTitle")}</Heading>
      <Soft>{t("leaveText")}</Soft>
      {leavings.map((leaving) => (
        <ActForm key={leaving} action={`/seats/${seat.id}/leaving`} fields={{ leaving }}>
          <Button tone="plain" big>
            {t(`leave_${leaving}`)}
          </Button>
        </ActForm>
      ))}
    </Stack>
  );
}
