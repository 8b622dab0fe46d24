import { Bullets, Card, Heading, Hush, Num, PlainList, Preline, Soft, Stack, Strong } from "../../../../../platform/ui/basics.tsx";
import { BoardPart } from "../../../../../platform/ui/board.tsx";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import { say } from "../../words.ts";
import type { PageSheet, ShownStep } from "../queries.ts";
import type { Looking } from "../types.ts";

/** Who was asked, step by step, and whether the call left; the stream replaces it. */
export function Steps({ staffed, page }: { staffed: Looking; page: PageSheet }) {
  const t = say(staffed.visit.language);
  return (
    <BoardPart id="page-steps" label={t("whoWasAsked")}>
      <Card>
        <Heading>{t("whoWasAsked")}</Heading>
        {page.steps.length === 0 ? (
          <Soft>{t("nobodyAsked")}</Soft>
        ) : (
          <PlainList label={t("whoWasAsked")}>
            {page.steps.map((step) => (
              <li key={step.number}>
                <OneStep {...{ staffed, step }} />
              </li>
            ))}
          </PlainList>
        )}
      </Card>
    </BoardPart>
  );
}

function OneStep({ staffed: { visit: { language }, member }, step }: { staffed: Looking; step: ShownStep }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Strong>
        <Num>{t("stepAt", { number: step.number, asks: t(`asks_${step.asks}`), time: dayAndTime(step.takenAt, member.zone, language) })}</Num>
      </Strong>
      {step.asks === "nobody" ? (
        <Hush>
          <Preline>{step.fallback?.[language] ?? t("fallbackStandard")}</Preline>
        </Hush>
      ) : step.calls.length === 0 ? (
        <Soft>{t("call_nobody")}</Soft>
      ) : (
        <Bullets>
          {step.calls.map(({ name, state }) => (
            <li key={name}>{t(`call_${state}`, { name })}</li>
          ))}
        </Bullets>
      )}
    </Stack>
  );
}
