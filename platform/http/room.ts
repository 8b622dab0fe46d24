import { Hono, type Context } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { readCookie } from "./cookies.ts";
import type { House } from "./house.ts";
import { isToken } from "../crypto/seal.ts";
import { handOn } from "./step.ts";
import { roles, staffRoles, staffScope, visitorScope, type Role, type SignedIn, type StaffRole, type StaffScope, type VisitorScope } from "./scope.ts";

export type Door = Context<{ Bindings: HttpBindings }>;

/**
 * A gate names who may pass and makes their scope. Undefined means that there is nothing here for them (404).
 * A response is a way there: the sign-in page, the second step.
 */
export type Gate<S> = {
  readonly admits: readonly Role[];
  readonly open: (c: Door, house: House) => Promise<S | Response | undefined> | S | Response | undefined;
};

/** A public page. */
export const anyone: Gate<VisitorScope> = {
  admits: roles,
  open: visitorScope,
};

/** Where she is told of it. */
const toldAt = { change: "/account/changed", breach: "/privacy/notices" } as const;

/** Before any other page of hers: what she is to be told. What a page asks for in the background goes on. */
export function toldFirst(c: Door, { untold }: SignedIn): Response | undefined {
  // By its mode: a page that passes through the service worker says of its destination that there is none.
  const aPage = c.req.method === "GET" && (c.req.header("sec-fetch-mode") ?? "navigate") === "navigate" && !/event-stream|turbo-stream|json/.test(c.req.header("accept") ?? "");
  if (!untold || !aPage) return undefined;
  handOn(c, "back", c.req.path);
  return c.redirect(toldAt[untold], 303);
}

/** Must she show two things? Whoever works here, at any desk: each of them opens what parents wrote in trust. */
export const owesASecondStep = ({ roles: hers }: Pick<SignedIn, "roles">): boolean => staffRoles.some((role) => hers.has(role));

/** Where she takes the second step, or sets one up, as long as she owes it. */
export const stepOwed = (member: SignedIn): string | undefined => (owesASecondStep(member) && !member.twoStep ? (member.hasTwoStep ? "/sign-in/second-step" : "/account/second-step") : undefined);

/** What stands before everything of hers: the second step, where she owes one, and then what she is to be told. */
export function beforeAll(c: Door, member: SignedIn): Response | undefined {
  const step = stepOwed(member);
  return step === undefined ? toldFirst(c, member) : c.redirect(step, 303);
}

/** Signed-in members with one of these roles in force, once both steps are shown. */
export function staff(...admits: StaffRole[]): Gate<StaffScope> {
  return {
    admits,
    async open(c, house) {
      const token = readCookie(c, "session");
      const member = isToken(token) ? await house.memberBySession(token) : undefined;
      if (!member) return c.req.method === "GET" ? c.redirect("/sign-in", 303) : undefined;
      if (!admits.some((role) => member.roles.has(role))) return undefined;
      return beforeAll(c, member) ?? staffScope(member);
    },
  };
}

/**
 * For what stays open after its gate: does she still hold the session and every role that she came with?
 * Asking is no visit, so a forgotten tab keeps nobody signed in.
 */
export function stillSignedIn(c: Door, house: House, member: SignedIn): () => Promise<boolean> {
  const token = readCookie(c, "session");
  return async () => {
    const now = isToken(token) ? await house.memberBySession(token, "look") : undefined;
    return now?.sessionId === member.sessionId && [...member.roles].every((role) => now.roles.has(role));
  };
}

/**
 * `byMachine`: posted by a provider's machine and never by a page of ours; its gate checks a signature, and reads no cookie.
 * `anySite`: open data, see `Room.open`. `takesFile`: see `Room.postFile`.
 */
export type RouteEntry = { readonly method: "GET" | "POST"; readonly path: string; readonly admits: readonly Role[]; readonly byMachine?: true; readonly anySite?: true; readonly takesFile?: true };
/** A gate that no person passes. */
export type MachineGate<S> = Gate<S> & { readonly admits: readonly [] };
type Handler<S> = (c: Door, scope: S) => Response | Promise<Response>;

/** Lets the scripts of any site read an answer. No cookie comes with what they ask. */
const forAnySite: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag, link, content-disposition, retry-after",
  "cross-origin-resource-policy": "cross-origin",
};
const beforehand: Readonly<Record<string, string>> = { ...forAnySite, "access-control-allow-methods": "GET, POST", "access-control-allow-headers": "content-type, if-none-match, if-modified-since", "access-control-max-age": "86400" };

/**
 * A feature's URL table. Nothing answers without a gate: there is no way to mount a handler alone,
 * and `routes` is what the permission matrix prints.
 */
export class Room {
  readonly hono = new Hono<{ Bindings: HttpBindings }>();
  readonly routes: RouteEntry[] = [];
  readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  get<S>(path: string, gate: Gate<S>, handler: Handler<S>): void {
    this.#mount("GET", path, gate, handler);
  }

  post<S>(path: string, gate: Gate<S>, handler: Handler<S>): void {
    this.#mount("POST", path, gate, handler);
  }

  /** A door for a provider's machine at exactly this path: the front door asks it nothing about pages, so its gate is a signature. */
  postByMachine<S>(path: string, gate: MachineGate<S>, handler: Handler<S>): void {
    if (/[:*]/.test(path)) throw new Error(`The door of a machine is one path: ${path}`);
    this.#mount("POST", path, gate, handler, { byMachine: true });
  }

  /** A form with a file, at exactly this path: its body may be larger than a form's, and whoever reads it stops where it is too large (`readUpload`). */
  postFile<S>(path: string, gate: Gate<S>, handler: Handler<S>): void {
    if (/[:*]/.test(path)) throw new Error(`A file is handed in at one path: ${path}`);
    this.#mount("POST", path, gate, handler, { takesFile: true });
  }

  /**
   * Open data: the same answer for everyone, nothing is changed by asking, and any site may ask. The handler is told of nobody.
   * A POST is a search whose words are to stand in no address; it is let in from other sites, as no other POST is, by its whole path.
   */
  open(method: "GET" | "POST", path: string, handler: (c: Door) => Response | Promise<Response>): void {
    if (method === "POST" && /[:*]/.test(path)) throw new Error(`${path}: only a whole path is opened to posts of other sites`);
    this.routes.push({ method, path, admits: anyone.admits, anySite: true });
    this.hono.on(method, path, async (c) => withHeaders(await handler(c), forAnySite));
    this.hono.options(path, () => new Response(null, { status: 204, headers: beforehand }));
  }

  #mount<S>(method: "GET" | "POST", path: string, gate: Gate<S>, handler: Handler<S>, more: Pick<RouteEntry, "byMachine" | "takesFile"> = {}): void {
    this.routes.push({ method, path, admits: gate.admits, ...more });
    this.hono.on(method, path, async (c) => {
      const scope = await gate.open(c, this.house);
      if (scope === undefined) {
        // The route's pattern, never the address: addresses can carry a token.
        this.house.log.info({ method, route: path }, "a gate let nobody in");
        return c.notFound();
      }
      return scope instanceof Response ? scope : handler(c, scope);
    });
  }
}

function withHeaders(answer: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}
