// Live parts: a <turbo-stream-source> in the page brings fragments. Following links stays the browser's own work.
import * as Turbo from "@hotwired/turbo";

Turbo.session.drive = false;
Turbo.config.forms.mode = "optin";
// A button that is disabled while its form is on the way loses the focus of who pressed it by keyboard.
Turbo.config.forms.submitter = "aria-disabled";
// Turbo's own would give the focus, a frame later, back to where it was before the change: out of the hands of who went on meanwhile.
Turbo.session.streamMessageRenderer.render = ({ fragment }) => void document.documentElement.append(fragment);

type Render = (stream: HTMLElement) => Promise<void>;

/** What changes by itself takes the focus from nobody: it stays, or goes to the heading of the part in which its place is gone. */
document.addEventListener("turbo:before-stream-render", (event) => {
  const { detail } = event as CustomEvent<{ render: Render }>;
  const { render } = detail;
  detail.render = async (stream) => {
    const here = document.activeElement;
    await render(stream);
    if (!(here instanceof HTMLElement) || here === document.body || document.activeElement !== document.body) return;
    const part = document.getElementById(stream.getAttribute("target") ?? "");
    const place = here.isConnected ? here : (part?.querySelector<HTMLElement>("h2") ?? part);
    if (place !== here) place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: true });
  };
});

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
  // The next change would make that heading one that can't have the focus.
  const isPlace = attributeName === "tabindex" && event.target === document.activeElement;
  // What she unfolded stays open, what she ticked or chose stays so, and what she is typing stays: a change comes while somebody reads, or is about to press.
  const isHers = (attributeName === "open" && event.target instanceof HTMLDetailsElement) || (attributeName === "checked" && event.target instanceof HTMLInputElement) || (attributeName === "selected" && event.target instanceof HTMLOptionElement) || (attributeName === "value" && event.target instanceof HTMLInputElement && "typing" in event.target.dataset);
  if (isPlace || isHers) event.preventDefault();
});

type Source = HTMLElement & { streamSource?: EventSource | null; src: string };
const lookEveryMs = 3000;

let looks = 0;
/** Looks between two tries: one at first, ten (half a minute) for a server that goes on refusing. */
let patience = 1;

/** A stream that the server refused (it was restarting) is closed for good by the browser: open it anew after the last line that stands here. */
setInterval(() => {
  for (const source of document.querySelectorAll<Source>("turbo-stream-source")) {
    const state = source.streamSource?.readyState;
    if (state === EventSource.OPEN) patience = 1;
    if (state !== EventSource.CLOSED || ++looks % patience > 0) continue;
    patience = Math.min(10, patience + 1);
    const at = new URL(source.src, location.href);
    const last = document.querySelector("#entries > :last-child")?.getAttribute("data-seq");
    if (last) at.searchParams.set("after", last);
    const anew = document.createElement("turbo-stream-source");
    anew.setAttribute("src", at.pathname + at.search);
    source.replaceWith(anew);
  }
}, lookEveryMs);
