import { typedText, type Problems, type Typed } from "../../../../platform/http/form.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { Button, Heading, Lead, Link, LinkButton, Notice, PlainList, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { ActForm, Check, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { spaceModes, type Space } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";

/** The spaces of the network, for who keeps them. */
export function KeepSpaces({ staffed, spaces }: { staffed: Staffed; spaces: readonly Space[] }) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("keepTitle")} current="community">
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("keepTitle")}</Title>
          <Lead>{t("keepLead")}</Lead>
        </Stack>
        {spaces.length === 0 ? <Text>{t("keepNone")}</Text> : null}
        <PlainList label={t("keepTitle")}>
          {spaces.map((space) => (
            <Line key={space.id} mark={space.pause !== undefined} acts={<Link href={`/community/keep/${space.id}`}>{t("keepChange", { name: space.name[language] })}</Link>}>
              <Text>{space.name[language]}</Text>
              <Soft>{`${t(`in_${space.language}`)} · ${t(`mode_${space.mode}`)}${space.pause ? ` · ${t("pausedUntil", { time: dayAndTime(space.pause.until, staffed.member.zone, language) })}` : ""}`}</Soft>
            </Line>
          ))}
        </PlainList>
        <LinkButton href="/community/keep/new">{t("keepNew")}</LinkButton>
      </Stack>
    </StaffPage>
  );
}

type OneProps = { staffed: Staffed; space: Space | undefined; problems: Problems; typed?: Typed | undefined };
type KeepProps = OneProps & { /** Of a new one: sent twice, it is one space. */ formKey: string };

/** One space: what it says of itself, how it is read, and a pause. */
export function KeepSpace({ staffed, space, problems, typed, formKey }: KeepProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  const field = (name: string, label: CommunityKey, value: string | undefined, hint?: CommunityKey) => <Field name={name} label={t(label)} hint={hint && t(hint)} value={value} typed={typed} problem={problem(name)} />;
  return (
    <StaffPage staffed={staffed} title={space ? space.name[language] : t("keepNew")} current="community">
      <FormColumn>
        <Title>{space ? space.name[language] : t("keepNew")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([name, key]) => [name, t(key as CommunityKey)])} />
        <Form action={space ? `/community/keep/${space.id}` : "/community/keep"}>
          {space ? null : <Carried name="key" value={formKey} />}
          <Choices name="language" label={t("keepLanguage")} typed={typed} value={space?.language ?? "both"} problem={problem("language")} choices={(["both", "en", "es"] as const).map((one) => [one, t(`in_${one}`)] as const)} />
          {field("nameEn", "keepNameEn", space?.name.en)}
          {field("nameEs", "keepNameEs", space?.name.es)}
          {field("aboutEn", "keepAboutEn", space?.about.en)}
          {field("aboutEs", "keepAboutEs", space?.about.es)}
          {field("sharedEn", "keepSharedEn", space?.shared?.en, "keepSharedHint")}
          {field("sharedEs", "keepSharedEs", space?.shared?.es)}
          <Choices name="mode" label={t("keepMode")} typed={typed} value={space?.mode ?? "held_for_new"} problem={problem("mode")} choices={spaceModes.map((mode) => [mode, t(`mode_${mode}`), t(`mode_${mode}Hint`)] as const)} />
          <Check name="pictures" label={t("keepPictures")} hint={t("keepPicturesHint")} checked={typed ? typedText(typed, "pictures") === "yes" : (space?.pictures ?? false)} />
          <Button>{t("keepSave")}</Button>
        </Form>
        {space ? <Pausing {...{ staffed, space, problems, typed }} /> : null}
      </FormColumn>
    </StaffPage>
  );
}

function Pausing({ staffed, space, problems, typed }: OneProps & { space: Space }) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  if (space.pause)
    return (
      <Stack gap={16}>
        <Notice tone="attention">
          <Text>{t("pausedBecause", { reason: space.pause.reason[language], time: dayAndTime(space.pause.until, staffed.member.zone, language) })}</Text>
        </Notice>
        <ActForm action={`/community/keep/${space.id}/resume`}>
          <Button tone="plain">{t("keepResume")}</Button>
        </ActForm>
      </Stack>
    );
  return (
    <Form action={`/community/keep/${space.id}/pause`}>
      <Heading>{t("keepPause")}</Heading>
      <Soft>{t("keepPauseHint")}</Soft>
      <Field name="reasonEn" label={t("keepReasonEn")} typed={typed} problem={problem("reasonEn")} />
      <Field name="reasonEs" label={t("keepReasonEs")} typed={typed} problem={problem("reasonEs")} />
      <Field name="hours" type="number" label={t("keepHours")} value="24" typed={typed} problem={problem("hours")} min={1} inputmode="numeric" />
      <Button tone="plain">{t("keepPause")}</Button>
    </Form>
  );
}
