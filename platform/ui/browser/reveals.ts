/** A field that hides what is typed shows it when she asks, and hides it again before it is sent: no browser keeps it among what was typed. */
export function revealTyped(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-reveals]")) {
    const field = document.getElementById(button.dataset["reveals"] ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    const turn = (): void => {
      field.type = field.type === "password" ? "text" : "password";
      [button.textContent, button.dataset["other"]] = [button.dataset["other"] ?? "", button.textContent];
    };
    button.addEventListener("click", turn);
    field.form?.addEventListener("submit", () => field.type === "text" && turn());
  }
}
