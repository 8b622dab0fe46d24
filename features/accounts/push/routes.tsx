import type { z } from "zod";
import { subscriptionSchema } from "../../../platform/delivery/subscription.ts";
import { anyMember } from "../../../platform/http/member-gates.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import { dropSubscription, keepSubscription } from "./commands.ts";
import { endpointSchema } from "./forms.ts";

async function readJson<S extends z.ZodType>(c: Door, schema: S): Promise<z.output<S> | undefined> {
  try {
    return schema.safeParse(await c.req.json()).data;
  } catch {
    return undefined;
  }
}

/** Pushes to a volunteer's own devices: the public key, switching on, switching off. For the script alone. */
export function pushRoutes(room: Room): void {
  const { house } = room;

  room.get("/account/push", anyMember, (c) => c.json({ publicKey: house.delivery.push.publicKey }, 200, { "cache-control": "no-store" }));

  room.post("/account/push", anyMember, async (c, scope) => {
    const subscription = await readJson(c, subscriptionSchema);
    if (!subscription) return c.json({ kept: false }, 422);
    await keepSubscription(house, scope, subscription);
    return c.json({ kept: true });
  });

  room.post("/account/push/remove", anyMember, async (c, scope) => {
    const subscription = await readJson(c, endpointSchema);
    if (!subscription) return c.json({ removed: false }, 422);
    await dropSubscription(house, scope, subscription.endpoint);
    return c.json({ removed: true });
  });
}
