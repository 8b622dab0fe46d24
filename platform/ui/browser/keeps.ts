const pauseMs = 2000;

/** In a form that keeps itself, what she types is kept on the server: a child who wakes, or a phone that turns itself off, takes nothing from her. */
export function keepForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keeps]")) {
    const line = form.querySelector("[data-kept]");
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let changed = false;

    const keep = async (leaving: boolean): Promise<void> => {
      clearTimeout(waiting);
      if (!changed) return;
      changed = false;
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      try {
        const answer = await fetch(form.dataset["keeps"] ?? "", { method: "POST", body, headers: { accept: "text/plain" }, keepalive: leaving });
        if (answer.ok && line) line.textContent = await answer.text();
        changed ||= !answer.ok;
      } catch {
        changed = true;
      }
    };

    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(waiting);
      waiting = setTimeout(() => void keep(false), pauseMs);
    });
    // It is on its way now.
    form.addEventListener("submit", () => {
      changed = false;
      clearTimeout(waiting);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void keep(true);
    });
  }
}
