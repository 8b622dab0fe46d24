// Told on this device: the browser is asked only after her tap. Without scripts, or where there are no pushes, nothing is shown of it.
import { bePushed, mayBePushed } from "../../../../platform/delivery/browser/push.browser.ts";

const offer = document.querySelector<HTMLElement>("[data-push]");
const said = offer?.querySelector<HTMLElement>("[role=status]");

async function ask({ dataset: { push = "", key = "" } }: HTMLElement): Promise<void> {
  const nextDay = document.querySelector<HTMLInputElement>("#nextDay, [name=nextDay]")?.checked === true;
  if (!(await bePushed(key, push, { nextDay }))) throw new Error("It was not kept.");
  location.reload();
}

if (offer && mayBePushed()) {
  offer.hidden = false;
  offer.querySelector("button")?.addEventListener("click", () => void ask(offer).catch(() => said && (said.textContent = said.dataset["failed"] ?? "")));
}

export {};
