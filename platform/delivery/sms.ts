import { createHmac } from "node:crypto";
import { z } from "zod";
import { sameSecret } from "../crypto/seal.ts";

/** A text to one number (E.164). Never with what a parent wrote in it. */
export type Text = { readonly to: string; readonly body: string };

/** `id`: the provider's, under which its reports come. `stopped`: this number asked the provider for no more. `unreachable`: it takes no texts. */
export type Texted = { readonly id: string } | { readonly refused: "stopped" | "unreachable" };

/** What a provider posts to us, whole: the address it posted to, its header and its fields. */
export type Posted = { readonly path: string; readonly signature: string | undefined; readonly fields: Readonly<Record<string, string>> };

/** A text that came in. `answered`: the provider has answered this word itself, as carriers ask of it. */
export type ReceivedText = { readonly id: string; readonly from: string; readonly body: string; readonly answered: boolean };

/** How far a text of ours has come. */
export type TextReport = { readonly id: string; readonly status: TextStatus };

export type SmsPort = {
  /** Texts get somewhere; where not, nobody is offered one. */
  readonly canSend: boolean;
  send(text: Text): Promise<Texted>;
  /** Was this posted by our provider and nobody else? */
  isGenuine(posted: Posted): boolean;
  /** Undefined: it is no text, or lacks what a text has. */
  readText(posted: Posted): ReceivedText | undefined;
  readReport(posted: Posted): TextReport | undefined;
  /** What the provider is answered: with a text to whoever wrote, or with none. */
  answer(body: string | undefined): { readonly type: string; readonly body: string };
};

/** From the least to the most that can be known of a text. A report of less never undoes one of more, however late it comes. */
export const textStatuses = ["queued", "sending", "sent", "failed", "undelivered", "delivered", "read"] as const;
export type TextStatus = (typeof textStatuses)[number];
export const rankOf = (status: TextStatus): number => textStatuses.indexOf(status);
const firstStatuses = ["accepted", "scheduled"];

function statusOf(word: string | undefined): TextStatus | undefined {
  if (word !== undefined && firstStatuses.includes(word)) return "queued";
  return textStatuses.find((status) => status === word);
}

const patienceMs = 20_000;
const made = z.object({ sid: z.string().min(1) });
const refusal = z.object({ code: z.number() });
// The provider's codes: 21610 is "unsubscribed recipient"; the others name numbers that can't be texted.
const unreachableCodes = new Set([21211, 21214, 21217, 21408, 21612, 21614]);

/**
 * The signature of a post: HMAC-SHA1, under the account's token, of the whole address and then each field's name and value in the order
 * of the names; Base64 (Twilio, "Validating requests"). SHA-1 is the provider's choice; as an HMAC it is still sound.
 */
export function signatureOf(token: string, address: string, fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort();
  return createHmac("sha1", token).update(address + names.map((name) => name + (fields[name] ?? "")).join("")).digest("base64");
}

/** Texts by a provider that speaks Twilio's API. `url` holds the account and its token; `from` is ours; `base` is where the provider posts to. */
export function twilioSms(url: string, from: string, base: string): SmsPort {
  const { username: account, password, origin } = new URL(url);
  const token = decodeURIComponent(password);
  const door = `${origin}/2010-04-01/Accounts/${account}/Messages.json`;
  const headers = { authorization: `Basic ${Buffer.from(`${decodeURIComponent(account)}:${token}`).toString("base64")}`, "content-type": "application/x-www-form-urlencoded" };
  const sender = from.startsWith("MG") ? { MessagingServiceSid: from } : { From: from };
  return {
    canSend: true,
    async send({ to, body }) {
      const form = new URLSearchParams({ To: to, Body: body, StatusCallback: `${base}/texts/status`, ...sender });
      const answer = await fetch(door, { method: "POST", headers, body: form, redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
      const said: unknown = await answer.json().catch(() => undefined);
      const { data } = made.safeParse(said);
      if (answer.ok && data) return { id: data.sid };
      const code = refusal.safeParse(said).data?.code;
      if (code === 21610) return { refused: "stopped" };
      if (code !== undefined && unreachableCodes.has(code)) return { refused: "unreachable" };
      // Its own words could quote the number.
      throw new Error(`The text provider answered ${answer.status}.`);
    },
    ...reading(token, base),
  };
}

/** What is the same whoever carries the texts. */
const reading = (token: string, base: string): Omit<SmsPort, "canSend" | "send"> => ({
  isGenuine: ({ path, signature, fields }) => signature !== undefined && sameSecret(Buffer.from(signature), Buffer.from(signatureOf(token, base + path, fields))),
  readText({ fields: { MessageSid: id, From: from, Body: body, OptOutType } }) {
    return id && from && body !== undefined ? { id, from, body, answered: OptOutType !== undefined && OptOutType !== "" } : undefined;
  },
  readReport({ fields: { MessageSid: id, MessageStatus } }) {
    const status = statusOf(MessageStatus);
    return id && status ? { id, status } : undefined;
  },
  answer: (body) => ({ type: "text/xml; charset=utf-8", body: `<?xml version="1.0" encoding="UTF-8"?><Response>${body === undefined ? "" : `<Message>${asXml(body)}</Message>`}</Response>` }),
});

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const asXml = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? "").replace(/[^\P{Cc}\n]/gu, "");

/** Where nobody set up how texts leave: none does, and none is believed that claims to come in. */
export const noSms: SmsPort = {
  ...reading("", ""),
  canSend: false,
  send: () => Promise.resolve({ refused: "unreachable" }),
  isGenuine: () => false,
};

const boxBase = "http://localhost";
const boxToken = "the box's own";

/** In development no text leaves; each is kept in memory and shown at /dev/letters. `post` makes what a provider would post to us. */
export function smsBox(): SmsPort & { readonly texts: Text[]; post(path: string, fields: Readonly<Record<string, string>>): Posted & { readonly signature: string } } {
  const texts: Text[] = [];
  let count = 0;
  return {
    ...reading(boxToken, boxBase),
    canSend: true,
    texts,
    send(text) {
      texts.unshift(text);
      texts.length = Math.min(texts.length, 100);
      return Promise.resolve({ id: `SM${String((count += 1)).padStart(32, "0")}` });
    },
    post: (path, fields) => ({ path, fields, signature: signatureOf(boxToken, boxBase + path, fields) }),
  };
}
