import { telTo } from "../../finder/in-words/rules.ts";
import type { Point } from "../../types.ts";
import { useOf } from "../rules.ts";
import type { Address, Phone } from "../types.ts";

/** What a phone's own address book is given of a listing. */
export type ToKeep = {
  readonly uid: string;
  readonly name: string;
  readonly organization: string | undefined;
  readonly phones: readonly Phone[];
  readonly email: string | undefined;
  readonly url: string | undefined;
  readonly address: Address | undefined;
  readonly at: Point | undefined;
  /** Lines in her language: hours, and when it was last checked. */
  readonly notes: readonly string[];
};

/** Text values (RFC 6350, 3.4): a backslash, a comma, a semicolon and a line's end are escaped; other control characters have no place in a card. */
export const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll(",", "\\,")
    .replaceAll(";", "\\;")
    .replace(/\r\n|\r|\n/g, "\\n")
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f]/g, "");

/** Lines are folded at 75 octets, never inside a character (RFC 6350, 3.2). */
export function folded(line: string): string {
  const lines = [""];
  let length = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    // A line that goes on begins with one space, which counts.
    if (length + size > 75) {
      lines.push(" ");
      length = 1;
    }
    lines[lines.length - 1] += character;
    length += size;
  }
  return lines.join("\r\n");
}

/** A web address as a value: no line's end can get in, and what was encoded is not encoded again. */
const webAddress = (value: string | undefined): string | undefined => (value && /^https?:/i.test(value) && URL.canParse(value) ? new URL(value).href : undefined);

function phoneLine({ number, extension, type, dial }: Phone): string {
  if (!dial) return `TEL;VALUE=text;TYPE=voice:${escaped(number)}`;
  return `TEL;VALUE=uri;TYPE=${useOf({ type })}:${telTo(dial, extension)}`;
}

const addressLine = ({ address_1, address_2, city, state_province, postal_code, country }: Address): string =>
  `ADR;TYPE=work:;${escaped(address_2 ?? "")};${[address_1, city, state_province, postal_code, country].map(escaped).join(";")}`;

/** A vCard 4.0 (RFC 6350), with the line ends that it asks for. */
export function vcardOf({ uid, name, organization, phones, email, url, address, at, notes }: ToKeep): string {
  const web = webAddress(url);
  const lines = [
    "BEGIN:VCARD",
    "VERSION:4.0",
    "KIND:org",
    `UID:urn:uuid:${uid}`,
    `FN:${escaped(name)}`,
    ...(organization ? [`ORG:${escaped(organization)}`] : []),
    ...phones.map(phoneLine),
    ...(email ? [`EMAIL:${escaped(email)}`] : []),
    ...(web ? [`URL:${web}`] : []),
    ...(address ? [addressLine(address)] : []),
    ...(at ? [`GEO:geo:${at.latitude},${at.longitude}`] : []),
    ...(notes.length > 0 ? [`NOTE:${escaped(notes.join("\n"))}`] : []),
    "END:VCARD",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
