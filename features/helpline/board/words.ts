import { words } from "../../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type BoardKey = keyof typeof en;

/** A key made from what the database says (an act, a reason); undefined where we have no sentence for it. */
export const keyFor = (kind: "act" | "kind" | "reason", name: string): BoardKey | undefined => {
  const key = `${kind}_${name}`;
  return Object.hasOwn(en, key) ? (key as BoardKey) : undefined;
};
