import webpush from "web-push";
import type { Push, PushPort } from "./delivery.ts";

export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

export const makePushKeys = (): PushKeys => webpush.generateVAPIDKeys();

/** Web push with this installation's own VAPID keys. `subject` is a URL or mailto: of the network. */
export function webPush(keys: PushKeys, subject: string): PushPort {
  return {
    publicKey: keys.publicKey,
    async send({ endpoint, p256dh, auth }, push) {
      try {
        await webpush.sendNotification({ endpoint, keys: { p256dh, auth } }, JSON.stringify(push), {
          vapidDetails: { subject, ...keys },
          TTL: 120,
          urgency: "high",
        });
        return "sent";
      } catch (error) {
        if (error instanceof webpush.WebPushError && (error.statusCode === 404 || error.statusCode === 410)) return "gone";
        throw error;
      }
    },
  };
}

/** In development nothing leaves; each push is kept in memory and shown beside the letters. */
export function pushBox(): PushPort & { readonly pushes: Push[] } {
  const pushes: Push[] = [];
  return {
    pushes,
    publicKey: "",
    send(_subscription, push) {
      pushes.unshift(push);
      pushes.length = Math.min(pushes.length, 100);
      return Promise.resolve("sent");
    },
  };
}
