/** Small letters without accents, words parted by one space, for finding "México" by "mex". */
export const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Those in whose `find` (plain words) some word begins with each word typed; none where nothing was typed. */
export function findByWords<T extends { readonly find: string }>(typed: string, among: readonly T[]): readonly T[] {
  const wanted = plain(typed).split(" ").filter(Boolean);
  return wanted.length === 0 ? [] : among.filter(({ find }) => wanted.every((word) => ` ${find}`.includes(` ${word}`)));
}
