import { z } from "zod";

/** The offered secret as the form carried it, and the code that the app showed. */
export const appForm = z.object({ sealed: z.string().max(400).default(""), code: z.string().max(40).default("") });
