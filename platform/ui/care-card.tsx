/** What the emergency card shows: a title that names the numbers, when to call, and the numbers to tap. */
export type CareCardContent = {
  readonly title: string;
  readonly reasons: readonly string[];
  readonly acts: readonly { readonly label: string; readonly href: string }[];
};

/** The emergency card: numbers, when to call them, and nothing more to read or follow. */
export function CareCard({ title, reasons, acts }: CareCardContent) {
  return (
    <section class="rounded-box bg-error text-error-content p-6" aria-label={title}>
      <h2 class="num text-2xl font-bold">{title}</h2>
      <ul class="mt-3 list-disc space-y-1 ps-5">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p class="mt-5 flex flex-wrap gap-3">
        {acts.map(({ label, href }) => (
          <a key={href} class="num rounded-field flex min-h-12 grow items-center justify-center border-[1.5px] border-current px-5 py-2 text-center font-bold" href={href}>
            {label}
          </a>
        ))}
      </p>
    </section>
  );
}
