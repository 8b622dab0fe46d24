import { z } from "zod";
import { isPushService } from "./rules.ts";

/** A subscription as `PushSubscription.toJSON()` gives it. */
export const subscriptionSchema = z.object({
  endpoint: z.string().max(1000).refine(isPushService),
  keys: z.object({ p256dh: z.string().max(200).regex(/^[A-Za-z0-9_=-]+$/), auth: z.string().max(100).regex(/^[A-Za-z0-9_=-]+$/) }),
});
export type Subscription = z.output<typeof subscriptionSchema>;
export const endpointSchema = z.object({ endpoint: z.string().max(1000) });
