// For every page: leaving fast, the night light without a reload, her own clock, and forms that keep themselves.
import { filterLists } from "./find.ts";
import { keepForms } from "./keeps.ts";
import { revealTyped } from "./reveals.ts";
import { isOver, isShared, watchIdle } from "./shared.ts";

keepForms();
revealTyped();

const exit = document.querySelector<HTMLFormElement>("[data-exit]");

function leave(): void {
  sessionStorage.clear();
  document.documentElement.hidden = true;
  document.title = " ";
  // On a device that others use /exit ends it all by itself, in one answer after the other.
  if (isShared) return location.replace("/exit");
  // The post ends her session, and goes on when this page is gone. `replace` takes this page out of the history, so that "back" does not show it.
  void fetch("/exit", { method: "POST", keepalive: true }).catch(() => undefined);
  location.replace("/exit");
}

// Leaving a conversation, or deleting it, leaves no draft behind in this tab.
addEventListener("submit", ({ target }) => {
  if (target instanceof HTMLFormElement && /\/(erase|leave|sign-out|over)$/.test(target.action)) sessionStorage.clear();
});

// Every page of the desk says that she is there, so that whoever is with her is not sent back to the queue.
const beatMs = 30_000;
if (document.querySelector("[data-desk]")) setInterval(() => fetch("/desk/alive", { method: "POST" }).catch(() => undefined), beatMs);

let shifts = 0;
let last = 0;
addEventListener("keyup", ({ key, timeStamp }) => {
  shifts = key === "Shift" ? (timeStamp - last < 1000 ? shifts + 1 : 1) : 0;
  last = timeStamp;
  if (shifts >= 3) leave();
});
exit?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

// A page that a browser kept whole, and shows again by "back", is asked for anew: she may have left or signed out since.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  document.documentElement.hidden = true;
  location.reload();
});

/** The system's light decides what the lamp in the header switches to, until she has chosen. */
const lamp = document.querySelector<HTMLButtonElement>("[data-light-switch]");
if (lamp && !document.documentElement.dataset["theme"] && matchMedia("(prefers-color-scheme: dark)").matches) lamp.value = "day";

/** Tells us her clock. After the first picture: to ask for the zone costs an old phone a tenth of a second, in which she could read. */
const sayZone = (): void => void (document.cookie = `__Host-zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; Path=/; Secure; SameSite=Lax${isShared ? "" : "; Max-Age=31536000"}`);
if (!isOver) requestAnimationFrame(() => setTimeout(sayZone));

filterLists();
// What has to be mended, or was just done; where the address names a place in the page, the browser itself gives that the focus.
if (!document.querySelector(":target")) document.querySelector<HTMLElement>("[data-focus]")?.focus();

// The pages kept for the day without a connection come once this one is whole: they are not part of its weight.
if (isShared && !isOver) watchIdle();
else if (!isShared && "serviceWorker" in navigator) addEventListener("load", () => setTimeout(() => navigator.serviceWorker.register("/offline.js").catch(() => undefined), 2000));
