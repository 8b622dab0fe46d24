import type { OfflineChoices, OfflinePages, WorkerSettings } from "../types.ts";

type Late = Event & { waitUntil(work: Promise<unknown>): void };
type Pushed = Late & { readonly data: { json(): unknown } | null };
type Clicked = Late & { readonly notification: { readonly data: unknown; close(): void } };
type Fetching = Late & { readonly request: Request; respondWith(answer: Promise<Response>): void };
export type WorkerScope = {
  readonly caches: CacheStorage;
  readonly location: { readonly origin: string };
  readonly fetch: typeof fetch;
  readonly clients: { claim(): Promise<void>; openWindow(path: string): Promise<unknown> };
  readonly registration: { showNotification(title: string, options: { body: string; tag: string; data: string }): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", listen: (event: Late) => void): void;
  addEventListener(kind: "fetch", listen: (event: Fetching) => void): void;
  addEventListener(kind: "push", listen: (event: Pushed) => void): void;
  addEventListener(kind: "notificationclick", listen: (event: Clicked) => void): void;
};

/**
 * The service worker, sent to the browser as its own source: it stands alone and names nothing outside itself.
 * It keeps the help pages of every country and the files they need. It never keeps a page that it passes on,
 * so nothing of a person is ever in its memory. The search for help puts itself by (features/directory/finder): it is the same
 * for everybody of one language and country.
 */
export function worker(scope: WorkerScope, settings: WorkerSettings): void {
  const kept = `help-${settings.version}`;
  const choices = ["/language", "/country", "/light", "/quiet"];

  const refresh = async (): Promise<void> => {
    const cache = await scope.caches.open(kept);
    for (const address of [settings.pages, settings.choices]) {
      const answer = await scope.fetch(address, { credentials: "same-origin" });
      if (answer.ok) await cache.put(address, answer);
    }
  };

  const page = (html: string): Response =>
    new Response(html, {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'",
      },
    });

  const offline = async (path: string): Promise<Response> => {
    const cache = await scope.caches.open(kept);
    const [foundPages, foundChoices] = [await cache.match(settings.pages), await cache.match(settings.choices)];
    if (!foundPages || !foundChoices) return Response.error();
    const { pages, countries } = (await foundPages.json()) as OfflinePages;
    const { language: chosen, own, exit } = (await foundChoices.json()) as OfflineChoices;
    if (path === "/exit") return Response.redirect(exit, 303);
    if (path === "/language") return Response.redirect(chosen === "en" ? "/es" : "/en", 303);
    const language = path === "/en" ? "en" : path === "/es" ? "es" : chosen;
    const asked = /^\/help\/([a-z]{2})$/.exec(path);
    const country = path === "/help" ? undefined : countries[asked?.[1] ?? own];
    const { index, start, end, countries: middles } = pages[language];
    if (!country) return page(index);
    const html = `${start}${middles[country.page]}${end}`;
    return page(html.replace(/7000(\d)00/g, (_, at: string) => country.fill[language][Number(at)] ?? ""));
  };

  scope.addEventListener("install", (event) => {
    event.waitUntil(
      scope.caches
        .open(kept)
        .then((cache) => cache.addAll([...settings.files]))
        .then(refresh)
        .then(() => scope.skipWaiting()),
    );
  });

  scope.addEventListener("activate", (event) => {
    const old = (names: string[]) => Promise.all(names.filter((name) => name.startsWith("help-") && name !== kept).map((name) => scope.caches.delete(name)));
    event.waitUntil(scope.caches.keys().then(old).then(() => scope.clients.claim()));
  });

  // A volunteer's own device, or a parent's who asked for it at her seat, is rung in discreet words; a tap opens the page that the call names.
  scope.addEventListener("push", (event) => {
    const call = event.data?.json() as { title?: string; body?: string; path?: string } | undefined;
    if (call?.title) event.waitUntil(scope.registration.showNotification(call.title, { body: call.body ?? "", tag: call.path ?? "", data: call.path ?? "/desk" }));
  });

  scope.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(scope.clients.openWindow(String(event.notification.data)));
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== scope.location.origin) return;
    if (settings.files.includes(pathname)) return event.respondWith(scope.caches.match(pathname).then((file) => file ?? scope.fetch(request)));
    // Pages that put themselves by (the search for help) find their script where they put it.
    if (pathname.startsWith("/assets/")) return event.respondWith(scope.fetch(request).catch(() => scope.caches.match(pathname).then((file) => file ?? Response.error())));
    if (request.mode !== "navigate") return;
    event.respondWith(
      scope.fetch(request).then(
        (answer) => {
          // She chose another language, country, light or title: what is kept follows, once the answer is out.
          if (request.method === "POST" && choices.includes(pathname)) event.waitUntil(refresh().catch(() => undefined));
          return answer;
        },
        () => (pathname === settings.finder ? scope.caches.match(pathname).then((page) => page ?? offline(pathname)) : offline(pathname)),
      ),
    );
  });
}
