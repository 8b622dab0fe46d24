import type { PostAnswer, Word } from "../channel.ts";

/** The words for one browser that has no data channel, numbered from one. */
export type Mailbox = {
  put(word: Word): void;
  /** What comes after this number, as soon as there is something; nothing after twenty seconds, or where she asks again meanwhile. */
  after(number: number): Promise<PostAnswer>;
  /** Lets go of who is waiting. */
  close(): void;
};

const mostKept = 100;
const holdMs = 20_000;

export function mailbox(): Mailbox {
  const words: Word[] = [];
  let forgotten = 0;
  let wake = (): void => undefined;
  const upTo = (): number => forgotten + words.length;
  const waits = (): Promise<void> => {
    wake();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, holdMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  return {
    put(word) {
      words.push(word);
      if (words.length > mostKept) forgotten += words.splice(0, words.length - mostKept).length;
      wake();
    },
    async after(number) {
      if (upTo() <= number) await waits();
      return { words: words.slice(Math.max(0, number - forgotten)), upTo: upTo() };
    },
    close: () => wake(),
  };
}
