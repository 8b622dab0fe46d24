import type { z } from "zod";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Gate, Room } from "../../../../platform/http/room.ts";
import { networkNow } from "../../../network/queries.ts";
import { changeContact, changeCost, changeFacts, changeHours, changeLanguages } from "../commands.ts";
import { contactForm, costForm, factsForm, hoursForm, languagesForm, readPhones, readWeek } from "../forms.ts";
import { ownListing } from "../queries.ts";
import type { Hand, OwnListing } from "../types.ts";
import type { Part } from "../views/fields.tsx";

export type Again = { readonly part?: Part; readonly problems?: Problems; readonly typed?: Typed };

/** A page on which the parts of a listing are changed: an owner's, or a coordinator's. */
export type ChangePlace<S> = {
  /** Its address; each part posts to one below it. */
  readonly at: string;
  readonly gate: Gate<S>;
  /** On whose word; undefined where there is no such listing. */
  readonly handOf: (c: Door, scope: S) => Promise<Hand | undefined>;
  readonly again: (c: Door, scope: S, again: Again) => Promise<Response>;
  readonly done: (c: Door, part: Part) => Response;
  readonly gone: (c: Door) => Response | Promise<Response>;
};

type Keep<F extends z.ZodType, S> = (hand: Hand, value: z.output<F>, own: OwnListing, scope: S) => Promise<Problems | void>;
export type PartRoute<S> = <F extends z.ZodType>(part: Part, schema: F, lists: readonly string[], keep: Keep<F, S>) => void;

/** One part of such a page: its form is read, and kept unless something in it is to be mended; then it comes back with all that was typed. */
export function partRoutes<S>(room: Room, { at, gate, handOf, again, done, gone }: ChangePlace<S>): PartRoute<S> {
  const { house } = room;
  return (part, schema, lists, keep) =>
    room.post(`${at}/${part}`, gate, async (c, scope) => {
      const form = await readForm(c, schema, lists);
      const hand = await handOf(c, scope);
      const own = hand && (await ownListing(house.db, hand, house.now()));
      if (!hand || !own) return gone(c);
      const problems = form.ok ? ((await keep(hand, form.value, own, scope)) ?? {}) : form.problems;
      return Object.keys(problems).length > 0 ? again(c, scope, { part, problems, typed: form.typed }) : done(c, part);
    });
}

/** The five parts of a listing that owners and coordinators change alike. */
export function changeRoutes<S>({ house }: Room, part: PartRoute<S>): void {
  const home = async () => (await networkNow(house.db))?.country ?? "US";

  part("contact", contactForm, [], async (hand, value, own) => {
    const { contact, problems } = readPhones(own, value, await home());
    return Object.keys(problems).length > 0 ? problems : changeContact(house, hand, own, contact);
  });
  part("hours", hoursForm, [], async (hand, value, own) => {
    const { week, problems } = readWeek(value);
    return Object.keys(problems).length > 0 ? problems : changeHours(house, hand, own, week, value.hoursWords || undefined);
  });
  part("languages", languagesForm, ["language"], (hand, { language }) => changeLanguages(house, hand, language));
  part("cost", costForm, ["cost", "insurance"], (hand, { cost, insurance, fees }) => changeCost(house, hand, [...cost, ...insurance], fees));
  part("facts", factsForm, ["who", "how", "peer"], (hand, { who, how, peer }) => changeFacts(house, hand, [...who, ...how, ...peer]));
}
