import { createTransport } from "nodemailer";
import type { EmailPort, Letter } from "./delivery.ts";

/** Letters by SMTP. `url` is nodemailer's (`smtps://user:pass@host`). */
export function smtpEmail(url: string, from: string): EmailPort {
  const transport = createTransport(url);
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to, subject, text });
    },
  };
}

/** In development no letter leaves; each is kept in memory and shown at /dev/letters. */
export function letterBox(): EmailPort & { readonly letters: Letter[] } {
  const letters: Letter[] = [];
  return {
    letters,
    send(letter) {
      letters.unshift(letter);
      letters.length = Math.min(letters.length, 100);
      return Promise.resolve();
    },
  };
}
