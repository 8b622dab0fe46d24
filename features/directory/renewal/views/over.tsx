import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, Notice, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

type Props = { readonly visit: Visit; readonly assets: Assets };

/** No link, or one that is over. `again`: her browser still holds the old one, and a new one may go where it went. */
export function LinkOver({ visit, assets, again, sent }: Props & { readonly again: boolean; readonly sent?: boolean }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("overTitle")}>
      <Stack gap={24}>
        <Title>{t("overTitle")}</Title>
        {sent ? (
          <Notice tone="done">
            <Text>{t("overSent")}</Text>
          </Notice>
        ) : (
          <Lead>{t("overText")}</Lead>
        )}
        {again && !sent ? (
          <ActForm action="/keep/again">
            <Button icon="key" big>
              {t("overAgain")}
            </Button>
          </ActForm>
        ) : (
          <Text>{t("overNone")}</Text>
        )}
      </Stack>
    </Page>
  );
}

/** "Please stop writing to me": asks once, since programs open links too. */
export function StopWriting({ visit, assets, done }: Props & { readonly done: boolean }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("stopTitle")}>
      <Stack gap={24}>
        <Title>{t("stopTitle")}</Title>
        {done ? (
          <Notice tone="done">
            <Text>{t("stopDone")}</Text>
          </Notice>
        ) : (
          <>
            <Lead>{t("stopText")}</Lead>
            <ActForm action="/keep/stop">
              <Button big>{t("stopDo")}</Button>
            </ActForm>
          </>
        )}
      </Stack>
    </Page>
  );
}
