import type { ComponentChildren } from "preact";
import { typedText, type Typed } from "../http/form.ts";
import type { Language } from "../i18n/words.ts";
import { say } from "./words.ts";

type FieldProps = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** The sentence that says how to mend it. */
  problem?: string | undefined;
  typed?: Typed | undefined;
  /** Shown when nothing was typed yet. */
  value?: string | undefined;
  required?: boolean;
};

const described = (name: string, hint?: string, problem?: string) => {
  const ids = [hint ? `${name}-hint` : "", problem ? `${name}-problem` : ""].filter(Boolean).join(" ");
  return { ...(ids ? { "aria-describedby": ids } : {}), ...(problem ? { "aria-invalid": true } : {}) };
};

/** What asks stands close to its words; what is filled in, a little apart from them. */
const asked = "space-y-1 [&>:is(input,textarea,select)]:mt-2";

function About({ name, hint, problem }: { name: string; hint?: string | undefined; problem?: string | undefined }) {
  return (
    <>
      {hint ? (
        <p id={`${name}-hint`} class="soft text-base">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${name}-problem`} class="to-mend border-s-4 ps-3 font-bold">
          {problem}
        </p>
      ) : null}
    </>
  );
}

type InputProps = FieldProps & { type?: "text" | "email" | "tel" | "password" | "date" | "time" | "datetime-local" | "number" | "search" | "url"; autocomplete?: string; inputmode?: "numeric" | "text" | "email" | "tel"; maxLength?: number; min?: number; max?: number; /** She may look at what she typed into a field that hides it. */ reveal?: Language };

export function Field({ name, label, hint, problem, typed, value, required, type = "text", autocomplete = "off", inputmode, maxLength, min, max, reveal }: InputProps) {
  return (
    <div class={asked}>
      <label class="block font-bold" for={name}>
        {label}
      </label>
      <About name={name} hint={hint} problem={problem} />
      <input
        id={name}
        name={name}
        {...({ type } as { type: "text" })}
        class="input h-14 w-full text-base"
        value={type === "password" ? "" : typed ? typedText(typed, name) : (value ?? "")}
        autocomplete={autocomplete}
        {...(inputmode ? { inputmode } : {})}
        {...(maxLength ? { maxLength } : {})}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(required ? { required } : {})}
        {...described(name, hint, problem)}
      />
      {reveal ? (
        <button type="button" class="btn btn-ghost min-h-12 noscript:hidden" data-reveals={name} data-other={say(reveal)("hideTyped")} aria-controls={name}>
          {say(reveal)("showTyped")}
        </button>
      ) : null}
    </div>
  );
}

export function Area({ name, label, hint, problem, typed, value, required, rows = 4 }: FieldProps & { rows?: number }) {
  return (
    <div class={asked}>
      <label class="block font-bold" for={name}>
        {label}
      </label>
      <About name={name} hint={hint} problem={problem} />
      <textarea id={name} name={name} class="textarea w-full text-base" rows={rows} autocomplete="off" {...(required ? { required } : {})} {...described(name, hint, problem)}>
        {typed ? typedText(typed, name) : (value ?? "")}
      </textarea>
    </div>
  );
}

/** A file of her own. Browsers never fill it in again, so it is asked for once more where something else was wrong. */
export function FileField({ name, label, hint, problem, accept }: FieldProps & { accept: string }) {
  return (
    <div class={asked}>
      <label class="block font-bold" for={name}>
        {label}
      </label>
      <About name={name} hint={hint} problem={problem} />
      <input id={name} name={name} type="file" class="input h-14 w-full py-2.5 text-base file:me-3 file:font-bold" accept={accept} {...described(name, hint, problem)} />
    </div>
  );
}

/** A hint may have several lines. */
export type Choice = readonly [value: string, label: string, hint?: string];

/** One of a few (radios) or several (checks), each a target of 48 px. */
export function Choices({ name, label, hint, problem, typed, value, choices, several }: FieldProps & { choices: readonly Choice[]; several?: boolean; values?: readonly string[] }) {
  const chosen = typed ? (typed[name] ?? []) : (value ?? "").split(" ");
  return (
    <fieldset class="space-y-2" {...described(name, hint, problem)}>
      <legend class="font-bold">{label}</legend>
      <About name={name} hint={hint} problem={problem} />
      {choices.map(([choice, words, more], index) => (
        <label key={choice} class={`bg-base-100 rounded-field flex min-h-12 cursor-pointer gap-3 px-3 py-2 ${more ? "items-start" : "items-center"}`}>
          <input
            type={several ? "checkbox" : "radio"}
            class={several ? "checkbox" : "radio"}
            name={name}
            value={choice}
            checked={chosen.includes(choice)}
            {...(index === 0 ? { id: name } : {})}
          />
          <span>
            {words}
            {more ? <span class="soft block text-base whitespace-pre-line">{more}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function Select({ name, id = name, label, hint, problem, typed, value, choices }: FieldProps & { /** Where another form of the page asks the same. */ id?: string; choices: readonly Choice[] }) {
  const chosen = typed ? typedText(typed, name) : (value ?? "");
  return (
    <div class={asked}>
      <label class="block font-bold" for={id}>
        {label}
      </label>
      <About name={name} hint={hint} problem={problem} />
      <select id={id} name={name} class="select h-14 w-full text-base" {...described(name, hint, problem)}>
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice} selected={choice === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A single box to tick. */
export function Check({ name, id = name, label, checked, hint }: { name: string; /** Where another form of the page asks the same. */ id?: string; label: string; checked?: boolean; hint?: string }) {
  return (
    <div>
      <label class="flex min-h-12 cursor-pointer items-center gap-3 py-2">
        <input id={id} type="checkbox" class="checkbox" name={name} value="yes" checked={checked === true} {...(hint ? { "aria-describedby": `${id}-hint` } : {})} />
        <span>{label}</span>
      </label>
      {hint ? (
        <p id={`${id}-hint`} class="soft text-base">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** What is to be mended, at the top, each a link to its field; announced when the page opens. */
export function ErrorSummary({ language, problems }: { language: Language; problems: readonly (readonly [field: string, sentence: string])[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="to-mend rounded-box border-4 p-4" role="alert" tabIndex={-1} data-focus>
      <h2 class="num text-xl font-bold">{say(language)("problemsTitle", { count: problems.length })}</h2>
      <ul class="mt-2 list-disc ps-5">
        {problems.map(([field, sentence]) => (
          <li key={field}>
            <a class="inline-link" href={`#${field}`}>
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A form that posts. Every act of the program is one of these. */
export function Form({ action, children, id, frame, files, inPlace, keeps }: { action: string; children: ComponentChildren; id?: string; frame?: string; /** It holds a `FileField`. */ files?: boolean; /** As of `ActForm`. */ inPlace?: boolean; /** Where what is typed is kept by itself. */ keeps?: string }) {
  return (
    <form method="post" action={action} class="space-y-5" {...(id ? { id } : {})} {...(inPlace ? { "data-turbo": "true" } : {})} {...(frame ? { "data-turbo-frame": frame } : {})} {...(files ? { enctype: "multipart/form-data" } : {})} {...(keeps ? { "data-keeps": keeps } : {})}>
      {children}
    </form>
  );
}

/** In a form that keeps what is typed: what is kept of it, said anew each time. */
export const KeptLine = ({ children }: { children: ComponentChildren }) => (
  <p class="soft text-base" data-kept>
    {children}
  </p>
);

/** One act that needs no field: a button that posts, with what it posts. */
export function ActForm({ action, children, fields = {}, inPlace }: { action: string; children: ComponentChildren; fields?: Record<string, string>; /** Where scripts run, the page stays: its sound would end with it. Needs the script "live". */ inPlace?: boolean }) {
  return (
    <form method="post" action={action} {...(inPlace ? { "data-turbo": "true" } : {})}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
