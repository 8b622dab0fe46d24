import type { ComponentChildren } from "preact";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { say } from "../../words.ts";
import type { Everything } from "../types.ts";

/** All that is kept of her, to read without us: a page of its own, without a style or a script. */
export function EverythingPage({ language, all }: { language: Language; all: Everything }) {
  const t = say(language);
  const when = (at: Everything["madeAt"]) => dayAndTime(at, all.account.zone, language);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{t("mineTitle")}</title>
      </head>
      <body>
        <h1>{t("mineTitle")}</h1>
        <p>
          {all.name} · {all.account.signInName} · {when(all.madeAt)}
        </p>
        {all.posts.map((post) => (
          <article key={post.id}>
            <h2>{post.title}</h2>
            <p>
              {when(post.writtenAt)} · {t(`short_${post.state}`)}
              {post.unnamed ? ` · ${t("withoutName")}` : ""}
            </p>
            {post.words.split("\n").map((line) => (
              <p key={line}>{line}</p>
            ))}
            {post.pictures.map(({ file, shows }) => (
              <img key={file} src={file} alt={shows} />
            ))}
          </article>
        ))}
        {all.drafts.map(({ where, title, words = "", keptAt }) => (
          <article key={keptAt.toString()}>
            <h2>{title || where || t("draftGone")}</h2>
            <p>
              {when(keptAt)} · {t("draftsTitle")}
            </p>
            <p>{words}</p>
          </article>
        ))}
        <Part title={t("exportConsents")} lines={all.consents.map(({ wording, givenAt, withdrawnAt }) => `${when(givenAt)}: ${wording}${withdrawnAt ? ` (${when(withdrawnAt)})` : ""}`)} />
        <Part title={t("exportSpaces")} lines={all.spaces.map(({ name, joinedAt }) => `${when(joinedAt)}: ${name}`)} />
        <Part title={t("exportFollows")} lines={all.follows.map(({ title, at }) => `${when(at)}: ${title}`)} />
        <Part title={t("tellLabel")} lines={all.told ? [t(`tell_${all.told}`)] : []} />
        <Part title={t("exportWarm")} lines={all.warm.map(({ kind, title, at }) => `${when(at)}: ${t(`warm_${kind}`)}, ${title}`)} />
        <Part title={t("mineHidden")} lines={all.hides.map(({ name, at }) => `${when(at)}: ${name}`)} />
        <Part title={t("mineReports")} lines={all.reports.map(({ title, at }) => `${when(at)}: ${title}`)} />
        <Part title={t("exportTold")} lines={all.toldOfWrong.map(({ toldAt, words }) => `${when(toldAt)}: ${words}`)} />
        <Part title={t("exportWays")} lines={[...all.account.passkeys.map(({ name, madeAt }) => `${when(madeAt)}: ${name}`), ...all.account.sessions.map(({ device, madeAt, seenAt }) => `${when(madeAt)} – ${when(seenAt)}: ${device}`)]} />
      </body>
    </html>
  );
}

const Part = ({ title, lines }: { title: ComponentChildren; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
