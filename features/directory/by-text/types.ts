import type { Language } from "../../../platform/i18n/words.ts";
import type { TextAnswer } from "../renewal/asking/commands.ts";

/** What somebody wants who texts us. */
export type Wish =
  | { readonly wants: "stop" | "start" | "about"; readonly language: Language }
  | { readonly wants: "answer"; readonly answer: TextAnswer; readonly language: Language }
  /** Help near a postal code, as it was typed. */
  | { readonly wants: "search"; readonly postcode: string; readonly language: Language }
  | { readonly wants: "unknown"; readonly language: Language };

/** One listing as a text can say it. */
export type TextRow = { readonly name: string; readonly phone: string; readonly checked: string };
