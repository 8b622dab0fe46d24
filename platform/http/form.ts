import type { z } from "zod";
import type { Door } from "./room.ts";

/** What was typed, kept for showing the form again; files are never taken. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** Wrong or missing fields: field name → key of the sentence that says how to mend it. */
export type Problems = Readonly<Record<string, string>>;

export type FormRead<T> = { readonly ok: true; readonly value: T; readonly typed: Typed } | { readonly ok: false; readonly problems: Problems; readonly typed: Typed };

/** Reads a posted form. A field that stands once is a text, several times (checkboxes) a list; the schema says which. */
export async function readForm<S extends z.ZodType>(c: Door, schema: S, lists: readonly string[] = []): Promise<FormRead<z.output<S>>> {
  const typed: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  try {
    const body = await c.req.formData();
    for (const [name, value] of body) if (typeof value === "string") (typed[name] ??= []).push(value.toWellFormed().replaceAll("\0", ""));
  } catch {
    // A body that is no form reads as an empty one: the schema then says what is missing.
  }
  const fields = Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, lists.includes(name) ? values : values[0]]));
  for (const name of lists) fields[name] ??= [];
  const read = schema.safeParse(fields);
  if (read.success) return { ok: true, value: read.data, typed };
  const problems: Record<string, string> = {};
  for (const issue of read.error.issues) problems[String(issue.path[0] ?? "form")] ??= issue.message;
  return { ok: false, problems, typed };
}

export const typedText = (typed: Typed | undefined, name: string): string => typed?.[name]?.[0] ?? "";
