import type { ComponentChildren } from "preact";
import type { Choice } from "./fields.tsx";
import { typedText, type Typed } from "../http/form.ts";

type QuestionProps = { name: string; label: string; guide: string; choices: readonly Choice[]; typed: Typed; problem?: string | undefined };

/** One question of a worksheet with its guidance beside it; the answers stand in a row, each a target of 48 px. */
export function Question({ name, label, guide, choices, typed, problem }: QuestionProps) {
  const chosen = typedText(typed, name);
  return (
    <fieldset class="bg-base-100 rounded-box p-5" aria-describedby={`${name}-guide${problem ? ` ${name}-problem` : ""}`}>
      <legend class="float-start mb-2 w-full text-lg font-bold">{label}</legend>
      <div class="clear-both grid gap-3 md:grid-cols-[minmax(0,1fr)_18rem] md:items-start md:gap-6">
        <div class="space-y-2">
          <p id={`${name}-guide`} class="soft text-base">
            {guide}
          </p>
          {problem ? (
            <p id={`${name}-problem`} class="border-error border-s-4 ps-3 font-bold">
              {problem}
            </p>
          ) : null}
        </div>
        <div class="grid grid-cols-3 gap-2">
          {choices.map(([choice, words], index) => (
            <label
              key={choice}
              class="rounded-field flex min-h-14 cursor-pointer flex-col items-center justify-center gap-1 border-[1.5px] border-[var(--edge)] px-1 py-2 text-center text-base leading-tight has-checked:bg-base-300 has-checked:font-bold"
            >
              <input type="radio" class="radio" name={name} value={choice} checked={choice === chosen} {...(index === 0 ? { id: name } : {})} />
              {words}
            </label>
          ))}
        </div>
      </div>
    </fieldset>
  );
}

/** Steps in their order, from the first to the last; one is chosen. */
export function Ladder({ name, label, guide, steps, typed, problem }: Omit<QuestionProps, "choices"> & { steps: readonly (readonly [value: string, label: string, hint: string])[] }) {
  const chosen = typedText(typed, name);
  return (
    <fieldset class="bg-base-100 rounded-box p-5" aria-describedby={`${name}-guide${problem ? ` ${name}-problem` : ""}`}>
      <legend class="float-start w-full text-lg font-bold">{label}</legend>
      <div class="clear-both space-y-3">
        <p id={`${name}-guide`} class="soft text-base">
          {guide}
        </p>
        {problem ? (
          <p id={`${name}-problem`} class="border-error border-s-4 ps-3 font-bold">
            {problem}
          </p>
        ) : null}
        <ol class="space-y-2">
          {steps.map(([value, words, hint], index) => (
            <li key={value}>
              <label class="rounded-field has-checked:bg-base-300 flex min-h-14 cursor-pointer items-start gap-3 border-[1.5px] border-[var(--edge)] px-4 py-3">
                <input type="radio" class="radio mt-1" name={name} value={value} checked={value === chosen} {...(index === 0 ? { id: name } : {})} />
                <span>
                  <span class="font-bold">
                    <span class="num">{index + 1}.</span> {words}
                  </span>
                  <span class="soft block text-base">{hint}</span>
                </span>
              </label>
            </li>
          ))}
        </ol>
      </div>
    </fieldset>
  );
}

/** What must be seen first, on a phone above and on a desk beside the work, where it stays in sight. */
export const Beside = ({ aside, children }: { aside: ComponentChildren; children: ComponentChildren }) => (
  <div class="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
    <div class="lg:sticky lg:top-4 lg:order-2">{aside}</div>
    <div class="min-w-0 lg:order-1">{children}</div>
  </div>
);

/** A second way to send the same form, so that nothing typed is left behind. */
export const SendTo = ({ action, children }: { action: string; children: ComponentChildren }) => (
  <button type="submit" class="btn btn-outline min-h-12" formaction={action}>
    {children}
  </button>
);
