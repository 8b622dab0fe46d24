import type { ComponentChildren, VNode } from "preact";
import type { Visit } from "../http/visit.ts";
import { direction, type Language } from "../i18n/words.ts";
import type { Assets } from "./assets.ts";
import { Icon } from "./basics.tsx";
import type { IconName } from "./icons.ts";
import { say } from "./words.ts";

type Script = Parameters<Assets["script"]>[0];

export type PageProps = {
  visit: Visit;
  assets: Assets;
  title: string;
  children: ComponentChildren;
  /** One column for parents; the desk uses the width. */
  wide?: boolean;
  /** Which of the dock's four this page is under. */
  under?: "home" | "groups" | "village" | "help";
  scripts?: readonly Script[];
  /** Seconds until a page without scripts looks again. */
  refresh?: number;
  /** Desk pages have their own menu instead of the parents' dock. */
  menu?: VNode;
  /** What the page is about, for programs that read it (JSON-LD). */
  linkedData?: object | undefined;
  /** Her visit has just ended: nothing is left to sign out of. */
  over?: boolean;
  /** Carries the sheet that it is first painted with, so that nothing has to come after it before she can read (decisions/0021). */
  atOnce?: boolean;
};

/** A page that stands untouched on a device that others use leads away by itself, as the session ends. */
const sharedSeconds = 30 * 60;

/** JSON that can stand within a page: nothing in it ends its element or begins another. Browsers run no element of this kind, so that no rule for scripts asks about it. */
const asLinkedData = (about: object): string => JSON.stringify(about).replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The whole document: header with exit, language and night light; the page; the dock with "Help now". */
export function Page({ visit, assets, title, children, wide, under, scripts = [], refresh, menu, linkedData, over = false, atOnce = false }: PageProps) {
  const t = say(visit.language);
  const theme = visit.light === "system" ? {} : { "data-theme": visit.light };
  // A browser keeps the titles of pages: on a device that others use they say nothing of what a page is about.
  const name = visit.quiet ? t(`quiet_${visit.quiet}`) : visit.shared || title === t("brand") ? t("brand") : `${title} · ${t("brand")}`;
  return (
    <html lang={visit.language} dir={direction[visit.language]} {...theme} {...(visit.shared ? { "data-shared": over ? "over" : "" } : {})}>
      <head>
        <meta charset="utf-8" />
        <title>{name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="turbo-cache-control" content="no-cache" />
        {visit.shared && !over ? (
          <noscript>
            <meta http-equiv="refresh" content={`${sharedSeconds}; url=/sign-in/over`} />
          </noscript>
        ) : null}
        {refresh === undefined || (visit.shared && menu) ? null : (
          <noscript>
            <meta http-equiv="refresh" content={String(refresh)} />
          </noscript>
        )}
        {atOnce ? <style dangerouslySetInnerHTML={{ __html: assets.first.css }} /> : null}
        {/* No font is preloaded: on a slow line it takes the room of the stylesheet, and the words can be read without it. */}
        {atOnce ? null : <link rel="stylesheet" href={assets.style} />}
        <link rel="manifest" href={visit.quiet ? `/${visit.quiet}-${visit.language}.webmanifest` : "/manifest.webmanifest"} />
        <link rel="icon" href={`/${visit.quiet ?? "icon"}.svg`} type="image/svg+xml" />
        <script type="module" src={assets.script("site")} />
        {scripts.map((script) => (
          <script key={script} type="module" src={assets.script(script)} />
        ))}
        {linkedData ? <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asLinkedData(linkedData) }} /> : null}
      </head>
      <body class={menu ? "pb-10" : "pb-28"}>
        <a class="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:bg-base-100 focus:p-4" href="#page">
          {t("skip")}
        </a>
        <Header visit={visit} wide={wide === true} />
        {menu ?? null}
        {visit.shared && !over ? <Shared visit={visit} wide={wide === true} /> : null}
        <main id="page" class={`${wide ? "max-w-6xl" : "max-w-[38rem]"} mx-auto w-full px-5 pt-4 pb-8`}>
          {children}
        </main>
        <Foot language={visit.language} wide={wide === true} />
        {menu ? null : <Dock language={visit.language} under={under} />}
        {atOnce ? <link rel="stylesheet" href={assets.style} /> : null}
      </body>
    </html>
  );
}

