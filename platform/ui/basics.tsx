import type { ComponentChildren } from "preact";
import { icons, type IconName } from "./icons.ts";

/** A drawn sign, always beside a word. */
export function Icon({ name }: { name: IconName }) {
  const [soft, line] = icons[name];
  return (
    <svg class="size-7 shrink-0" aria-hidden="true" viewBox="0 0 256 256" fill="currentColor">
      <path d={soft} opacity="0.2" />
      <path d={line} />
    </svg>
  );
}

type Children = { children?: ComponentChildren };

/** Things under one another. `gap`: 8, 16, 24 or 40 px. */
export function Stack({ gap = 16, children }: Children & { gap?: 8 | 16 | 24 | 40 }) {
  const space = { 8: "space-y-2", 16: "space-y-4", 24: "space-y-6", 40: "space-y-10" }[gap];
  return <div class={`${space} [&>.btn]:flex [&>.btn]:w-fit [&>.btn-lg]:w-full`}>{children}</div>;
}

/** Things beside one another while there is room. */
export const Row = ({ children, spread }: Children & { spread?: boolean }) => (
  <div class={`flex flex-wrap items-center gap-3 ${spread ? "justify-between" : ""}`}>{children}</div>
);

/** Two columns on a desk (a wide one and a narrow one), one on a phone. */
export const Columns = ({ children, even }: Children & { even?: boolean }) => (
  <div class={`grid grid-cols-1 items-start gap-6 ${even ? "md:grid-cols-2" : "lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]"}`}>{children}</div>
);

/** The page's one h1. `small` where the page is for what stands under it. */
export const Title = ({ children, small }: Children & { small?: boolean }) => <h1 class={small ? "text-2xl" : "mt-2 text-4xl"}>{children}</h1>;
export const Heading = ({ children, id }: Children & { id?: string }) => (
  <h2 class="text-2xl" {...(id ? { id } : {})}>
    {children}
  </h2>
);
export const Lead = ({ children }: Children) => <p class="text-lg">{children}</p>;
export const Text = ({ children }: Children) => <p>{children}</p>;
export const Soft = ({ children }: Children) => <p class="soft text-base">{children}</p>;
export const Strong = ({ children }: Children) => <strong class="font-bold">{children}</strong>;
/** Numbers, times and phone numbers, in the face that shows them plainly. */
export const Num = ({ children }: Children) => <span class="num">{children}</span>;
export const Preline = ({ children }: Children) => <p class="whitespace-pre-wrap">{children}</p>;

export const Card = ({ children, label }: Children & { label?: string }) => (
  <section class="card bg-base-100" {...(label ? { "aria-label": label } : {})}>
    <div class="card-body gap-3 p-5 text-base">{children}</div>
  </section>
);

/** A quiet field of colour behind a fact or a hint. */
export const Hush = ({ children }: Children) => <div class="bg-base-300 rounded-box space-y-2 p-4">{children}</div>;

type NoticeTone = "calm" | "done" | "attention";
const noticeLooks = { calm: "bg-base-300", done: "bg-success text-success-content", attention: "bg-warning text-warning-content" } as const;
/** Says what happened or what is so. `done` announces itself to a screen reader. */
export function Notice({ tone = "calm", children }: Children & { tone?: NoticeTone }) {
  return (
    <div class={`${noticeLooks[tone]} rounded-box space-y-2 p-4`} {...(tone === "calm" ? {} : { role: "status" })}>
      {children}
    </div>
  );
}

/** What she has just done, on the page that it led to. It has the focus, so that whoever uses no mouse goes on from there. */
export const JustDone = ({ children }: Children) => (
  <div class={`${noticeLooks.done} rounded-box space-y-2 p-4`} role="status" tabIndex={-1} data-focus>
    {children}
  </div>
);

export const Bullets = ({ children }: Children) => <ul class="list-disc space-y-1 ps-5">{children}</ul>;
export const PlainList = ({ children, label }: Children & { label?: string }) => (
  <ul class="space-y-3" {...(label ? { "aria-label": label } : {})}>
    {children}
  </ul>
);

