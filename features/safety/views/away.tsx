import type { Language } from "../../../platform/i18n/words.ts";
import { say } from "../words.ts";

/** Nothing, and on to another site: for browsers without scripts, as no redirection of a form may lead off ours. */
export function Away({ to }: { to: string }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{"\u00a0"}</title>
        <meta http-equiv="refresh" content={`0; url=${to}`} />
      </head>
      <body></body>
    </html>
  );
}

/**
 * What "back" comes upon after leaving: a page that says nothing of us. Its script leads away again where it was come upon by going back,
 * and on where the address was opened anew; without scripts there is one button.
 */
export function Left({ language, path, script }: { language: Language; path: string; script: string }) {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{"\u00a0"}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <script type="module" src={script} />
      </head>
      <body>
        <form method="post" action="/exit/back" data-left>
          <input type="hidden" name="back" value={path} />
          <noscript>
            <button type="submit">{say(language)("goOn")}</button>
          </noscript>
        </form>
      </body>
    </html>
  );
}
