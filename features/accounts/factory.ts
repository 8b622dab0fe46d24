import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { Logger, runOnce } from "graphile-worker";
import { buildApp, type App } from "../../platform/http/app.tsx";
import type { Room } from "../../platform/http/room.ts";
import type { House } from "../../platform/http/house.ts";
import { staffScope, type MemberId, type SignedInRole, type StaffScope } from "../../platform/http/scope.ts";
import { NotHere, OurFault, TooLarge } from "../safety/apologies/routes.tsx";
import { createMember, startSession, type NewMember } from "./commands.ts";
import { accountsJobs } from "./jobs.ts";
import { signInTries } from "./sign-in/commands.ts";
import { accountsRoom } from "./routes.tsx";
import type { Way } from "./types.ts";

export const goodPassphrase = "kettle window lantern street";

let counter = 0;

/** A member with these roles, named so that no two collide. */
export async function makeMember(house: House, roles: readonly SignedInRole[] = ["volunteer"], more: Partial<NewMember> = {}): Promise<MemberId> {
  counter += 1;
  const made = await createMember(house, { name: `Inés ${counter}`, signInName: `ines.${counter}.${randomBytes(3).toString("hex")}`, language: "en", zone: "America/Los_Angeles", roles: roles.map((role) => ({ role })), ...more });
  if (typeof made !== "string") throw new Error(made.refused);
  return made;
}

/** A member who is signed in: her id, her cookie, her scope. */
export async function makeSignedIn(house: House, roles: readonly SignedInRole[] = ["volunteer"], more: Partial<NewMember> & { way?: Way; twoStep?: boolean } = {}): Promise<{ id: MemberId; token: string; cookie: string; scope: StaffScope }> {
  const { way = "passphrase", twoStep = true, ...member } = more;
  const id = await makeMember(house, roles, member);
  return signInAs(house, id, way, twoStep);
}

export async function signInAs(house: House, id: MemberId, way: Way = "passphrase", twoStep = true): Promise<{ id: MemberId; token: string; cookie: string; scope: StaffScope }> {
  const token = await startSession(house, { memberId: id, way, device: "Firefox on Android", twoStep });
  const member = await house.memberBySession(token);
  if (!member) throw new Error("no session");
  return { id, token, cookie: `__Host-session=${token}`, scope: staffScope(member) };
}

export const roomOf = (house: House): Room => accountsRoom(house, signInTries(house, "second-step"));

export const accountsApp = (house: House): App => buildApp(house, [roomOf(house)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });

/** Runs every job that waits, as the worker would. */
export const runJobs = (house: House & { readonly url: string }): Promise<void> =>
  runOnce({ connectionString: house.url, taskList: { ...accountsJobs(house) }, noHandleSignals: true, logger: new Logger(() => () => undefined) });

/** A browser that keeps cookies, posts forms and does not follow on its own. */
export function browser(app: App, cookie = "", language = "en") {
  const jar = new Map<string, string>();
  for (const pair of cookie.split("; ").filter(Boolean)) jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
  async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; to: string | null; text: string; headers: Headers }> {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    headers.set("accept-language", language);
    headers.set("host", "localhost:3000");
    const response = await app.request(path, { ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      if (/max-age=0/i.test(set)) jar.delete(name);
      else jar.set(name, pair.slice(pair.indexOf("=") + 1));
    }
    return { status: response.status, to: response.headers.get("location"), text: await response.text(), headers: response.headers };
  }
  return {
    jar,
    get: (path: string) => ask(path),
    post: (path: string, fields: Record<string, string | readonly string[]> = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
      return ask(path, { method: "POST", body });
    },
    /** A form that holds a file. */
    send: (path: string, body: FormData) => ask(path, { method: "POST", body }),
    json: (path: string, body: unknown) => ask(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  };
}

/** Reads what her page tells her of a changed sign-in, and says that she knows. */
export async function saysThatSheKnows(one: ReturnType<typeof browser>): ReturnType<typeof one.post> {
  return one.post("/account/changed", { until: /name="until" value="([^"]+)"/.exec((await one.get("/account/changed")).text)?.[1] ?? "" });
}

const head = (kind: number, size: number): Buffer => (size < 24 ? Buffer.from([(kind << 5) | size]) : size < 256 ? Buffer.from([(kind << 5) | 24, size]) : Buffer.from([(kind << 5) | 25, size >> 8, size & 255]));
const number = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, entries.length), ...entries.flat()]);

type Offer = { challenge: string; options: { challenge: string } };

/** A passkey made of software (ES256, no attestation), for answering what our pages ask. */
export function softwarePasskey({ verifies = true, origin = "http://localhost:3000", rpId = "localhost" } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  let used = 0;
  const clientData = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const flags = (more: number) => Buffer.from([1 | (verifies ? 4 : 0) | more]);
  const count = () => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE((used += 1));
    return buffer;
  };
  const rpHash = createHash("sha256").update(rpId).digest();
  const answer = (response: Record<string, unknown>) => JSON.stringify({ id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key", clientExtensionResults: {}, response });
  return {
    make({ challenge, options }: Offer): { challenge: string; passkey: string } {
      const key = map([[number(1), number(2)], [number(3), number(-7)], [number(-1), number(1)], [number(-2), bytes(Buffer.from(x, "base64url"))], [number(-3), bytes(Buffer.from(y, "base64url"))]]);
      const authData = Buffer.concat([rpHash, flags(0x40), count(), Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const attestation = map([[text("fmt"), text("none")], [text("attStmt"), map([])], [text("authData"), bytes(authData)]]);
      return { challenge, passkey: answer({ clientDataJSON: clientData("webauthn.create", options.challenge).toString("base64url"), attestationObject: attestation.toString("base64url"), transports: ["internal"] }) };
    },
    use({ challenge, options }: Offer): { challenge: string; passkey: string } {
      const authenticatorData = Buffer.concat([rpHash, flags(0), count()]);
      const client = clientData("webauthn.get", options.challenge);
      const signature = sign("sha256", Buffer.concat([authenticatorData, createHash("sha256").update(client).digest()]), privateKey);
      return { challenge, passkey: answer({ clientDataJSON: client.toString("base64url"), authenticatorData: authenticatorData.toString("base64url"), signature: signature.toString("base64url") }) };
    },
  };
}
