/** One line that a person can call, text or visit, in words that are ready to show. */
export type LineShown = {
  readonly name: string;
  /** The part of the country that it is for. */
  readonly where?: string;
  /** Hours, languages and what to know. */
  readonly facts: readonly string[];
  /** Said quietly, last. */
  readonly aside?: string;
  readonly acts: readonly { readonly label: string; readonly href: string }[];
  readonly site?: { readonly label: string; readonly href: string };
};

/** Lines under one another, each with its acts as wide targets. */
export const Lines = ({ lines, label }: { lines: readonly LineShown[]; label: string }) => (
  <ul class="lines bg-base-100 rounded-box num text-base" aria-label={label}>
    {lines.map((line) => (
      <OneLine key={line.name} {...line} />
    ))}
  </ul>
);

function OneLine({ name, where, facts, aside, acts, site }: LineShown) {
  return (
    <li>
      <h3 class="num text-lg font-bold">
        {name}
        {where ? <span class="font-normal"> · {where}</span> : null}
      </h3>
      <p>{facts.join(" ")}</p>
      {aside ? <p class="soft">{aside}</p> : null}
      <p class="flex flex-wrap items-center gap-3">
        {acts.map((act) => (
          <a key={act.href} class="btn btn-outline" href={act.href}>
            {act.label}
          </a>
        ))}
        {site ? (
          <a class="inline-link" href={site.href} rel="noreferrer noopener external">
            {site.label}
          </a>
        ) : null}
      </p>
    </li>
  );
}
