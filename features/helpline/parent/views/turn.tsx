import type { Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";
import { KeptWords } from "./kept-words.tsx";

type Props = { visit: Visit; assets: Assets; typed: Typed; ticket: string; seconds: number; care: CareCardContent };

/** Many openings come from where she is: a short wait, with all she typed kept in the form. */
export function Turn({ visit, assets, typed, ticket, seconds, care }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("proofTitle")}>
      <Stack gap={24}>
        <Title>{t("proofTitle")}</Title>
        <Lead>{t("proofText", { seconds })}</Lead>
        <Form action="/message">
          <KeptWords typed={typed} />
          <input type="hidden" name="ticket" value={ticket} />
          <Button big icon="forward">
            {t("proofGo")}
          </Button>
        </Form>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}
