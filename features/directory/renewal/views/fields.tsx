import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { languageName } from "../../../../platform/i18n/names.ts";
import { languages, ownName } from "../../../../platform/i18n/words.ts";
import { Notice, Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { Area, Choices, Field, type Choice } from "../../../../platform/ui/fields.tsx";
import { FieldRow } from "../../../../platform/ui/parts.tsx";
import { termsOf, type Group } from "../../taxonomy/rules.ts";
import { say as term } from "../../taxonomy/words.ts";
import { mostPhones, withExtension } from "../forms.ts";
import { dayName } from "../in-words/rules.ts";
import { weekdays, weekOf } from "../rules.ts";
import { asKey, say } from "../words.ts";
import type { OwnerAddress, OwnListing } from "../types.ts";

export type Part = "contact" | "hours" | "languages" | "cost" | "facts" | "words" | "asking";
/** A listing whose parts can be changed. */
export type ChangeProps = {
  readonly visit: Visit;
  readonly own: OwnListing;
  /** The part that came back with something to mend. */
  readonly part?: Part | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** What was typed and what is to be mended, if it is this part that came back. */
const again = (props: ChangeProps, part: Part) => {
  const t = say(props.visit.language);
  const here = props.part === part;
  return { t, typed: here ? props.typed : undefined, problem: (name: string) => (here && props.problems?.[name] ? t(asKey(props.problems[name])) : undefined) };
};

export function ContactFields(props: ChangeProps) {
  const { t, typed, problem } = again(props, "contact");
  const { phones, service } = props.own;
  const some = phones.slice(0, mostPhones);
  const label = (type: string | undefined) => (type === "text" || type === "sms" ? t("phone_text") : type === "fax" ? t("phone_fax") : t("phone"));
  const field = (at: number, name: string, value: string, hint?: string) => <Field key={at} name={`phone${at}`} label={name} type="tel" value={value} maxLength={60} {...{ typed, hint }} problem={problem(`phone${at}`)} />;
  return (
    <>
      {some.map(({ number, type, extension }, at) => field(at, label(type), withExtension(number, extension), t("phoneHint")))}
      {field(some.length, some.length === 0 ? t("phone") : t("phoneNew"), "")}
      <Field name="url" label={t("url")} inputmode="text" value={service.url} maxLength={200} typed={typed} problem={problem("url")} />
      <Field name="email" label={t("email")} inputmode="email" value={service.email} maxLength={200} typed={typed} problem={problem("email")} />
    </>
  );
}

const clock = (time: Temporal.PlainTime | undefined): string => time?.toString({ smallestUnit: "minute" }) ?? "";

export function HoursFields(props: ChangeProps) {
  const { t, typed, problem } = again(props, "hours");
  const { language } = props.visit;
  const week = weekOf(props.own.hours);
  const inWords = props.own.hours.filter(({ byday }) => !byday).flatMap(({ description }) => description ?? []);
  return (
    <>
      {week ? <Soft>{t("hoursHint")}</Soft> : <Notice><Text>{t("hoursOdd")}</Text></Notice>}
      {weekdays.map((day) => (
        <FieldRow key={day}>
          <Field name={`opens${day}`} label={t("opens", { day: dayName(day, language) })} type="time" value={clock(week?.[day]?.opensAt)} typed={typed} problem={problem(`opens${day}`)} />
          <Field name={`closes${day}`} label={t("closes", { day: dayName(day, language) })} type="time" value={clock(week?.[day]?.closesAt)} typed={typed} problem={problem(`closes${day}`)} />
        </FieldRow>
      ))}
      <Area name="hoursWords" label={t("hoursWords")} hint={t("hoursWordsHint")} rows={2} value={inWords.join(". ")} typed={typed} problem={problem("hoursWords")} />
    </>
  );
}

/** Spoken at home by many in the United States, and those of this listing. */
const usual = ["en", "es", "zh", "vi", "tl", "ar", "ko", "ru", "fr", "ht", "pt", "hi", "so", "am", "hmn", "ase"];

export function LanguagesFields(props: ChangeProps) {
  const { t, typed, problem } = again(props, "languages");
  const { language } = props.visit;
  const spoken = [...new Set(props.own.service.languages)];
  const choices = [...new Set([...usual, ...spoken])].map((code): Choice => [code, languageName(code, language)]);
  return <Choices name="language" label={t("languagesAsk")} several value={spoken.join(" ")} {...{ choices, typed }} problem={problem("language")} />;
}

function TermChoices({ props, part, group, name, label, one }: { props: ChangeProps; part: Part; group: Group; name: string; label: string; one?: boolean }) {
  const { typed, problem } = again(props, part);
  const names = term(props.visit.language);
  const choices = termsOf(group).map((code): Choice => [code, names(code)]);
  return <Choices {...{ name, label, choices, typed }} several={!one} value={props.own.service.terms.filter((code) => code.startsWith(`${group}_`)).join(" ")} problem={problem(name)} />;
}

export function CostFields(props: ChangeProps) {
  const { t, typed, problem } = again(props, "cost");
  return (
    <>
      <TermChoices {...{ props }} part="cost" group="c" name="cost" label={t("costAsk")} />
      <Field name="fees" label={t("fees")} value={props.own.service.fees} maxLength={300} typed={typed} problem={problem("fees")} />
      <TermChoices {...{ props }} part="cost" group="i" name="insurance" label={t("insuranceAsk")} />
    </>
  );
}

export function FactsFields(props: ChangeProps) {
  const { t } = again(props, "facts");
  return (
    <Stack gap={24}>
      <TermChoices {...{ props }} part="facts" group="p" name="peer" label={t("peerAsk")} />
      <TermChoices {...{ props }} part="facts" group="t" name="how" label={t("howAsk")} />
      <TermChoices {...{ props }} part="facts" group="w" name="who" label={t("whoAsk")} />
    </Stack>
  );
}

export function WordsFields(props: ChangeProps) {
  const { t, typed, problem } = again(props, "words");
  return <Area name="words" label={t("wordsAsk")} typed={typed} problem={problem("words")} />;
}

export function AskingFields(props: ChangeProps & { readonly contacts: readonly OwnerAddress[] }) {
  const { t, typed, problem } = again(props, "asking");
  const at = (way: "email" | "text") => props.contacts.find((one) => one.way === way)?.address;
  return (
    <>
      <Text>{t("askingText")}</Text>
      <Field name="ownerEmail" label={t("askingEmail")} inputmode="email" value={at("email")} maxLength={200} typed={typed} problem={problem("ownerEmail")} />
      <Field name="ownerNumber" label={t("askingText2")} hint={t("askingTextHint")} type="tel" value={at("text")} maxLength={60} typed={typed} problem={problem("ownerNumber")} />
      <Choices name="ownerLanguage" label={t("askingLanguage")} value={props.contacts[0]?.language ?? props.visit.language} typed={typed} choices={languages.map((code): Choice => [code, ownName[code]])} />
    </>
  );
}
