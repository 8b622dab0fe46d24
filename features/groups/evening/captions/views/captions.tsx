import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Details, Heading, Soft, Stack, Text } from "../../../../../platform/ui/basics.tsx";
import { CaptionLine, CaptionLines, CaptionWriter } from "../../../../../platform/ui/captions.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import type { Caption, Evening, Guest } from "../../types.ts";
import type { Again } from "../../views/circle.tsx";
import { say } from "../../words.ts";

export type CaptionsShown = { readonly captions: readonly Caption[]; readonly messageKey: string; /** A caption that was not taken. */ readonly again?: Again | undefined };
type Shown = CaptionsShown & { language: Language };

/** Captions in the room: for who turned them on, and a place to type them for who was given that part. */
export function CaptionsNow({ language, captions, messageKey, again, me }: Shown & { me: Guest | undefined }) {
  const t = say(language);
  if (me?.where !== "room") return <section id="captions" />;
  const at = `/seats/${me.id}`;
  const hers = captions.filter(({ small }) => small === me.small?.room);
  const [reads, writes] = [me.marks.has("reads_captions"), me.marks.has("writes_captions")];
  return (
    <section id="captions">
      <Stack gap={8}>
        {reads || writes ? <Lines language={language} captions={hers} /> : null}
        {writes ? (
          <>
            <Text>{t("captionsYours")}</Text>
            <Writer {...{ language, at, messageKey, again }} />
          </>
        ) : (
          <ActForm action={`${at}/captions`} fields={{ on: reads ? "no" : "yes" }} inPlace>
            <Button tone="plain" icon="eye">
              {t(reads ? "captionsOff" : "captionsOn")}
            </Button>
          </ActForm>
        )}
      </Stack>
    </section>
  );
}

/** The same for those who lead: how many would read them, who types them, and a place to type them. */
export function CaptionsOfLeader({ language, captions, messageKey, again, at, me, evening }: Shown & { at: string; me: string; evening: Evening }) {
  const t = say(language);
  if (evening.state !== "open") return <section id="captions" />;
  const place = evening.leaders.find(({ id }) => id === me)?.visits;
  const hers = captions.filter(({ small }) => small === place);
  const read = evening.guests.filter(({ marks }) => marks.has("reads_captions")).length;
  const writers = evening.guests.filter(({ marks }) => marks.has("writes_captions")).map(({ alias }) => alias);
  return (
    <section id="captions">
      <Stack gap={8}>
        <Heading>{t("captions")}</Heading>
        <Text>{t("captionsRead", { n: read })}</Text>
        {writers.length > 0 ? <Text>{t("captionsBy", { names: new Intl.ListFormat(language).format(writers) })}</Text> : null}
        {hers.length > 0 ? <Lines language={language} captions={hers} /> : null}
        <Details summary={t("captionsWrite")} open={again !== undefined}>
          <Soft>{t("captionsHow")}</Soft>
          <Writer {...{ language, at, messageKey, again }} />
        </Details>
      </Stack>
    </section>
  );
}

function Lines({ language, captions }: { language: Language; captions: readonly Caption[] }) {
  const t = say(language);
  return (
    <>
      <CaptionLines label={t("captions")}>
        {captions.map(({ seq, words }) => (
          <CaptionLine key={seq} seq={seq}>
            {words}
          </CaptionLine>
        ))}
      </CaptionLines>
      <Soft>{t(captions.length === 0 ? "captionsNone" : "captionsPerson")}</Soft>
    </>
  );
}

function Writer({ language, at, messageKey, again }: { language: Language; at: string; messageKey: string; again: Again | undefined }) {
  const t = say(language);
  return <CaptionWriter action={`${at}/caption`} messageKey={messageKey} label={t("captionLabel")} hint={t("captionHint")} send={t("lineSend")} failed={t("problemCaption")} {...again} />;
}
