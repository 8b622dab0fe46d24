import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Card, Row, Soft, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import type { Evening, Guest } from "../../types.ts";
import { say } from "../../words.ts";
import { interpretersIn, listenersIn, whispers } from "../rules.ts";

type Props = { language: Language; me: Guest; evening: Evening };

/** Somebody interprets: for her a choice whom she hears, for who does it whom she speaks to. Everybody sees that somebody does. */
export function Interpreting({ language, me, evening }: Props) {
  const t = say(language);
  const all = interpretersIn(evening);
  if (all.length === 0) return null;
  if (me.marks.has("interprets")) return <Interpreter {...{ language, me, evening }} />;
  const hears = me.marks.has("hears_interpreter");
  return (
    <Card>
      <Text>{t("interpreterHere", { names: new Intl.ListFormat(language).format(all.map(({ alias }) => alias)) })}</Text>
      {hears ? <Soft>{t("interpreterHeard")}</Soft> : null}
      <ActForm action={`/seats/${me.id}/interpreter`} fields={{ on: hears ? "no" : "yes" }} inPlace>
        <Button tone="plain">{t(hears ? "interpreterOff" : "interpreterOn")}</Button>
      </ActForm>
    </Card>
  );
}

function Interpreter({ language, me, evening }: Props) {
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
        <Strong>{t(apart ? "interpretApart" : "interpretAloud")}</Strong>
        <Soft>{t("interpretHeardBy", { n: listenersIn(evening).length })}</Soft>
        <Row>
          {act(apart ? "aloud" : "apart", t(apart ? "interpretToAll" : "interpretToThem"), "primary")}
          {act("end", t("interpretEnd"), "quiet")}
        </Row>
      </Stack>
    </Card>
  );
}
