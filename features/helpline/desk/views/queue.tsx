import type { Language } from "../../../../platform/i18n/words.ts";
import { minutesBetween, type Instant } from "../../../../platform/time/time.ts";
import { Button, Card, Columns, Heading, LinkButton, Num, PlainList, Row, Soft, Stack, Tag } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import type { Held } from "../../queries.ts";
import type { Waiting } from "../../types.ts";
import type { MyShift } from "../queries.ts";
import { say } from "../words.ts";

type Props = { waiting: readonly Waiting[]; held: readonly Held[]; shift: MyShift | undefined; language: Language; now: Instant };

/** Who waits and who is with her; replaced whole whenever either changes. */
export function DeskQueue({ waiting, held, shift, language, now }: Props) {
  const t = say(language);
  return (
    <div id="queue">
      <Columns>
        <Stack>
          <Heading>{t("queueTitle")}</Heading>
          {waiting.length === 0 ? <Soft>{t("queueEmpty")}</Soft> : null}
          <PlainList label={t("queueTitle")}>
            {waiting.map((row) => (
              <li key={row.id} id={`waiting-${row.id}`}>
                <WaitingCard row={row} shift={shift} language={language} now={now} />
              </li>
            ))}
          </PlainList>
        </Stack>
        <Stack>
          <Heading>{t("heldTitle")}</Heading>
          {held.length === 0 ? <Soft>{t("heldEmpty")}</Soft> : null}
          <PlainList label={t("heldTitle")}>
            {held.map((row) => (
              <li key={row.id} id={`held-${row.id}`}>
                <Card>
                  <Row spread>
                    <Row>
                      <Tag>{t(row.language === "es" ? "languageEs" : "languageEn")}</Tag>
                      {row.risk ? <Tag tone="urgent">{t("risk")}</Tag> : null}
                      {row.unread ? <Tag tone="lamp">{t("heldUnread")}</Tag> : null}
                    </Row>
                    <LinkButton href={`/desk/conversations/${row.id}`}>{t("heldOpen")}</LinkButton>
                  </Row>
                </Card>
              </li>
            ))}
          </PlainList>
        </Stack>
      </Columns>
    </div>
  );
}

const stageKeys = { pregnant: "stagePregnant", after_birth: "stageAfterBirth", after_loss: "stageAfterLoss", other: "stageOther" } as const;

function WaitingCard({ row, shift, language, now }: { row: Waiting; shift: MyShift | undefined; language: Language; now: Instant }) {
  const t = say(language);
  const mine = shift?.languages.includes(row.language) ?? false;
  const about = [row.stage ? t(stageKeys[row.stage]) : "", row.about ? t(row.about === "me" ? "aboutMe" : "aboutSomeoneElse") : "", shift && !mine ? t("notYourLanguage") : ""].filter(Boolean);
  return (
    <Card>
      <Row spread>
        <Row>
          <Num>{t("waits", { minutes: Math.floor(minutesBetween(row.waitingSince, now)) })}</Num>
          <Tag>{t(row.language === "es" ? "languageEs" : "languageEn")}</Tag>
          {row.risk ? <Tag tone="urgent">{t("risk")}</Tag> : null}
          {row.place === 1 ? <Tag tone="lamp">{t("returned")}</Tag> : null}
        </Row>
        {shift ? (
          <ActForm action={`/desk/conversations/${row.id}/claim`}>
            <Button tone={mine ? "primary" : "plain"}>{t("take")}</Button>
          </ActForm>
        ) : null}
      </Row>
      {about.length > 0 ? <Soft>{about.join(" · ")}</Soft> : null}
    </Card>
  );
}
