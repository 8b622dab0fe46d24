import type { Language } from "../../../../../platform/i18n/words.ts";
import { dayAndTime, dayInWords } from "../../../../../platform/time/time.ts";
import { Button, Heading, LinkButton, Num, PlainList, Row, Soft, Stack, Strong, Text, Unseen } from "../../../../../platform/ui/basics.tsx";
import { Line } from "../../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { wholeInWords } from "../../in-words/rules.ts";
import { say } from "../../words.ts";
import type { ApiSource } from "../queries.ts";

type DirectoriesProps = { readonly sources: readonly ApiSource[]; readonly language: Language; readonly zone: string };

/** The directories that are read each night, and how that goes. */
export function Directories({ sources, language, zone }: DirectoriesProps) {
  const t = say(language);
  return (
    <Stack>
      <Heading>{t("apiTitle")}</Heading>
      <Text>{t("apiLead")}</Text>
      {sources.length === 0 ? <Text>{t("apiEmpty")}</Text> : null}
      <PlainList label={t("apiTitle")}>
        {sources.map(({ id, name, url, readAt, trouble, troubleSince }) => (
          <Line
            key={id}
            mark={trouble !== undefined}
            acts={
              <Row>
                <ActForm action={`/tend/imports/directory/${id}/read`}>
                  <Button tone="plain">
                    <span aria-hidden="true">{t("apiReadNow")}</span>
                    <Unseen>{t("apiReadNowNamed", { name })}</Unseen>
                  </Button>
                </ActForm>
                <LinkButton href={`/tend/imports/directory/${id}/away`} tone="quiet">
                  <span aria-hidden="true">{t("awayOpen")}</span>
                  <Unseen>{t("awayOpenNamed", { name })}</Unseen>
                </LinkButton>
              </Row>
            }
          >
            <Strong>{name}</Strong>
            <Soft>{url}</Soft>
            <Num>{readAt ? t("apiReadAt", { day: dayAndTime(readAt, zone, language) }) : trouble ? "" : t("apiNever")}</Num>
            {trouble ? <Text>{t("apiTroubleSince", { trouble: wholeInWords(trouble, "", language), day: troubleSince ? dayInWords(troubleSince, zone, language) : "" })}</Text> : null}
          </Line>
        ))}
      </PlainList>
      <LinkButton href="/tend/imports/directory" tone="plain">
        {t("apiAdd")}
      </LinkButton>
    </Stack>
  );
}
