import pg from "pg";
import type { EveningScope, Scope, SeatScope } from "../http/scope.ts";

/** For whom a statement asks. The policies on the tables read it, and show no row to a statement that says nothing. */
export type Asker = { readonly who: "house" | "parent" | "seat" | "member" | "moderator" | "coordinator" | "volunteer" | "supervisor" | "facilitator" | "group_coordinator"; readonly member: string; readonly conversation: string; readonly seat: string; readonly session: string };

/** Whoever has rows of her own. A visitor has said nothing of herself: there is none of hers. */
export type AskingScope = Exclude<Scope, { as: "visitor" }> | SeatScope | EveningScope;

/** The program itself: gates, jobs, sweeps, counts. It sees every row. */
export const theHouse: Asker = { who: "house", member: "", conversation: "", seat: "", session: "" };

export function askerOf(scope: AskingScope): Asker {
  if (scope.as === "parent") return { ...theHouse, who: "parent", conversation: scope.conversationId };
  if (scope.as === "seat") return { ...theHouse, who: "seat", seat: scope.seatId, session: scope.sessionId };
  const { memberId, roles } = scope.member;
  if (scope.as === "member") return { ...theHouse, who: "member", member: memberId };
  // A coordinator among the groups is shown nothing of the safety desk, nor there anything of these.
  if (scope.as === "evening") return { ...theHouse, who: !scope.leads && roles.has("coordinator") ? "group_coordinator" : "facilitator", member: memberId, session: scope.sessionId ?? "" };
  // A coordinator at the safety desk keeps no forum: its rows stay closed to her.
  if (scope.as === "moderator") return { ...theHouse, who: roles.has("moderator") || roles.has("supervisor") ? "moderator" : "coordinator", member: memberId };
  return { ...theHouse, who: roles.has("supervisor") ? "supervisor" : "volunteer", member: memberId, conversation: scope.as === "desk" ? scope.conversationId : "" };
}

const texts = (more = "") => `select where ${["who", "member", "conversation", "seat", "session"].map((name, at) => `set_config('small_hours.${name}', $${at + 1}, true)`).join(" || ")}${more} is null`;

// It finds no row, so that there is no answer to it beside the statement's own. `true`: until the end of the transaction, and no longer.
const saying = { name: "small_hours_asking", text: texts() };
/** Says too that the statement behind it has one plan for whatever is asked. */
const sayingOnePlan = { name: "small_hours_asking_one_plan", text: texts(" || set_config('plan_cache_mode', 'force_generic_plan', true)") };
const valuesOf = ({ who, member, conversation, seat, session }: Asker): string[] => [who, member, conversation, seat, session];

/** Says for whom the rest of a transaction asks. */
export const sayAsker = (client: pg.ClientBase, asker: Asker): Promise<unknown> => client.query({ ...saying, values: valuesOf(asker) });

/** Makes a new connection ready to be told for whom each statement asks. */
export async function learnToAsk(client: pg.ClientBase): Promise<void> {
  for (const one of [saying, sayingOnePlan]) await client.query({ ...one, values: valuesOf(theHouse) });
}

/**
 * At the head of a statement of which each text has one good plan, whatever its values: PostgreSQL would plan it anew each time, as it takes
 * what it can reckon of the values for better than what it must guess. Inside a transaction it counts for nothing.
 */
export const plannedOnce = "/* planned once */";

/** What node-postgres sends and hears of a statement, as far as it is used here; its own types leave it out. */
type Wire = { bind(message: object): void; execute(message: object): void };
type Statement = pg.Query & { prepare(wire: Wire): void; handleCommandComplete(message: unknown, wire: Wire): void };
type Done = (error: Error | undefined, result: pg.QueryResult) => void;
const Statement = pg.Query as unknown as new (config: object, values: undefined, done: Done) => Statement;

/**
 * One statement that says in the same breath for whom it asks: both travel in one packet and are one transaction to PostgreSQL, which forgets
 * the asker at its end. No round trip more, and a connection that goes back to the pool has nothing to remember.
 */
export class AskedStatement extends Statement {
  readonly #asker: Asker;
  readonly #onePlan: boolean;
  #said = false;

  constructor(asker: Asker, config: pg.QueryConfig, done: Done) {
    super({ ...config, queryMode: "extended" }, undefined, done);
    this.#asker = asker;
    this.#onePlan = config.text.startsWith(plannedOnce);
  }

  override prepare(wire: Wire): void {
    wire.bind({ portal: "", statement: (this.#onePlan ? sayingOnePlan : saying).name, values: valuesOf(this.#asker), valueMapper: (value: unknown) => value });
    wire.execute({ portal: "", rows: 0 });
    super.prepare(wire);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#said) super.handleCommandComplete(message, wire);
    this.#said = true;
  }
}
