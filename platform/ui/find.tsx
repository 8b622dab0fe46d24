import { Icon } from "./basics.tsx";

export type Findable = { readonly href: string; readonly label: string; /** Other names that find it, in lower case. */ readonly find: string };

/**
 * A search that posts (so that what was typed stands in no address) and, where scripts run, filters the list below on the device.
 * `count` is said to a screen reader after each letter, with # for the number.
 */
export function FindForm({ action, name, label, button, value, count }: { action: string; name: string; label: string; button: string; value?: string; count: string }) {
  return (
    <form method="post" action={action} role="search" data-find data-count={count}>
      <label class="block font-bold" for={name}>
        {label}
      </label>
      <div class="mt-1 flex flex-wrap gap-2">
        <input id={name} name={name} type="search" class="input h-14 min-w-0 grow basis-32 text-base" autocomplete="off" value={value ?? ""} maxLength={80} />
        <button type="submit" class="btn btn-primary h-14">
          <Icon name="search" />
          {button}
        </button>
      </div>
      <p class="sr-only" role="status" data-find-count />
    </form>
  );
}

/** Everything by its first letter, with the letters to jump to; each a target of 48 px. */
export function ByLetter({ things, label, jump }: { things: readonly Findable[]; label: string; jump: string }) {
  const letters = new Map<string, Findable[]>();
  for (const thing of things) {
    const letter = thing.label.normalize("NFD").charAt(0).toUpperCase();
    letters.set(letter, [...(letters.get(letter) ?? []), thing]);
  }
  return (
    <div data-find-list>
      <nav aria-label={jump} class="mb-6 flex flex-wrap gap-1" data-find-hide>
        {[...letters.keys()].map((letter) => (
          <a key={letter} class="btn btn-ghost size-12 p-0 text-base" href={`#letter-${letter}`}>
            {letter}
          </a>
        ))}
      </nav>
      <ul aria-label={label} class="space-y-6">
        {[...letters].map(([letter, under]) => (
          <li key={letter} id={`letter-${letter}`} data-find-group>
            <h3 class="soft num text-base font-bold">{letter}</h3>
            <FoundLinks things={under} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function FoundLinks({ things }: { things: readonly Findable[] }) {
  return (
    <ul class="columns-[9.5rem]">
      {things.map(({ href, label, find }) => (
        <li key={href} class="break-inside-avoid" data-find-as={find}>
          <a class="inline-link flex min-h-12 items-center" href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
