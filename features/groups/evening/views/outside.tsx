import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime } from "../../../../platform/time/time.ts";
import { Button, Details, Heading, LinkButton, Notice, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../../platform/ui/fields.tsx";
import type { Session } from "../../types.ts";
import { say } from "../words.ts";
import type { Again } from "./circle.tsx";

/** An organisation's own room, as it is open now: its address stands on no page, and is told by a tap. `at`: where her own page is. */
export function OutsideRoom({ language, session, zone, at, alias }: { language: Language; session: Session; zone: string; at: string; alias: string }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Heading>{t("voiceTitle")}</Heading>
      <Text>{t("linkText", { alias })}</Text>
      {session.roomMovedAt ? <Notice tone="attention">{t("linkMoved", { time: clockTime(session.roomMovedAt, zone, language) })}</Notice> : null}
      <LinkButton href={`${at}/outside`} icon="door" big>
        {t("linkOpen")}
      </LinkButton>
    </Stack>
  );
}

/** What such a room cannot do, said to those who lead, and the way to help it. */
export function OutsideMoves({ language, at, again = {} }: { language: Language; at: string; again?: Again | undefined }) {
  const t = say(language);
  return (
    <Details summary={t("linkChange")} open={again.problem !== undefined}>
      <Text>{t("linkKeeps")}</Text>
      <Form action={`${at}/outside`}>
        <Field name="address" type="url" label={t("linkAddress")} hint={t("linkAddressHint")} problem={again.problem} typed={{ address: [again.typed ?? ""] }} maxLength={500} required />
        <Button tone="plain">{t("linkUse")}</Button>
      </Form>
    </Details>
  );
}
