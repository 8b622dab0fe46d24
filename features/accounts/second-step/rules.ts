import { Secret, TOTP } from "otpauth";
import type { Instant } from "../../../platform/time/time.ts";

const period = 30;

/**
 * Which 30-second step this code belongs to, one step early or late allowed (RFC 6238 §5.2).
 * Undefined when it is wrong, or not later than the last step that counted: a code counts once.
 */
export function stepOfCode(secret: string, code: string, now: Instant, lastStep: number | undefined): number | undefined {
  const bare = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(bare)) return undefined;
  const delta = TOTP.validate({ token: bare, secret: Secret.fromBase32(secret), timestamp: now.epochMilliseconds, period, window: 1 });
  if (delta === null) return undefined;
  const step = Math.floor(now.epochMilliseconds / 1000 / period) + delta;
  return lastStep === undefined || step > lastStep ? step : undefined;
}

/** The link that an authenticator app on this device opens. */
export const appLink = (secret: string, signInName: string, issuer: string): string => new TOTP({ issuer, label: signInName, secret: Secret.fromBase32(secret) }).toString();

/** A secret of 160 bits (RFC 4226 §4), as apps take it typed. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** "ABCD EFGH …": four signs at a time, for typing it over. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, "$1 ");
