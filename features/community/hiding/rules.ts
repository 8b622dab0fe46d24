const plain = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
const letter = /[\p{L}\p{N}]/u;

export const mostWords = 50;
export const longestWord = 60;

/** Does one of her words stand in it, as a word or as the beginning of one? Accents and capitals make no difference. */
export function standsIn(text: string, words: readonly string[]): boolean {
  const said = plain(text);
  return words.some((word) => {
    const wanted = plain(word);
    for (let at = said.indexOf(wanted); at >= 0 && wanted !== ""; at = said.indexOf(wanted, at + 1)) if (at === 0 || !letter.test(said[at - 1] ?? "")) return true;
    return false;
  });
}
