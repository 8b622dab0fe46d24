import { languageName } from "../../../../../platform/i18n/names.ts";
import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Card, Heading, Row, Soft, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../../platform/ui/keys.tsx";
import type { Evening, Guest } from "../../types.ts";
import { say } from "../../words.ts";
import { interpretedIn, languages, listenersTo, otherThan, whispers } from "../rules.ts";

const listed = (language: Language, names: readonly string[]): string => new Intl.ListFormat(language).format(names);

type Props = { language: Language; me: Guest; evening: Evening };

/** Somebody interprets: for her a choice whom she hears, for who does it whom she speaks to. Everybody sees that somebody does. */
export function Interpreting({ language, me, evening }: Props) {
  const t = say(language);
  if (me.where !== "room") return null;
  if (me.into !== undefined) return <Interpreter {...{ language, me, evening }} into={me.into} />;
  const here = interpretedIn(evening, me.small?.room);
  if (here.length === 0) return null;
  return (
    <Card>
      <Stack gap={8}>
        <Channels {...{ language, here }} hears={me.hears} action={`/seats/${me.id}/interpreter`} />
        {here.some(({ into }) => into === me.hears) ? <Soft>{t("interpreterHeard")}</Soft> : null}
        <noscript>
          <Soft>{t("interpreterScripts")}</Soft>
        </noscript>
      </Stack>
    </Card>
  );
}

/** The same for those who lead: who interprets where they are, who listens, and a tap to listen, too. */
export function InterpretingOfLeader({ language, evening, me, at }: { language: Language; evening: Evening; me: string; at: string }) {
  const t = say(language);
  const leader = evening.leaders.find(({ id }) => id === me);
  const here = interpretedIn(evening, leader?.visits);
  if (evening.state !== "open" || here.length === 0) return null;
  return (
    <Stack gap={8}>
      <Heading>{t("interpreting")}</Heading>
      <Channels {...{ language, here }} hears={leader?.hears} action={`${at}/listen`} listeners={evening} />
      <Soft>{t("interpretWho")}</Soft>
    </Stack>
  );
}

/** Each language that is interpreted here, with a tap to listen or to stop. `listeners`: for who may know their names. */
function Channels({ language, here, hears, action, listeners }: { language: Language; here: ReturnType<typeof interpretedIn>; hears: string | undefined; action: string; listeners?: Evening }) {
  const t = say(language);
  return (
    <Stack gap={16}>
      {here.map(({ into, by }) => {
        const names = listeners ? listenersTo(listeners, into).map(({ name }) => name) : [];
        return (
          <Stack key={into} gap={8}>
            <Text>{t("interpreterHere", { into: languageName(into, language), names: listed(language, by.map(({ alias }) => alias)) })}</Text>
            {names.length > 0 ? <Text>{t("interpretListening", { names: listed(language, names) })}</Text> : null}
            <ActForm action={action} fields={{ into: hears === into ? "none" : into }} inPlace>
              <Button tone="plain">{hears === into ? t("interpreterOff") : t("interpreterOn", { into: languageName(into, language) })}</Button>
            </ActForm>
          </Stack>
        );
      })}
    </Stack>
  );
}

function Interpreter({ language, me, evening, into }: Props & { into: string }) {
  const t = say(language);
  const apart = whispers(me);
  const act = (does: string, label: string, tone: "primary" | "quiet") => (
    <ActForm action={`/seats/${me.id}/interpreting`} fields={{ does }} inPlace>
      <Button tone={tone}>{label}</Button>
    </ActForm>
  );
  return (
    <Card>
      <Stack gap={8}>
        <Strong>{t(apart ? "interpretApart" : "interpretAloud", { into: languageName(into, language) })}</Strong>
        <Soft>{t("interpretHeardBy", { n: listenersTo(evening, into).length })}</Soft>
        <Row>
          {act(apart ? "aloud" : "apart", t(apart ? "interpretToAll" : "interpretToThem"), "primary")}
          {act("end", t("interpretEnd"), "quiet")}
        </Row>
        <Soft>{t("interpretWritten")}</Soft>
        <noscript>
          <Soft>{t("interpreterScripts")}</Soft>
        </noscript>
      </Stack>
    </Card>
  );
}

/** For those who lead: this one is asked to interpret, and into what; or no more. */
export function AskToInterpret({ language, guest, at, spoken }: { language: Language; guest: Guest; at: string; /** What the group speaks. */ spoken: Language }) {
  const t = say(language);
  if (guest.into !== undefined)
    return (
      <ActForm action={`${at}/no-interpreter`} fields={{ seat: guest.id }} inPlace>
        <Button tone="quiet">{t("interpretNoMore")}</Button>
      </ActForm>
    );
  return (
    <Form action={`${at}/interpreter`} inPlace>
      <Carried name="seat" value={guest.id} />
      <Select name="into" id={`into-${guest.id}`} label={t("interpretInto")} value={otherThan(spoken)} choices={languages.map((code) => [code, languageName(code, language)] as const)} />
      <Button tone="quiet">{t("interpretAsk")}</Button>
    </Form>
  );
}

/** How she who interprets stands, in a few words. */
export function interpretsIn(language: Language, guest: Guest, evening: Evening): string | undefined {
  if (guest.into === undefined) return undefined;
  const into = languageName(guest.into, language);
  return whispers(guest) ? say(language)("interpretsFor", { into, n: listenersTo(evening, guest.into).length }) : say(language)("interpretsAll", { into });
}
