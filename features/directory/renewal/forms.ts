import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import type { Problems } from "../../../platform/http/form.ts";
import { dialOf, numberParts, refusedNumber } from "../phones/rules.ts";
import { isTerm, type Term } from "../taxonomy/rules.ts";
import type { NewContact, NewPhone } from "./commands.ts";
import { weekdays, type Weekday } from "./rules.ts";
import type { DayHours, OwnerAddress, OwnListing } from "./types.ts";

const line = z.string().trim().max(200).default("");
const maybe = line.transform((text) => text || undefined);
const email = maybe.refine((text) => text === undefined || z.email().safeParse(text).success, "problemEmail");
const url = maybe.transform((text) => (text && !/^[a-z]+:/i.test(text) ? `https://${text}` : text)).refine((text) => text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)), "problemUrl");

export const rightForm = z.object({ version: z.string().max(40).default("") });

export const waits = ["", "3", "7", "14", "30", "90"] as const;
export const roomForm = z.object({ room: z.enum(["yes", "no", "waitlist"]), wait: z.enum(waits).default("").transform((days) => (days === "" ? undefined : Number(days))) });

/** Fields `phone0` … one a number that she may change, and one for a new one. */
export const mostPhones = 8;
const phoneNames = Array.from({ length: mostPhones + 1 }, (_, at) => `phone${at}`);
export const contactForm = z.object({ url, email, ...Object.fromEntries(phoneNames.map((name) => [name, line])) });
export type ContactTyped = { readonly url: string | undefined; readonly email: string | undefined } & Readonly<Record<string, unknown>>;

/** Understands each number that was typed beside the one that stood there; a number that nobody can dial is a problem of its field. */
export function readPhones(own: OwnListing, typed: ContactTyped, home: string): { readonly contact: NewContact; readonly problems: Problems } {
  const country = own.country ?? home;
  const problems: Record<string, string> = {};
  const phones: NewPhone[] = [];
  const gone: string[] = [];
  own.phones.slice(0, mostPhones).concat({ id: "", number: "", type: undefined, extension: undefined }).forEach(({ id, number, extension }, at) => {
    const name = `phone${at}`;
    const text = String(typed[name] ?? "");
    if (text === "") return id && gone.push(id);
    // What she left as it was stays, also where we could never dial it.
    if (text === withExtension(number, extension)) return undefined;
    const dial = dialOf(numberParts(text).number, country);
    if (!dial) return (problems[name] = refusedNumber(text, country) ? "problemRefused" : "problemPhone");
    return phones.push({ ...(id ? { id } : {}), dial, extension: numberParts(text).extension });
  });
  const stays = own.phones.length - gone.length + phones.filter(({ id }) => id === undefined).length;
  if (stays === 0 && typed.url === undefined && typed.email === undefined) problems["phone0"] ??= "problemNoReach";
  return { contact: { phones, gone, url: typed.url, email: typed.email }, problems };
}

export const withExtension = (number: string, extension: string | undefined): string => (extension ? `${number} x${extension}` : number);

const time = z
  .string()
  .trim()
  .default("")
  .transform((text, context) => {
    if (text === "") return undefined;
    if (/^([01]\d|2[0-3]):[0-5]\d(:00)?$/.test(text)) return Temporal.PlainTime.from(text);
    context.addIssue({ code: "custom", message: "problemDay" });
    return z.NEVER;
  });
const hourNames = weekdays.flatMap((day) => [`opens${day}`, `closes${day}`]);
export const hoursForm = z.object({ hoursWords: z.string().trim().max(300, "problemWords").default(""), ...Object.fromEntries(hourNames.map((name) => [name, time])) });

/** The hours of each weekday; a day with one end alone is a problem of that day. */
export function readWeek(typed: Readonly<Record<string, unknown>>): { readonly week: Readonly<Record<Weekday, DayHours>>; readonly problems: Problems } {
  const problems: Record<string, string> = {};
  const of = (name: string) => (typed[name] instanceof Temporal.PlainTime ? typed[name] : undefined);
  const week = Object.fromEntries(
    weekdays.map((day): [Weekday, DayHours] => {
      const [opensAt, closesAt] = [of(`opens${day}`), of(`closes${day}`)];
      if (!opensAt !== !closesAt) problems[`opens${day}`] = "problemDay";
      return [day, opensAt && closesAt ? { opensAt, closesAt } : undefined];
    }),
  ) as Record<Weekday, DayHours>;
  return { week, problems };
}

export const languagesForm = z.object({ language: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1, "problemLanguages").max(40) });

const termsOf = (...letters: string[]) => z.array(z.string()).max(60).transform((terms) => terms.filter((term): term is Term => isTerm(term) && letters.includes(term[0] ?? "")));
export const costForm = z.object({ cost: termsOf("c"), insurance: termsOf("i"), fees: z.string().trim().max(300, "problemWords").default("").transform((text) => text || undefined) });
export const factsForm = z.object({ who: termsOf("w"), how: termsOf("t"), peer: termsOf("p") });
export const wordsForm = z.object({ words: z.string().trim().min(1, "problemWords").max(1000, "problemWords") });
export const askingForm = z.object({ ownerEmail: email, ownerNumber: maybe, ownerLanguage: z.enum(languages).default("en") });

/** Where she may be asked: her addresses, understood. A number without its country is of `home`. */
export function readAddresses({ ownerEmail, ownerNumber, ownerLanguage }: z.output<typeof askingForm>, home: string): { readonly addresses: readonly OwnerAddress[]; readonly problems: Problems } {
  const dial = ownerNumber === undefined ? undefined : dialOf(ownerNumber, home);
  const number = dial?.kind === "e164" ? dial.dial : undefined;
  if (ownerNumber !== undefined && number === undefined) return { addresses: [], problems: { ownerNumber: "problemPhone" } };
  const language = ownerLanguage;
  return {
    addresses: [...(ownerEmail ? [{ way: "email" as const, address: ownerEmail, language }] : []), ...(number ? [{ way: "text" as const, address: number, language }] : [])],
    problems: {},
  };
}
