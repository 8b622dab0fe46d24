import type { ComponentChildren } from "preact";
import { Icon } from "./basics.tsx";

/** A value that a form carries unseen. */
export const Carried = ({ name, value }: { name: string; value: string }) => <input type="hidden" name={name} value={value} />;

/**
 * A button for a passkey, inside a form: the script asks `options`, lets the browser ask her, puts the answer into
 * the form and posts it (to `action`, where it differs from the form's). Without scripts or passkeys it stays unseen.
 * `alone`: the form has no other act, so that the Enter key does this one.
 */
export function PasskeyButton({ does, options, action, primary, alone, failed, children }: { does: "make" | "use"; options: string; action?: string; primary?: boolean; alone?: boolean; failed: string; children: ComponentChildren }) {
  return (
    <div class="space-y-2" data-passkey={does} data-options={options} {...(action ? { "data-action": action } : {})} hidden>
      <input type="hidden" name="challenge" />
      <input type="hidden" name="passkey" />
      <button type={alone ? "submit" : "button"} class={`btn ${primary ? "btn-primary btn-lg h-16 w-full justify-start gap-3 text-start text-lg leading-tight" : "btn-outline min-h-12"}`}>
        <Icon name="key" />
        {children}
      </button>
      <p role="status" class="font-bold" data-failed={failed} />
    </div>
  );
}

/** Asks this browser for pushes after a tap, and posts what it gives to `to`. `publicKey`: ours. Without scripts or pushes it stays unseen. */
export const PushButton = ({ to, publicKey, hint, failed, children }: { to: string; publicKey: string; hint: string; failed: string; children: ComponentChildren }) => (
  <div class="space-y-2" data-push={to} data-key={publicKey} hidden>
    <button type="button" class="btn btn-outline min-h-12">
      {children}
    </button>
    <p class="soft text-base">{hint}</p>
    <p role="status" class="font-bold" data-failed={failed} />
  </div>
);

/** A form whose one act is a passkey; unseen without scripts. */
export const PasskeyForm = ({ action, children }: { action: string; children: ComponentChildren }) => (
  <form method="post" action={action} class="space-y-5" data-passkey-form hidden>
    {children}
  </form>
);

/** A link or secret to take away. Selected by one press; the script adds "copy". */
export function ToCopy({ id, label, value, copy, copied }: { id: string; label: string; value: string; copy: string; copied: string }) {
  return (
    <div class="space-y-2">
      <label class="block font-bold" for={id}>
        {label}
      </label>
      <textarea id={id} class="textarea num w-full text-base" rows={3} readOnly spellcheck={false} autocomplete="off" data-copy-from>
        {value}
      </textarea>
      <button type="button" class="btn btn-outline min-h-12" data-copy={id} data-copied={copied} hidden>
        {copy}
      </button>
    </div>
  );
}

/** A form on a wide page keeps the length of a line that reads well. */
export const Narrow = ({ children }: { children: ComponentChildren }) => <div class="max-w-[38rem] space-y-6">{children}</div>;

/** Who, what and an act, in columns that stand under one another; on a phone one below the other. */
export const Line = ({ children, act }: { children: ComponentChildren; act: ComponentChildren }) => (
  <div class="grid items-center gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_18rem]">
    {children}
    <div class="flex lg:justify-end">{act}</div>
  </div>
);

/** Codes for writing down. */
export const Codes = ({ codes, label }: { codes: readonly string[]; label: string }) => (
  <ul class="bg-base-100 rounded-box grid grid-cols-1 gap-x-6 gap-y-2 p-5 min-[480px]:grid-cols-2" aria-label={label}>
    {codes.map((code) => (
      <li key={code} class="num text-lg whitespace-nowrap">
        {code}
      </li>
    ))}
  </ul>
);

/** A secret in groups, large enough for typing it over. */
export const Secret = ({ children }: { children: ComponentChildren }) => <p class="num bg-base-100 rounded-box p-4 text-xl leading-loose tracking-wide">{children}</p>;

/** "or": between two ways that lead to one place. */
export const Or = ({ children }: { children: ComponentChildren }) => (
  <p class="soft flex items-center gap-4 text-base before:bg-base-300 before:h-0.5 before:grow after:bg-base-300 after:h-0.5 after:grow">{children}</p>
);
