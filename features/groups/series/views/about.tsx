import { ownName, type Language } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { Facts, Num, Preline } from "../../../../platform/ui/basics.tsx";
import type { GroupKind } from "../../types.ts";
import { endInWords, planInWords } from "../in-words/rules.ts";
import type { Person, Proposal } from "../types.ts";
import { say } from "../words.ts";

type AboutProps = { readonly of: Omit<Proposal, "kind" | "address" | "facilitators">; readonly kind: GroupKind; readonly facilitators: readonly Pick<Person, "name">[]; readonly language: Language; readonly now: Instant };

/** A group in its own words and in facts. */
export function About({ of: { language: spoken, about, plan, seats, camera, partners, room }, kind, facilitators, language, now }: AboutProps) {
  const t = say(language);
  const names = new Intl.ListFormat(language).format(facilitators.map(({ name }) => name));
  return (
    <>
      {about ? (
        <div lang={spoken}>
          <Preline>{about}</Preline>
        </div>
      ) : null}
      <Facts
        rows={[
          [t("kind"), kind.name[language]],
          [t("language"), ownName[spoken]],
          [t("when"), <Num>{planInWords(plan, language, now)}</Num>],
          [t("length"), <Num>{t("minutesLong", { count: plan.minutes })}</Num>],
          [t("goesOn"), <Num>{endInWords(plan, language) ?? t(plan.rhythm.every === "once" ? "endsOnce" : "endsNot")}</Num>],
          [t("seats"), <Num>{t("seatsCount", { count: seats })}</Num>],
          [t("camera"), t(`camera_${camera}`)],
          [t("partners"), t(partners ? "partnersYes" : "partnersNo")],
          [t("room"), t(`room_${room}`)],
          [t("facilitators"), names || t("nobodyYet")],
        ]}
      />
    </>
  );
}
