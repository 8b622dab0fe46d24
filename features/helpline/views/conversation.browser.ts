// A conversation's page, for parents and desks: keeps the draft, sends again by itself, says what was seen and that someone writes.
import { shelf } from "../../../platform/ui/browser/shared.ts";
import { bePushed, mayBePushed } from "../../../platform/delivery/browser/push.browser.ts";

const form = document.querySelector<HTMLFormElement>("form[data-composer]");
const words = form?.querySelector<HTMLTextAreaElement>("textarea");
const entries = document.querySelector<HTMLElement>("#entries");
const unsent = document.querySelector<HTMLElement>("#unsent");
const writing = document.querySelector<HTMLElement>("#writing");

type Waiting = { key: string; words: string };
const place = form?.dataset["composer"] ?? "";
const draftAt = `draft ${place}`;
const unsentAt = `unsent ${place}`;
const waiting: Waiting[] = JSON.parse(shelf.getItem(unsentAt) ?? "[]") as Waiting[];
let sending = false;

function keep(): void {
  shelf.setItem(unsentAt, JSON.stringify(waiting));
}

const line = document.querySelector<HTMLTemplateElement>("#unsent-line");

/** What has not arrived yet stands under the conversation, and says so. */
function showUnsent(): void {
  unsent?.replaceChildren(
    ...waiting.flatMap((one) => {
      const copy = line?.content.cloneNode(true) as DocumentFragment | undefined;
      const text = copy?.querySelector("span");
      if (!copy || !text) return [];
      text.textContent = one.words;
      return [copy];
    }),
  );
}

function drop(key: string | undefined): void {
  const at = waiting.findIndex((one) => one.key === key);
  if (at < 0) return;
  waiting.splice(at, 1);
  keep();
  showUnsent();
}

function say(problem: string): void {
  const field = document.querySelector("#words-problem");
  if (field) field.textContent = problem;
}

/** A version 4 UUID; `crypto.randomUUID` is missing on phones of before 2022. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Sends what waits, in order, until the server has kept it. The same key again is the same message there. */
async function sendWaiting(): Promise<void> {
  if (sending || !form) return;
  sending = true;
  for (let tries = 0, one = waiting[0]; one; one = waiting[0]) {
    const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(one) }).catch(() => undefined);
    if (answer?.ok) {
      tries = 0;
      drop(one.key);
    } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
      const problem = (await answer.json().catch(() => ({}))) as { problem?: string };
      if (words) {
        words.value = [one.words, words.value].filter(Boolean).join("\n");
        shelf.setItem(draftAt, words.value);
      }
      drop(one.key);
      say(problem.problem ?? form.dataset["failed"] ?? "");
    } else await pause(Math.min(15_000, 500 * 2 ** tries++));
  }
  sending = false;
}

if (form && words) {
  words.value ||= shelf.getItem(draftAt) ?? "";
  words.addEventListener("input", () => {
    shelf.setItem(draftAt, words.value);
    tellWriting();
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return say(form.dataset["empty"] ?? "");
    say("");
    waiting.push({ key: newKey(), words: text });
    keep();
    words.value = "";
    shelf.removeItem(draftAt);
    showUnsent();
    words.focus();
    void sendWaiting();
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-phrase]"))
    button.addEventListener("click", () => {
      words.value = [words.value, button.dataset["phrase"]].filter(Boolean).join("\n");
      words.focus();
    });
  showUnsent();
  void sendWaiting();
}

let toldWritingAt = -Infinity;
function tellWriting(): void {
  if (!form || performance.now() - toldWritingAt < 3000) return;
  toldWritingAt = performance.now();
  fetch(form.dataset["writing"] ?? "", { method: "POST" }).catch(() => undefined);
}

let told = 0;
function tellShown(): void {
  const seq = Number(entries?.lastElementChild?.getAttribute("data-seq") ?? 0);
  if (!form || seq <= told || document.visibilityState !== "visible") return;
  told = seq;
  fetch(form.dataset["shown"] ?? "", { method: "POST", body: new URLSearchParams({ seq: String(seq) }) }).catch(() => undefined);
}

if (entries) {
  // The latest words are what she came for.
  if (entries.childElementCount > 3) entries.lastElementChild?.scrollIntoView({ block: "nearest" });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) {
        if (!(node instanceof HTMLElement)) continue;
        drop(node.dataset["key"]);
        if (writing) writing.textContent = "";
        node.scrollIntoView({ block: "nearest" });
      }
    tellShown();
  }).observe(entries, { childList: true });
  document.addEventListener("visibilitychange", tellShown);
  tellShown();
}

let fade: ReturnType<typeof setTimeout> | undefined;
if (writing)
  new MutationObserver(() => {
    clearTimeout(fade);
    if (writing.textContent) fade = setTimeout(() => (writing.textContent = ""), 6000);
  }).observe(writing, { childList: true });

const ring = document.querySelector<HTMLButtonElement>("[data-ring]");

/** Asks the browser for a push subscription and leaves it with the desk. */
async function beRung(button: HTMLButtonElement): Promise<void> {
  const { publicKey } = (await (await fetch("/account/push")).json()) as { publicKey: string };
  if (await bePushed(publicKey, "/account/push")) button.textContent = button.dataset["done"] ?? "";
}

if (ring && mayBePushed()) {
  ring.hidden = false;
  ring.addEventListener("click", () => void beRung(ring).catch(() => (ring.hidden = true)));
}
