import type { ComponentChildren } from "preact";

type TurboElement = { id?: string; children?: ComponentChildren };

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "turbo-stream-source": TurboElement & { src: string };
      "turbo-stream": TurboElement & { action: StreamAction; target: string; method?: "morph" };
      "turbo-frame": TurboElement & { src?: string; loading?: "lazy"; target?: string };
    }
  }
}

/** What Turbo does with a fragment that a stream brings. `remove` needs no children. */
export type StreamAction = "append" | "prepend" | "replace" | "update" | "remove" | "before" | "after";

/** Opens the event stream at `src` while the page is open; without scripts it is nothing, and the page stands alone. Needs the script "live". */
export const LiveSource = ({ src }: { src: string }) => <turbo-stream-source src={src} />;

/**
 * One change to a page that is already open: `target` is the id of what it changes. What is replaced keeps each row
 * that has an id of its own, so that whoever is about to press a button in it still can.
 */
export const StreamAct = ({ action, target, children }: { action: StreamAction; target: string; children?: ComponentChildren }) => (
  <turbo-stream action={action} target={target} {...(action === "replace" ? { method: "morph" as const } : {})}>
    {action === "remove" ? null : <template>{children}</template>}
  </turbo-stream>
);

/** A part of a page whose forms and links answer in place; without scripts they open whole pages. `target="_top"` keeps links whole. */
export const Frame = ({ id, target, children }: { id: string; target?: "_top"; children: ComponentChildren }) => (
  <turbo-frame id={id} {...(target ? { target } : {})}>
    {children}
  </turbo-frame>
);
