import { z } from "zod";
import { sharedDevice } from "../sign-in/forms.ts";

const base64url = z.string().max(8000).regex(/^[A-Za-z0-9_-]+$/);
const results = z.looseObject({}).catch({}).default({});

/** The browser's answer when a passkey was made; only its shape is judged here. */
const madeSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"])).max(10).catch([]).default([]) }),
  clientExtensionResults: results,
});

/** The browser's answer when a passkey signed. */
const signedSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  clientExtensionResults: results,
});

export type MadePasskey = z.output<typeof madeSchema>;
export type SignedByPasskey = z.output<typeof signedSchema>;

const json = <S extends z.ZodType>(schema: S) =>
  z.string().max(40_000).transform((text, context) => {
    try {
      const read = schema.safeParse(JSON.parse(text));
      if (read.success) return read.data;
    } catch {
      // No JSON is as wrong as another shape.
    }
    context.addIssue({ code: "custom", message: "passkeyFailed" });
    return z.NEVER;
  });

/** Which challenge it answers, and the answer as the script put it into the form. */
export const madeForm = z.object({ challenge: z.uuid("passkeyFailed"), passkey: json(madeSchema) });
export const signedForm = z.object({ challenge: z.uuid("passkeyFailed"), passkey: json(signedSchema), shared: sharedDevice });
export const newPasskeyForm = madeForm.extend({ name: z.string().trim().max(60).catch("").default("") });
export const removePasskeyForm = z.object({ id: z.string().max(2000) });