export const Tag = ({ children, tone = "plain" }: Children & { tone?: "plain" | "lamp" | "urgent" | "done" }) => (
  <span class={`badge badge-lg ${{ plain: "badge-outline", lamp: "badge-accent", urgent: "badge-error", done: "badge-success" }[tone]}`}>{children}</span>
);

export const Link = ({ href, children, external }: Children & { href: string; external?: boolean }) => (
  <a class="inline-link" href={href} {...(external ? { rel: "noreferrer noopener external" } : {})}>
    {children}
  </a>
);

type ActTone = "primary" | "plain" | "quiet" | "danger";
const actLook: Record<ActTone, string> = { primary: "btn-primary", plain: "btn-outline", quiet: "btn-ghost", danger: "btn-error" };

/** A link that looks like the act it leads to. `big` is the one main act of a phone's screen. */
export function LinkButton({ href, icon, tone = "primary", big, children }: Children & { href: string; icon?: IconName; tone?: ActTone; big?: boolean }) {
  return (
    <a class={`btn ${actLook[tone]} ${big ? "btn-lg min-h-16 h-auto w-full justify-start gap-3 py-2 text-start text-lg" : "min-h-12"}`} href={href}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </a>
  );
}

type ButtonProps = Children & { tone?: ActTone; icon?: IconName; big?: boolean; name?: string; value?: string; id?: string; /** Where it posts its form to instead, however much of it is filled in. */ to?: string };
export function Button({ tone = "primary", icon, big, name, value, id, to, children }: ButtonProps) {
  return (
    <button
      type="submit"
      class={`btn ${actLook[tone]} ${big ? "btn-lg min-h-16 h-auto w-full justify-start gap-3 py-2 text-start text-lg" : "min-h-12"}`}
      {...(name ? { name } : {})}
      {...(value ? { value } : {})}
      {...(id ? { id } : {})}
      {...(to ? { formAction: to, formNoValidate: true } : {})}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

/** More for who wants it; open by hand, without scripts too. */
export const Details = ({ summary, children, open }: Children & { summary: string; open?: boolean }) => (
  <details class="bg-base-100 rounded-box" {...(open ? { open } : {})}>
    <summary class="flex min-h-12 cursor-pointer items-center justify-between gap-3 px-4 py-3 font-bold">
      {summary}
      <svg class="details-mark size-5 shrink-0" aria-hidden="true" viewBox="0 0 256 256" fill="currentColor">
        <path d="M213.66,101.66l-80,80a8,8,0,0,1-11.32,0l-80-80A8,8,0,0,1,53.66,90.34L128,164.69l74.34-74.35a8,8,0,0,1,11.32,11.32Z" />
      </svg>
    </summary>
    <div class="space-y-3 px-4 pb-4">{children}</div>
  </details>
);

/** Rows of facts with a caption for screen readers; scrolls by itself on a small phone. */
export function Table({ caption, head, children }: Children & { caption: string; head: readonly string[] }) {
  return (
    <div class="bg-base-100 rounded-box overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table class="table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" class="soft text-sm">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** What stands beside each other in a table, where there is room for one; on a phone each row is read from top to bottom, every cell under the name of its column. */
export function RowTable({ caption, head, rows }: { caption: string; head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div class="bg-base-100 rounded-box">
      <table class="row-table table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" class="soft text-sm">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, nth) => (
                <td key={head[nth + 1]} data-column={head[nth + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names, and sentences that say more of each: the name stands above. */
export const Said = ({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="space-y-3">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt class="soft font-bold">{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Names and values, as on a form that was filled in. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="space-y-2">
    {rows.map(([name, value]) => (
      <div key={name} class="flex flex-wrap gap-x-3">
        <dt class="soft">{name}</dt>
        <dd class="font-bold">{value}</dd>
      </div>
    ))}
  </dl>
);

/** Words for a screen reader alone. */
export const Unseen = ({ children }: Children) => <span class="sr-only">{children}</span>;
