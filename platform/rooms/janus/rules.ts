const partsOf = (sdp: string): readonly string[] => sdp.split(/^(?=m=)/m);

/** The name of an offer's first section. */
export const nameOfFirstPart = (offer: string): string => /^a=mid:(.+?)\r?$/m.exec(partsOf(offer)[1] ?? "")?.[1] ?? "0";

/** Of an offer its first section alone, which is the microphone's: the mixer takes no other, and loses the sound where there are more. */
export function firstPartOf(offer: string): string {
  const [session = "", first = ""] = partsOf(offer);
  const name = nameOfFirstPart(offer);
  return session.replace(/^a=group:BUNDLE .*$/m, `a=group:BUNDLE ${name}\r`).replace(/\r\r/g, "\r") + first;
}

/** The answer to that, with the offer's other sections refused, as a browser wants an answer to each (RFC 3264, 6). */
export function withOthersRefused(answer: string, offer: string): string {
  const refused = partsOf(offer)
    .slice(2)
    .map((part) => {
      const name = /^a=mid:(.+?)\r?$/m.exec(part)?.[1] ?? "";
      const line = /^m=(\S+) \S+ (.+?)\r?$/m.exec(part);
      return `m=${line?.[1]} 0 ${line?.[2]}\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:${name}\r\n`;
    });
  return answer + refused.join("");
}
