import { z } from "zod";

const services = [/^fcm\.googleapis\.com$/, /\.push\.services\.mozilla\.com$/, /\.push\.apple\.com$/, /\.notify\.windows\.com$/];

/** Is this an address of a browser maker's push service? Our server posts to it, so nothing else may stand there. */
export function isPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username } = new URL(endpoint);
  return protocol === "https:" && port === "" && username === "" && services.some((service) => service.test(hostname));
}

/** A subscription as `PushSubscription.toJSON()` gives it. */
export const subscriptionSchema = z.object({
  endpoint: z.string().max(1000).refine(isPushService),
  keys: z.object({ p256dh: z.string().max(200).regex(/^[A-Za-z0-9_=-]+$/), auth: z.string().max(100).regex(/^[A-Za-z0-9_=-]+$/) }),
});
export type Subscription = z.output<typeof subscriptionSchema>;
