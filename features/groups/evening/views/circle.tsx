import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime } from "../../../../platform/time/time.ts";
import { Button, Details, Heading, Soft, Stack } from "../../../../platform/ui/basics.tsx";
import { Area, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Bubble, Talk } from "../../../../platform/ui/talk.tsx";
import type { Line } from "../types.ts";
import { say } from "../words.ts";

type Reader = { readonly who: string; readonly visit: { readonly language: Language }; readonly zone: string };

/** One line of the circle; a note to the facilitators says that it is one. */
export function CircleLine({ line, lens: { who, visit, zone } }: { line: Line; lens: Reader }) {
  const t = say(visit.language);
  const name = line.seat === who ? t("you") : line.byLeader ? `${line.name}, ${t("leaderMark")}` : line.name;
  return (
    <Bubble seq={line.seq} side={line.toLeaders ? "note" : line.seat === who ? "own" : "other"} who={line.toLeaders ? `${name}, ${t("noteMark")}` : name} when={clockTime(line.at, zone, visit.language)}>
      {line.words}
    </Bubble>
  );
}

/** What was not taken, and why: shown again with what she typed. */
export type Again = { readonly problem?: string | undefined; readonly typed?: string | undefined };
export type Say = Again & { readonly action: string; readonly messageKey: string };

/** What is said by writing, on the same seats and in the same turn as by voice. */
export function Circle({ lines, reader, write, note }: { lines: readonly Line[]; reader: Reader; write: Say; note?: Say | undefined }) {
  const t = say(reader.visit.language);
  return (
    <Stack gap={16}>
      <Heading>{t("circle")}</Heading>
      <Talk label={t("circle")}>
        {lines.map((line) => (
          <CircleLine key={line.seq} line={line} lens={reader} />
        ))}
      </Talk>
      <SayForm language={reader.visit.language} {...write} />
      {note ? <NoteForm language={reader.visit.language} {...note} /> : null}
      <Soft>{t("circleGoes")}</Soft>
    </Stack>
  );
}

export function SayForm({ language, action, messageKey, problem, typed }: Say & { language: Language }) {
  const t = say(language);
  return (
    <Form action={action} id="say" inPlace>
      <Carried name="key" value={messageKey} />
      <Area name="words" label={t("lineLabel")} rows={2} {...(typed === undefined ? {} : { value: typed })} problem={problem} />
      <Button icon="send">{t("lineSend")}</Button>
    </Form>
  );
}

export function NoteForm({ language, action, messageKey, problem, typed }: Say & { language: Language }) {
  const t = say(language);
  return (
    <div id="note-form">
      <Details summary={t("noteLabel")} open={problem !== undefined}>
        <Form action={action} inPlace>
          <Carried name="key" value={messageKey} />
          <Area name="note" label={t("noteLabel")} hint={t("noteHint")} rows={2} {...(typed === undefined ? {} : { value: typed })} problem={problem} />
          <Button tone="plain" icon="send">
            {t("noteSend")}
          </Button>
        </Form>
      </Details>
    </div>
  );
}
