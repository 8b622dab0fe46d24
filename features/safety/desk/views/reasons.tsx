import type { Language } from "../../../../platform/i18n/words.ts";
import { Strong, Tag, Text } from "../../../../platform/ui/basics.tsx";
import type { CaseReason, Priority as Grave } from "../../types.ts";
import { say, whyInWords } from "../words.ts";

/** How soon, in words. */
export const Priority = ({ language, priority }: { language: Language; priority: Grave }) => <Tag tone={priority === 0 ? "urgent" : priority === 1 ? "lamp" : "plain"}>{say(language)(`priority_${priority}`)}</Tag>;

/** One reason, with what matched. */
export const Why = ({ language, reason, why }: { language: Language; reason: CaseReason; why: readonly string[] }) => (
  <Text>
    <Strong>{say(language)(`reason_${reason}`)}</Strong>
    {why.length > 0 ? `: ${[...new Set(why.map((code) => whyInWords(language, code)))].join(" · ")}` : null}
  </Text>
);
