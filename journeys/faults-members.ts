import { randomUUID } from "node:crypto";
import { FaultsBrowser, until, type Answer } from "./faults-browser.ts";
import type { Chance } from "./faults-people.ts";

/** What all members know of each other's posts: those that were acknowledged. */
export type Known = { readonly topics: string[]; readonly posts: { readonly id: string; readonly by: FaultsMember }[] };
export type Spaces = { readonly watched: string; readonly readFirst: string };
type Place = Known & { readonly spaces: Spaces; readonly onSent: () => void; /** The post that was kept under this key. */ readonly postOf: (key: string) => Promise<string> };

/** A post as it was last acknowledged to her who wrote it. */
export type OwnPost = { readonly id: string; readonly key: string; readonly topic: string; readonly opening: boolean; words: string; withdrawn: boolean };

const reportReasons = ["worried", "hurts", "method", "names", "sells", "untrue", "other"] as const;
const warmKinds = ["me_too", "thank_you", "sitting_with_you"] as const;
const topicAt = /^\/community\/topics\/([0-9a-f-]{36})$/;
const postAt = /^\/community\/topics\/([0-9a-f-]{36})#post-([0-9a-f-]{36})$/;

/** A member with her phone, who keeps what was acknowledged to her and sends again, under the same key, what was not. */
export class FaultsMember {
  readonly posts: OwnPost[] = [];
  /** Keys of her reports, each with whether it was of worry. */
  readonly reports = new Map<string, { readonly worried: boolean }>();
  /** By post and kind: whether she said it last, or unsaid it. */
  readonly warm = new Map<string, boolean>();
  readonly id: string;
  acknowledged = 0;
  sentAgain = 0;
  refused = 0;
  readonly #name: string;
  readonly #browser: FaultsBrowser;
  readonly #chance: Chance;
  readonly #place: Place;
  #written = 0;
  #over = false;

  constructor(browser: FaultsBrowser, { id, name }: { id: string; name: string }, chance: Chance, place: Place) {
    this.id = id;
    this.#name = name;
    this.#browser = browser;
    this.#chance = chance;
    this.#place = place;
  }

  end(): void {
    this.#over = true;
  }

  /** Acts until she is told to end; what she has begun is then finished. */
  async live(): Promise<void> {
    while (!this.#over) await this.#act();
    this.#browser.close();
  }

  #act(): Promise<void> {
    const standing = this.posts.filter(({ withdrawn }) => !withdrawn);
    const others = this.#place.posts.filter(({ by }) => by !== this);
    const [own, other] = [this.#one(standing), this.#one(others)];
    if (this.#chance(8) || this.#place.topics.length === 0) return this.#open();
    if (this.#chance(4)) return this.#answer();
    if (own && this.#chance(3)) return this.#change(own);
    if (own && this.#chance(6)) return this.#takeBack(own);
    if (!other) return this.#open();
    return this.#chance(2) ? this.#report(other.id) : this.#warm(other.id);
  }

  #one<T>(all: readonly T[]): T | undefined {
    for (const one of all.toReversed()) if (this.#chance(4)) return one;
    return all.at(-1);
  }

  /** Every text is another, so that nothing can be there twice unseen; now and then with a number to call, which waits for a moderator. */
  #words(): string {
    const text = `${this.#name} ${++this.#written}.`;
    return this.#chance(5) ? `${text} Text me: five one two 555 0143` : text;
  }

  async #open(): Promise<void> {
    const [key, words] = [randomUUID(), this.#words()];
    const { watched, readFirst } = this.#place.spaces;
    const readsFirst = this.#chance(4);
    const answer = await this.#send(`/community/spaces/${readsFirst ? readFirst : watched}/topics`, { key, title: words, words, ...(this.#chance(5) ? { unnamed: "yes" } : {}) });
    const topic = this.#kept(answer, topicAt)?.[1];
    if (!topic) return;
    const id = await this.#place.postOf(key);
    this.posts.push({ id, key, topic, opening: true, words, withdrawn: false });
    this.#place.posts.push({ id, by: this });
    if (!readsFirst) this.#place.topics.push(topic);
  }

  async #answer(): Promise<void> {
    const [key, words] = [randomUUID(), this.#words()];
    const answer = await this.#send(`/community/topics/${this.#one(this.#place.topics)}/replies`, { key, words, ...(this.#chance(5) ? { unnamed: "yes" } : {}) });
    const [, topic, id] = this.#kept(answer, postAt) ?? [];
    if (!topic || !id) return;
    this.posts.push({ id, key, topic, opening: false, words, withdrawn: false });
    this.#place.posts.push({ id, by: this });
  }

  async #change(own: OwnPost): Promise<void> {
    const words = this.#words();
    if (this.#kept(await this.#send(`/community/posts/${own.id}/change`, { words }), topicAt)) own.words = words;
  }

  async #takeBack(own: OwnPost): Promise<void> {
    if (this.#kept(await this.#send(`/community/posts/${own.id}/withdraw`, {}), /^\/community\/mine$/)) own.withdrawn = true;
  }

  async #report(post: string): Promise<void> {
    const key = randomUUID();
    const reason = this.#chance(2) ? "worried" : (this.#one(reportReasons) ?? "other");
    if (this.#kept(await this.#send(`/community/posts/${post}/report`, { key, reason, words: this.#chance(2) ? "See the last line." : "" }), /^\/community\/reports$/)) this.reports.set(key, { worried: reason === "worried" });
  }

  async #warm(post: string): Promise<void> {
    const kind = this.#one(warmKinds) ?? "me_too";
    const does = !this.#chance(3);
    if (this.#kept(await this.#send(`/community/posts/${post}/warm`, { kind, does: does ? "yes" : "no" }), postAt)) this.warm.set(`${post} ${kind}`, does);
  }

  /** Until it is answered: what a kill cut off goes out once more, as it was. */
  #send(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    let tries = 0;
    return until(() => {
      tries++;
      if (tries === 1) this.#place.onSent();
      if (tries === 2) this.sentAgain++;
      return this.#browser.post(path, fields);
    }, `an answer to ${path.replaceAll(/[0-9a-f-]{36}/g, ":id")}`);
  }

  /** Kept is a way to the right place. Otherwise it was refused: gone meanwhile (404), or more than anybody writes (422); nothing else may come. */
  #kept({ status, location, text }: Answer, to: RegExp): RegExpExecArray | undefined {
    if (status === 404 || status === 422) {
      this.refused++;
      return undefined;
    }
    const found = status === 303 ? to.exec(location) : null;
    if (!found) throw new Error(`${this.#name} was answered ${status} ${location}: ${text.slice(0, 300)}`);
    this.acknowledged++;
    return found;
  }
}
