import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { z } from "zod";

/** A number as somebody writes it, read with the habits of `country` (ISO 3166), as E.164; empty where she left it empty. `problemPhone`: no text gets there. */
export const phoneTyped = (country: string | undefined) =>
  z
    .string()
    .trim()
    .max(40, "problemPhone")
    .default("")
    .transform((text, context) => {
      if (text === "") return "";
      const number = parsePhoneNumberFromString(text, (country ?? "US") as CountryCode);
      if (number?.isValid()) return number.number as string;
      context.addIssue({ code: "custom", message: "problemPhone" });
      return z.NEVER;
    });
