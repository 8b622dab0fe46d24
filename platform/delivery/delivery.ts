import type { SmsPort } from "./sms.ts";

/**
 * A letter to a member of staff, to who keeps a listing, or, where she asked for one, a parent. Never with what anybody wrote in it.
 * `stop`: a page of ours that ends such letters, also when a mail program posts to it (RFC 8058).
 */
export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly stop?: string };

/** A push to a device of a member of staff, or of a parent who asked for it there: discreet words only. */
export type Push = { readonly title: string; readonly body: string; readonly path: string };

/** `canSend`: letters get somewhere; where not, no page offers or promises one. */
export type EmailPort = { readonly canSend: boolean; send(letter: Letter): Promise<void> };
/**
 * `gone` means that the browser gave the subscription up and its row may go. `publicKey`: empty where no push leaves.
 * `forSeconds`: so long it waits for a device that is off; two minutes where nothing is said.
 */
export type PushPort = { readonly publicKey: string; send(subscription: PushSubscriptionKeys, push: Push, forSeconds?: number): Promise<"sent" | "gone"> };
export type PushSubscriptionKeys = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export type Delivery = { readonly email: EmailPort; readonly push: PushPort; readonly sms: SmsPort };
