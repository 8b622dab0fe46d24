// Passkeys: shows the buttons where the browser can, and carries its answer into the form. Also "copy" beside a link.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

type Offer = { readonly challenge: string; readonly options: unknown };
type Making = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Using = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Asks for the options with what the form holds, lets the browser ask her, and posts its answer. */
async function carry(part: HTMLElement, form: HTMLFormElement): Promise<void> {
  const answer = await fetch(part.dataset["options"] ?? "", { method: "POST", body: new URLSearchParams(fieldsOf(form)), credentials: "same-origin" });
  // What is missing in the form is said by the page, which posting it brings.
  if (answer.status === 422) return post(part, form);
  if (!answer.ok) throw new Error("no options");
  const { challenge, options } = (await answer.json()) as Offer;
  const passkey = part.dataset["passkey"] === "make" ? await startRegistration({ optionsJSON: options as Making }) : await startAuthentication({ optionsJSON: options as Using });
  fill(form, "challenge", challenge);
  fill(form, "passkey", JSON.stringify(passkey));
  post(part, form);
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]): [string, string][] => (typeof value === "string" && name !== "passphrase" ? [[name, value]] : []));
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

function post(part: HTMLElement, form: HTMLFormElement): void {
  if (part.dataset["action"]) form.action = part.dataset["action"];
  form.submit();
}

if (browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey-form]")) form.hidden = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
    const button = part.querySelector("button");
    const status = part.querySelector<HTMLElement>("[data-failed]");
    const form = part.closest("form");
    if (!button || !form) continue;
    part.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      button.disabled = true;
      if (status) status.textContent = "";
      carry(part, form).catch(() => {
        button.disabled = false;
        if (status) status.textContent = status.dataset["failed"] ?? "";
      });
    });
  }
}

// Who joins comes with a fresh browser, so the page does not know her zone yet.
const zone = document.querySelector<HTMLSelectElement>('form[action="/join"] select[name="zone"]');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone?.value === "UTC" && [...zone.options].some(({ value }) => value === ownZone)) zone.value = ownZone;

for (const field of document.querySelectorAll<HTMLTextAreaElement>("[data-copy-from]")) field.addEventListener("focus", () => field.select());
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
  const field = document.querySelector<HTMLTextAreaElement>(`#${button.dataset["copy"] ?? ""}`);
  if (!field || !("clipboard" in navigator)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(field.value).then(
      () => (button.textContent = button.dataset["copied"] ?? ""),
      () => field.select(),
    );
  });
}

export {};
