import { z } from "zod";
import { isToken } from "../../../platform/crypto/seal.ts";
import type { PushSubscriptionKeys } from "../../../platform/delivery/delivery.ts";
import { phoneTyped } from "../../../platform/delivery/phone-number.ts";
import { subscriptionSchema } from "../../../platform/delivery/subscription.ts";
import type { Contact } from "../letters/types.ts";
import { longestAlias } from "./rules.ts";
import { leavings } from "./types.ts";

/** What could lead to somebody outside the group: five digits or more, an address, a link. */
const reaches = /(?:\p{Nd}[\s.-]?){5,}|@|https?:|www\.|\.\p{L}{2}/iu;
/** Who would seem to lead. */
const role = /facilit|moderat|moderad|volunt|admin/i;
/** Letters of any script with their marks, numbers, emoji, and what stands within names. Nothing that can't be seen or that turns the line around. */
const readable = /^(?:[\p{L}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier} .'’·-]|\p{M}|\u200d)+$/u;
const seen = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const piled = /\p{M}{4,}/u;

/** What she is called there, as one line of plain letters: nobody can hide, turn or pile up what others read. */
const alias = z
  .string()
  .default("")
  .transform((text) => text.slice(0, 200).normalize("NFKC").replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, " ").replace(/(?!\u200d)\p{Cf}/gu, "").trim())
  .pipe(z.string().min(1, "problemAlias").max(longestAlias, "problemAlias").refine((text) => !reaches.test(text), "problemAliasReach").refine((text) => !role.test(text), "problemAliasRole").refine((text) => readable.test(text) && seen.test(text) && !piled.test(text), "problemAlias"));

/** How to reach her, in one of two fields; both empty is an answer, too. */
const contactFields = (country: string | undefined) => ({
  email: z.string().trim().max(254, "problemEmail").default("").refine((text) => text === "" || z.email().safeParse(text).success, "problemEmail"),
  phone: phoneTyped(country),
  nextDay: z.string().optional(),
});
type ContactTyped = { readonly email: string; readonly phone: string; readonly nextDay?: string | undefined };
const isOneWay = ({ email, phone }: ContactTyped): boolean => email === "" || phone === "";
const oneWay = { message: "problemOneWay", path: ["phone"] };
const contactIn = ({ email, phone }: ContactTyped): Contact | undefined => (email ? { way: "email", address: email } : phone ? { way: "text", address: phone } : undefined);

export const seatForm = (country: string | undefined) => z.object({ alias, key: z.string().optional(), ...contactFields(country) }).refine(isOneWay, oneWay).transform((form) => ({ alias: form.alias, token: isToken(form.key) ? form.key : undefined, contact: contactIn(form), nextDay: form.nextDay === "yes" }));
export const contactForm = (country: string | undefined) => z.object(contactFields(country)).refine(isOneWay, oneWay).transform((form) => ({ contact: contactIn(form), nextDay: form.nextDay === "yes" }));
/** `wait`: the button said that she would wait there. */
export const moveForm = z.object({ to: z.uuid(), wait: z.literal("yes").optional().catch(undefined) });
export const pushSchema = subscriptionSchema.extend({ nextDay: z.boolean().default(false) }).transform(({ endpoint, keys, nextDay }) => ({ contact: { way: "push", address: JSON.stringify({ endpoint, ...keys } satisfies PushSubscriptionKeys) } satisfies Contact, nextDay }));
export const leavingForm = z.object({ leaving: z.enum(leavings) });
export const agreeForm = z.object({ agree: z.literal("yes", "problemAgree") });
