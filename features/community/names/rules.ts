import type { Keys } from "../../../platform/crypto/seal.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { TopicId } from "../types.ts";
import lists from "./names.json" with { type: "json" };

/** How many names there are to be given in a language. */
export const namesIn = (language: Language): number => lists[language].things.length * lists[language].kinds.length;

/** The name at a place of the list: "Quiet Lantern", "Farol Sereno". The same place is the same name for ever. */
export function nameAt(place: number, language: Language): string {
  const { things, kinds } = lists[language];
  const [thing = "", kind = ""] = [things[Math.floor(place / kinds.length) % things.length], kinds[place % kinds.length]];
  return language === "en" ? `${kind} ${thing}` : `${thing} ${kind}`;
}

/** How she is found in one topic who writes there without her name: of her and the topic, under the network's key. It tells nothing elsewhere. */
export const markIn = (keys: Keys, topic: TopicId, member: MemberId): Buffer => keys.fingerprint(`unnamed ${topic}`, member);

/** A name for who writes without hers in one topic: told by her mark there, so it is the same each time and tells nothing elsewhere. `taken`: others' in this topic. */
export function aliasFor(mark: Uint8Array, language: Language, taken: ReadonlySet<string>): string {
  const count = namesIn(language);
  const first = ((mark[0] ?? 0) * 65_536 + (mark[1] ?? 0) * 256 + (mark[2] ?? 0)) % count;
  for (let step = 0; step < count; step++) {
    const name = nameAt((first + step) % count, language);
    if (!taken.has(name)) return name;
  }
  return `${nameAt(first, language)} ${taken.size + 1}`;
}

const shape = /^[\p{L}\p{N}][\p{L}\p{N} .'’-]{1,28}[\p{L}\p{N}.]$/u;

/** A handle as it was typed, spaces made one; undefined where it cannot be one. */
export function handleTyped(text: string): string | undefined {
  const handle = text.normalize("NFC").trim().replaceAll(/\s+/gu, " ");
  return shape.test(handle) ? handle : undefined;
}

/** A handle without what an eye can miss: two that are the same so are one. */
export const plainHandle = (handle: string): string => handle.normalize("NFKD").replaceAll(/[\p{M}\p{P}\s]/gu, "").toLowerCase();

const ours = /moderat|moderad|moderac|admin|coordina|superv|facilita|volunt|smallhours|pequenashoras|staff|equipo/;

/** Does it sound as if we were speaking? */
export const soundsLikeUs = (handle: string): boolean => ours.test(plainHandle(handle));

/** A name to sign in with, from the handle and some figures; nobody is told it but herself. */
export function signInNameFrom(handle: string, figures: number): string {
  const bare = handle.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "").replaceAll(/[^a-z0-9]+/g, ".").replaceAll(/^\.+|\.+$/g, "").slice(0, 30);
  return `${bare || "member"}.${String(figures % 10_000).padStart(4, "0")}`;
}
