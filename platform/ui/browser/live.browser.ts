// Live parts: a <turbo-stream-source> in the page brings fragments. Following links stays the browser's own work.
import * as Turbo from "@hotwired/turbo";

Turbo.session.drive = false;
Turbo.config.forms.mode = "optin";

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
