import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isId } from "./ids.ts";
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
  return readTyped(typed, schema, lists);
}

// What no page of ours posts has a message of the library, and no sentence of its own.
const sentenceKey = /^[a-z][A-Za-z0-9_]*$/;

/** The same of what was read already. */
export function readTyped<S extends z.ZodType>(typed: Typed, schema: S, lists: readonly string[] = []): FormRead<z.output<S>> {
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, lists.includes(name) ? values : values[0]]));
  for (const name of lists) fields[name] ??= [];
  const read = schema.safeParse(fields);
  if (read.success) return { ok: true, value: read.data, typed };
  const problems: Record<string, string> = {};
  for (const { path, message } of read.error.issues) problems[String(path[0] ?? "form")] ??= sentenceKey.test(message) ? message : "notTaken";
  return { ok: false, problems, typed };
}

/** For a field's `transform`: what `from` makes of its text; `message` is the key of the sentence where it throws. */
export const readBy =
  <T,>(from: (text: string) => T, message: string) =>
  (text: string, context: z.RefinementCtx): T => {
    try {
      return from(text);
    } catch {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
  };

/** A day of the calendar; one that does not exist throws. */
export const dayFrom = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text, { overflow: "reject" });

/** A day as a field of the type "date" gives it; `message` is the key of the sentence for anything else. */
export const plainDate = (message: string) => z.string(message).regex(/^\d{4}-\d{2}-\d{2}$/, message).transform(readBy(dayFrom, message));

/** A time of the day, in whole minutes. */
export const plainTime = (message: string) =>
  z
    .string(message)
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, message)
    .transform((text) => Temporal.PlainTime.from(text).with({ second: 0 }));

export const typedText = (typed: Typed | undefined, name: string): string => typed?.[name]?.[0] ?? "";

/** The key of a form that comes back: the one that it brought, so that what arrived after all is kept once; a new one where there was none. */
export function keyOf(typed: Typed | undefined): string {
  const key = typedText(typed, "key");
  return isId(key) ? key : randomUUID();
}

/** One thing that was asked and could not be read: its name, and the key of the sentence that says why with what it speaks of. */
export type Misread = { readonly name: string; readonly why: string; readonly values: Readonly<Record<string, string | number>> };
export type ParametersRead<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly misread: readonly Misread[] };

/**
 * Reads what a machine asks: parameters of the address and, of a POST, the fields of its form or of its JSON object, which come before those of the address.
 * What is said empty or as null is not said. A name that the schema does not know is misread as "unknown"; a body that is neither, as "body".
 */
export async function readParameters<S extends z.ZodType>(c: Door, schema: S): Promise<ParametersRead<z.output<S>>> {
  const said: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const misread: Misread[] = [];
  const say = (entries: Iterable<readonly [string, unknown]>) => {
    const now = new Set<string>();
    for (const [name, value] of entries) {
      if (now.has(name)) misread.push({ name, why: "twice", values: {} });
      now.add(name);
      if (value !== "" && value !== null) said[name] = value;
    }
  };
  say(new URL(c.req.url).searchParams);
  const posted = c.req.method === "POST" ? await fieldsPosted(c) : [];
  if (posted) say(posted);
  else misread.push({ name: "body", why: "body", values: {} });
  const read = schema.safeParse({ ...said });
  if (read.success && misread.length === 0) return { ok: true, value: read.data };
  return { ok: false, misread: [...misread, ...(read.error?.issues ?? []).flatMap(misreadBy)] };
}

/** The fields of a form or of a JSON object, none of an empty body; undefined for anything else. */
async function fieldsPosted(c: Door): Promise<(readonly [string, unknown])[] | undefined> {
  const type = c.req.header("content-type") ?? "";
  const text = await c.req.text();
  if (text.trim() === "") return [];
  if (type.startsWith("application/x-www-form-urlencoded")) return [...new URLSearchParams(text)];
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? Object.entries(body) : undefined;
  } catch {
    return undefined;
  }
}

function misreadBy(issue: z.core.$ZodIssue): Misread[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((name) => ({ name, why: "unknown", values: {} }));
  const values = issue.code === "custom" ? (issue.params ?? {}) : {};
  return [{ name: String(issue.path[0] ?? "body"), why: issue.message, values }];
}
