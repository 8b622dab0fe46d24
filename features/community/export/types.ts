import type { MemberScope, SignedIn } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Account } from "../../accounts/types.ts";
import type { Consent } from "../consents/types.ts";
import type { DraftLine, Said } from "../drafts/types.ts";
import type { Hidden } from "../hiding/types.ts";
import type { Mine } from "../mine/queries.ts";
import type { Every } from "../news/types.ts";
import type { OwnReport } from "../reports/types.ts";
import type { PictureId, WarmKind } from "../types.ts";

/** What the accounts know of her. */
export type AccountOf = (member: SignedIn) => Promise<Account>;

/** Something that she was told when it went wrong, in her language. */
export type ToldOfWrong = { readonly toldAt: Instant; readonly readAt: Instant | undefined; readonly words: string };
/** What she was told of what went wrong with what is kept of her. */
export type ToldOf = (scope: MemberScope, language: Language) => Promise<readonly ToldOfWrong[]>;

/** All that is kept of her, as she takes it with her. */
export type Everything = {
  readonly madeAt: Instant;
  readonly name: string;
  readonly account: Pick<Account, "signInName" | "language" | "zone" | "email" | "codesLeft"> & {
    readonly passkeys: readonly { readonly name: string; readonly madeAt: Instant; readonly usedAt: Instant | undefined }[];
    readonly sessions: readonly { readonly device: string; readonly madeAt: Instant; readonly seenAt: Instant }[];
  };
  /** `file`: of the same archive. */
  readonly posts: readonly (Omit<Mine, "pictures"> & { readonly pictures: readonly { readonly id: PictureId; readonly file: string; readonly shows: string }[] })[];
  readonly drafts: readonly (Pick<DraftLine, "where" | "keptAt"> & Pick<Said, "title" | "words">)[];
  readonly consents: readonly Consent[];
  readonly warm: readonly { readonly kind: WarmKind; readonly title: string; readonly at: Instant }[];
  /** How often she asked to be told of what is new. */
  readonly told: Every | undefined;
  readonly follows: readonly { readonly title: string; readonly at: Instant }[];
  readonly spaces: readonly { readonly name: string; readonly joinedAt: Instant }[];
  readonly hides: readonly Omit<Hidden, "id">[];
  readonly reports: readonly OwnReport[];
  readonly toldOfWrong: readonly ToldOfWrong[];
};
