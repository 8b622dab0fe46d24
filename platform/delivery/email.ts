import type { EmailPort, Letter } from "./delivery.ts";

/** A mail server that says nothing for this long is given up; the job tries again. */
const patienceMs = 20_000;

/** Letters by SMTP. `url` is nodemailer's (`smtps://user:pass@host`). */
export async function smtpEmail(url: string, from: string): Promise<EmailPort> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ url, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs });
  return {
    canSend: true,
    async send({ to, subject, text, stop }) {
      const headers = stop ? { "List-Unsubscribe": `<${stop}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {};
      await transport.sendMail({ from, to, subject, text, headers });
    },
  };
}

/** Where nobody set up how letters leave: none does, and none is kept. */
export const noEmail: EmailPort = { canSend: false, send: () => Promise.resolve() };

/** In development no letter leaves; each is kept in memory and shown at /dev/letters. */
export function letterBox(): EmailPort & { readonly letters: Letter[] } {
  const letters: Letter[] = [];
  return {
    canSend: true,
    letters,
    send(letter) {
      letters.unshift(letter);
      letters.length = Math.min(letters.length, 100);
      return Promise.resolve();
    },
  };
}
