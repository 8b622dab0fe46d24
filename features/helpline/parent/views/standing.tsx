import type { Language } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { Strong, Text } from "../../../../platform/ui/basics.tsx";
import { StandingField } from "../../../../platform/ui/talk.tsx";
import type { WaitPromise } from "../../rules.ts";
import type { Standing } from "../../types.ts";
import { say } from "../words.ts";
import { promiseSentence } from "./promise.tsx";

/** Who is here, or how long it takes; both, where somebody who was asked in is still here while she waits for a volunteer. */
export function ParentStanding({ standing, promise, language, zone, now }: { standing: Standing; promise: WaitPromise | undefined; language: Language; zone: string; now: Instant }) {
  const t = say(language);
  const beside = standing.with.length > 0 && standing.waitingSince !== undefined;
  const names = new Intl.ListFormat(language, { type: "conjunction" }).format(standing.with);
  return (
    <StandingField>
      <Text>
        {standing.erasedAt ? (
          t("standingErased")
        ) : standing.endedAt ? (
          t("standingEnded")
        ) : standing.with.length > 0 && !standing.waitingSince ? (
          <Strong>{t(standing.with.length > 1 ? "standingWithTwo" : "standingWith", { names })}</Strong>
        ) : (
          <>
            {beside ? <Strong>{t(standing.with.length > 1 ? "standingBesideTwo" : "standingBeside", { names })} </Strong> : null}
            {promise ? promiseSentence(language, promise, zone, beside ? "beside" : "waiting", now) : t("standingWaitFree")}
          </>
        )}
      </Text>
    </StandingField>
  );
}

/** Whether the last thing she wrote was opened at the desk. */
export function deliveredSentence(standing: Standing, lastOwnSeq: number, language: Language): string {
  if (lastOwnSeq === 0 || standing.endedAt) return "";
  return say(language)(standing.deskReadSeq >= lastOwnSeq ? "delivered" : "kept");
}
