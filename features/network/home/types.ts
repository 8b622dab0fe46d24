import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** What home tells of this moment, already rounded. */
export type HomeFacts = {
  /** False while the database does not answer: home then says nothing of who is here. */
  readonly known: boolean;
  /** Undefined below five. */
  readonly count: number | undefined;
  /** Languages that volunteers on duty answer in now. */
  readonly onDuty: readonly Language[];
  /** When volunteers are usually here next, in the network's zone; undefined when nobody has said. */
  readonly opensAt: Instant | undefined;
  /** It opens so soon that the clock time alone says when. */
  readonly opensSoon: boolean;
  readonly zone: string;
  /** Who runs it; undefined before set-up. */
  readonly host: string | undefined;
};
