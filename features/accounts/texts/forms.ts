import { z } from "zod";
import { phoneTyped } from "../../../platform/delivery/phone-number.ts";

/** Her number for texts; empty takes away what was kept. */
export const phoneForm = (country: string | undefined) => z.object({ phone: phoneTyped(country) });
