import { typedText, type Typed } from "../../../../../platform/http/form.ts";
import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Button, Lead, LinkButton, Notice, Stack, Title } from "../../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../../platform/ui/care-card.tsx";
import { Area, Check, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../../platform/ui/keys.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import type { OwnSeat } from "../../../seats/queries.ts";
import { say } from "../../words.ts";

type Props = { readonly visit: Visit; readonly assets: Assets; readonly seat: OwnSeat; readonly care: CareCardContent; readonly noteKey: string; readonly kept: boolean; readonly problem?: string | undefined; readonly typed?: Typed | undefined };

/** "Something worried me": for whoever was there, during the evening or after it. The numbers for danger stand beside it. */
export function Worry({ visit, assets, seat, care, noteKey, kept, problem, typed }: Props) {
  const { language } = visit;
  const t = say(language);
  const at = `/seats/${seat.id}`;
  return (
    <Page visit={visit} assets={assets} title={t("worryTitle")} under="groups">
      <Stack gap={24}>
        <Title>{t("worryTitle")}</Title>
        {kept ? (
          <Notice tone="done">{t("worryKept")}</Notice>
        ) : (
          <>
            <ErrorSummary language={language} problems={problem ? [["worry", problem]] : []} />
            <Lead>{t("worryLead")}</Lead>
            <Form action={`${at}/worry`}>
              <Carried name="key" value={noteKey} />
              <Area name="worry" label={t("worryLabel")} hint={t("worryHint")} problem={problem} typed={typed} rows={6} />
              <Check name="danger" label={t("worryDanger")} hint={t("worryDangerHint")} checked={typedText(typed, "danger") === "yes"} />
              <Button>{t("worrySend")}</Button>
            </Form>
          </>
        )}
        <CareCard {...care} />
        <LinkButton href={at} tone="quiet" icon="back">
          {t("worryBack")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
