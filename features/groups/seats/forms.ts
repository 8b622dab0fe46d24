import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { z } from "zod";
import { leavings } from "./types.ts";
import type { Contact } from "../letters/types.ts";

export const longestAlias = 24;
/** What could lead to somebody outside the group: five digits or more, an address, a link. */
const reaches = /(?:\d[\s.-]?){5,}|@|https?:|www\.|\.(?:com|org|net)\b/i;

const alias = z
  .string()
  .default("")
  .transform((text) => text.trim().replace(/\s+/g, " "))
  .pipe(z.string().min(1, "problemAlias").max(longestAlias, "problemAlias").refine((text) => !reaches.test(text), "problemAliasReach"));

/** How to reach her, in one of two fields; both empty is an answer, too. */
const contactFields = (country: string | undefined) => ({
  email: z.string().trim().max(254).default("").refine((text) => text === "" || z.email().safeParse(text).success, "problemEmail"),
  phone: z
    .string()
    .trim()
    .max(40)
    .default("")
    .transform((text, context) => {
      if (text === "") return "";
      const number = parsePhoneNumberFromString(text, (country ?? "US") as CountryCode);
      if (number?.isValid()) return number.number as string;
      context.addIssue({ code: "custom", message: "problemPhone" });
      return z.NEVER;
    }),
  nextDay: z.string().optional(),
});
type ContactTyped = { readonly email: string; readonly phone: string; readonly nextDay?: string | undefined };
const isOneWay = ({ email, phone }: ContactTyped): boolean => email === "" || phone === "";
const oneWay = { message: "problemOneWay", path: ["phone"] };
const contactIn = ({ email, phone }: ContactTyped): Contact | undefined => (email ? { way: "email", address: email } : phone ? { way: "text", address: phone } : undefined);

export const seatForm = (country: string | undefined) => z.object({ alias, ...contactFields(country) }).refine(isOneWay, oneWay).transform((form) => ({ alias: form.alias, contact: contactIn(form), nextDay: form.nextDay === "yes" }));
export const contactForm = (country: string | undefined) => z.object(contactFields(country)).refine(isOneWay, oneWay).transform((form) => ({ contact: contactIn(form), nextDay: form.nextDay === "yes" }));
export const leavingForm = z.object({ leaving: z.enum(leavings) });
export const agreeForm = z.object({ agree: z.literal("yes", "problemAgree") });
