// Letters and figures that are not mistaken for one another, by eye or by ear.
const signs = "23456789abcdefghjkmnpqrstuvwxyz";

/** A recovery code from random bytes: twelve signs in three groups (59 bits). */
export function recoveryCodeFrom(bytes: Uint8Array): string {
  const code = Array.from(bytes.slice(0, 12), (byte) => signs[byte % signs.length]).join("");
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8, 12)}`;
}

/** What she typed, without the spaces and lines that people add or forget. Undefined where it cannot be a code. */
export function recoveryCodeTyped(text: string): string | undefined {
  const bare = text.normalize("NFKC").toLowerCase().replace(/[^a-z0-9]/g, "");
  return bare.length === 12 ? bare : undefined;
}

/** A sign-in name as it is kept. Undefined where nobody can have it. */
export function signInNameTyped(text: string): string | undefined {
  const name = text.normalize("NFKC").trim().toLowerCase();
  return /^[a-z0-9._-]{3,40}$/.test(name) ? name : undefined;
}

/** Seconds to wait, in the whole minutes that a person is told. */
export const waitMinutes = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));
