import type { Language } from "../../../platform/i18n/words.ts";
import type { Receiver } from "../types.ts";
import { say } from "../words.ts";

/** Who may see it, as one sentence says it. */
export const receiversIn = (language: Language, receivers: readonly Receiver[]): string => new Intl.ListFormat(language).format(receivers.map((one) => say(language)(`to_${one}`)));
