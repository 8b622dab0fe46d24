import type { Posted } from "../delivery/sms.ts";
import type { MachineGate } from "./room.ts";

/** The provider of texts, known by the signature on what it posts. Anybody else finds nothing here. */
export const textProvider: MachineGate<Posted> = {
  admits: [],
  async open(c, { delivery }) {
    const fields: Record<string, string> = {};
    const form = await c.req.formData().catch(() => undefined);
    for (const [name, value] of form ?? []) if (typeof value === "string") fields[name] = value;
    const posted = { path: c.req.path, signature: c.req.header("x-twilio-signature"), fields };
    return delivery.sms.isGenuine(posted) ? posted : undefined;
  },
};
