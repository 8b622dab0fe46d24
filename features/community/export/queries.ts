import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { draftsOf } from "../drafts/queries.ts";
import { hiddenBy } from "../hiding/queries.ts";
import { consentsOf } from "../consents/queries.ts";
import { allOf } from "../mine/queries.ts";
import { tellingOf } from "../news/queries.ts";
import { reportsOf } from "../reports/queries.ts";
import type { WarmKind } from "../types.ts";
import type { AccountOf, Everything, ToldOf } from "./types.ts";

/** All that the program keeps of her. Nobody else's words, and no number by which somebody else is known. */
export async function everythingOf(house: Pick<House, "db" | "keys" | "now" | "delivery">, { accountOf, toldOf }: { readonly accountOf: AccountOf; readonly toldOf: ToldOf }, scope: MemberScope): Promise<Everything> {
  const { db, keys, now } = house;
  const me = scope.member.memberId;
  const account = await accountOf(scope.member);
  const [telling, posts, drafts, consents, warm, follows, spaces, hidden, reports, toldOfWrong] = await Promise.all([
    tellingOf(house, scope),
    allOf(db, keys, scope),
    draftsOf(db, keys, scope, account.language),
    consentsOf(db, scope),
    db.selectFrom("warm_acts as w").innerJoin("posts as p", "p.id", "w.post_id").innerJoin("topics as t", "t.id", "p.topic_id").select(["w.kind", "t.title", "w.at"]).where("w.member_id", "=", me).orderBy("w.at").execute(),
    db.selectFrom("follows as f").innerJoin("topics as t", "t.id", "f.topic_id").select(["t.title", "f.at"]).where("f.member_id", "=", me).orderBy("f.at").execute(),
    db.selectFrom("space_members as m").innerJoin("spaces as s", "s.id", "m.space_id").select(["s.name_en", "s.name_es", "m.joined_at"]).where("m.member_id", "=", me).orderBy("m.joined_at").execute(),
    hiddenBy(db, keys, scope),
    reportsOf(db, scope),
    toldOf(scope, account.language),
  ]);
  const { signInName, language, zone, email, codesLeft } = account;
  return {
    madeAt: now(),
    name: scope.member.name,
    account: {
      signInName,
      language,
      zone,
      email,
      codesLeft,
      passkeys: account.passkeys.map(({ name, madeAt, usedAt }) => ({ name, madeAt, usedAt })),
      sessions: account.sessions.map(({ device, madeAt, seenAt }) => ({ device, madeAt, seenAt })),
    },
    posts: posts.map((post) => ({ ...post, pictures: post.pictures.map(({ id, shows }) => ({ id, file: `pictures/${id}.jpg`, shows })) })),
    drafts: drafts.map(({ where, keptAt, said: { title, words } }) => ({ where, title, words, keptAt })),
    consents,
    warm: warm.map(({ kind, title, at }) => ({ kind: kind as WarmKind, title, at })),
    told: telling.every,
    follows,
    spaces: spaces.map((row) => ({ name: language === "es" ? row.name_es : row.name_en, joinedAt: row.joined_at })),
    hides: hidden.map(({ kind, name, at }) => ({ kind, name, at })),
    reports,
    toldOfWrong,
  };
}
