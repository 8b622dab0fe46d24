import type { ComponentChildren } from "preact";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { BarePage, RefreshingPart } from "../../../../platform/ui/talk.tsx";
import { say } from "../words.ts";

type Frame = { visit: Visit; assets: Assets; children: ComponentChildren };

/** With scripts off how an evening stands is looked up again beside the forms, so that nothing takes what is being written in them; in the place of `children`, where all of it fits there. */
export function LooksAgain({ language, src, children }: { language: Visit["language"]; src: string; children?: ComponentChildren }) {
  const t = say(language);
  return (
    <RefreshingPart title={t("lookAgain")} src={src} hint={t("looksAgain")}>
      {children}
    </RefreshingPart>
  );
}

export const LookedUp = ({ visit: { language, light }, assets, children }: Frame) => (
  <BarePage language={language} title={say(language)("lookAgain")} seconds={15} style={assets.style} theme={light === "system" ? undefined : light}>
    {children}
  </BarePage>
);
