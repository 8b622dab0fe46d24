// What is different on a device that others use.

const { shared } = document.documentElement.dataset;
/** She said so when she signed in. */
export const isShared = shared !== undefined;
/** Her visit has just ended. */
export const isOver = shared === "over";

const held = new Map<string, string>();

/**
 * Where a page keeps what was typed and not yet sent. Session storage outlives a reload and the browser's nap, and is gone when the tab is closed;
 * but until then browsers write it to disk, so on a device that others use it is this page's memory alone.
 */
export const shelf: Pick<Storage, "getItem" | "setItem" | "removeItem"> = isShared
  ? { getItem: (name) => held.get(name) ?? null, setItem: (name, value) => void held.set(name, value), removeItem: (name) => void held.delete(name) }
  : sessionStorage;

const idleMs = 30 * 60_000;
const beatMs = 60_000;
const lookMs = 15_000;

/** A page that stands untouched for half an hour leads away; whoever types keeps her session, as typing is no visit. */
export function watchIdle(): void {
  let touchedAt = performance.now();
  let saidAt = touchedAt;
  const over = (): void => {
    clearInterval(looking);
    location.replace("/sign-in/over");
  };
  const say = (): void => {
    saidAt = touchedAt;
    void fetch("/sign-in/here", { method: "POST" }).then(({ ok }) => ok || over(), () => undefined);
  };
  const touch = (): void => {
    touchedAt = performance.now();
    if (touchedAt - saidAt > beatMs) say();
  };
  for (const kind of ["keydown", "pointerdown", "scroll", "focus"]) addEventListener(kind, touch, { capture: true, passive: true });
  const looking = setInterval(() => performance.now() - touchedAt > idleMs && over(), lookMs);
}
