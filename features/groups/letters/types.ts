export type Way = "email" | "text" | "push";
/** How she wants to hear of her seat: an e-mail address, a number for texts (E.164), or her browser's push subscription (`PushSubscriptionKeys` as JSON). */
export type Contact = { readonly way: Way; readonly address: string };

/** What is told of one seat. */
export const told = ["offered", "moved", "shifted", "cancelled", "back", "message", "day_before", "hour_before", "next_day"] as const;
export type Told = (typeof told)[number];

/** What her address is sealed for: this seat's and no other's. */
export const contactOf = (seatId: string): string => `seat/${seatId}/contact`;
export const keyOf = (seatId: string): string => `seat/${seatId}/key`;
