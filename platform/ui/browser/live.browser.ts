// Live parts: a <turbo-stream-source> in the page brings fragments. Following links stays the browser's own work.
import * as Turbo from "@hotwired/turbo";

Turbo.session.drive = false;
Turbo.config.forms.mode = "optin";

// A fragment that came while the desk is in another tab waits on the title.
export {};
