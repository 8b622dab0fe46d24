import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Heading, Link, Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { Choices, Form } from "../../../../platform/ui/fields.tsx";
import { PushButton } from "../../../../platform/ui/keys.tsx";
import { say } from "../../words.ts";
import { everies, type Telling } from "../types.ts";

/** Whether she wants to be told that there is something new, and by what. `pushKey`: empty where no push leaves. */
export function TellHer({ language, telling: { every, email, devices }, pushKey }: { language: Language; telling: Telling; pushKey: string }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Heading>{t("tellTitle")}</Heading>
      <Soft>{t("tellHint")}</Soft>
      <Form action="/community/mine/news">
        <Choices name="every" label={t("tellLabel")} value={every ?? "never"} choices={[["never", t("tell_never")], ...everies.map((one) => [one, t(`tell_${one}`)] as const)]} />
        <Button tone="plain">{t("tellSave")}</Button>
      </Form>
      <Text>{t(email && devices ? "tellByBoth" : email ? "tellByEmail" : devices ? "tellByDevice" : "tellByNone")}</Text>
      <Soft>
        <Link href="/account">{t("accountLink")}</Link>
      </Soft>
      {pushKey && !devices ? (
        <PushButton to="/account/push" publicKey={pushKey} hint={t("tellDeviceHint")} failed={t("tellDeviceFailed")}>
          {t("tellDevice")}
        </PushButton>
      ) : null}
    </Stack>
  );
}
