const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

/** Filters a list on the device while she types; without scripts the same form asks the server. */
export function filterLists(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-find]")) {
    const input = form.querySelector("input");
    const count = form.querySelector("[data-find-count]");
    const list = document.querySelector<HTMLElement>("[data-find-list]");
    if (!input || !count || !list) continue;
    const groups = [...list.querySelectorAll<HTMLElement>("[data-find-group]")].map((group) => ({ group, entries: [...group.querySelectorAll<HTMLElement>("[data-find-as]")] }));
    const filter = (): void => {
      const wanted = plain(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      let found = 0;
      for (const { group, entries } of groups) {
        let here = 0;
        for (const entry of entries) {
          const shown = wanted.every((word) => ` ${entry.dataset["findAs"]}`.includes(` ${word}`));
          entry.hidden = !shown;
          if (shown) here++;
        }
        group.hidden = here === 0;
        found += here;
      }
      for (const extra of list.querySelectorAll<HTMLElement>("[data-find-hide]")) extra.hidden = wanted.length > 0;
      count.textContent = wanted.length === 0 ? "" : (form.dataset["count"] ?? "").replace("#", String(found));
    };
    input.addEventListener("input", filter);
    form.addEventListener("submit", (event) => {
      const left = groups.flatMap(({ entries }) => entries).filter(({ hidden }) => !hidden);
      const only = left[0]?.querySelector("a");
      if (left.length !== 1 || !only) return;
      event.preventDefault();
      location.assign(only.href);
    });
  }
}