function Header({ visit, wide }: { visit: Visit; wide: boolean }) {
  const t = say(visit.language);
  const other: Language = visit.language === "en" ? "es" : "en";
  return (
    <header class={`[@media(min-height:560px)]:sticky top-0 z-10 bg-base-200 pb-1 ${wide ? "max-w-6xl" : "max-w-[38rem]"} mx-auto flex flex-wrap items-center justify-between gap-x-2 gap-y-1 ps-5 pe-4 pt-3`}>
      <a class="font-display flex min-h-12 items-center text-xl" href="/">
        {t(visit.quiet ? `quiet_${visit.quiet}` : "brand")}
      </a>
      <div class="flex flex-wrap items-center justify-end">
        <form method="post" action="/language">
          <input type="hidden" name="back" value={visit.path} />
          <button type="submit" class="btn btn-ghost min-h-12 px-2 sm:px-3" name="language" value={other} lang={other}>
            {t("otherLanguage")}
          </button>
        </form>
        <form method="post" action="/light">
          <input type="hidden" name="back" value={visit.path} />
          <button
            type="submit"
            class="btn btn-ghost btn-circle size-12"
            name="light"
            value={visit.light === "night" ? "day" : "night"}
            data-light-switch
            aria-label={visit.light === "night" ? t("lightOff") : t("lightOn")}
          >
            <Icon name="lamp" />
          </button>
        </form>
        <form method="post" action="/exit" data-exit>
          <button type="submit" class="btn btn-neutral ms-1 min-h-12 px-3" title={t("exitHint")}>
            <span class="sm:hidden">{t("exitShort")}</span>
            <span class="hidden sm:inline">{t("exit")}</span>
          </button>
        </form>
      </div>
    </header>
  );
}

/** On a device that others use: said on every page, with the way out that leaves nothing behind. */
function Shared({ visit, wide }: { visit: Visit; wide: boolean }) {
  const t = say(visit.language);
  return (
    <form method="post" action="/sign-in/over" class={`${wide ? "max-w-6xl" : "max-w-[38rem]"} mx-auto flex w-full flex-wrap items-center justify-between gap-x-4 px-5 pt-2`}>
      <p class="soft text-base">{t("sharedHere")}</p>
      <button type="submit" class="btn btn-outline min-h-12">
        {t("sharedLeave")}
      </button>
    </form>
  );
}

/** On every page, the first one too: Washington asks for a link of its own there (RCW 19.373.020). */
function Foot({ language, wide }: { language: Language; wide: boolean }) {
  return (
    <footer class={`no-print ${wide ? "max-w-6xl" : "max-w-[38rem]"} mx-auto w-full px-5 pb-4 text-base`}>
      <a class="inline-link" href="/privacy">
        {say(language)("privacy")}
      </a>
    </footer>
  );
}

function Dock({ language, under }: { language: Language; under: PageProps["under"] }) {
  const t = say(language);
  const place = (key: NonNullable<PageProps["under"]>, href: string, icon: IconName, label: string) => (
    <a href={href} class={key === "help" ? "bg-neutral text-neutral-content rounded-box" : ""} {...(under === key ? { "aria-current": "page" as const } : {})}>
      <Icon name={icon} />
      <span class={`dock-label text-sm ${under === key ? "font-bold underline underline-offset-4" : ""}`}>{label}</span>
    </a>
  );
  return (
    <nav class="dock dock-lg no-print bg-base-100 px-2" aria-label={t("mainMenu")}>
      {place("home", "/", "home", t("home"))}
      {place("groups", "/groups", "group", t("groups"))}
      {place("village", "/village", "bowl", t("village"))}
      {place("help", "/help", "help", t("helpNow"))}
    </nav>
  );
}
