import { z } from "zod";
import type { Typed } from "../../../../platform/http/form.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { languages } from "../../../../platform/i18n/words.ts";
import { cameras, rooms } from "../../types.ts";
import { member, orNothing, planFields, planOf, planProblems, planTyped } from "../forms.ts";
import type { Kept } from "../types.ts";

/** An address of an organisation's own room: on the web, and encrypted on its way. */
export const address = z.url({ protocol: /^https$/, hostname: z.regexes.domain, error: "addressWrong" }).max(500, "addressWrong");

/** A group as somebody proposes it. Whether its kind exists and who may lead it is asked afterwards. */
export const proposalForm = z
  .object({
    ...planFields,
    kind: z.string("kindMissing").min(1, "kindMissing"),
    language: z.enum(languages, "languageMissing"),
    about: orNothing(z.string().trim().max(1200, "tooLong")),
    seats: z.coerce.number("seatsWrong").int("seatsWrong").min(2, "seatsWrong").max(16, "seatsWrong"),
    camera: z.enum(cameras, "cameraMissing"),
    partners: z.string().optional(),
    room: z.enum(rooms, "roomMissing"),
    address: orNothing(address),
    first: orNothing(member),
    second: orNothing(member),
  })
  .superRefine(planProblems)
  .superRefine(({ first, second }, c) => {
    if (first !== undefined && first === second) c.addIssue({ code: "custom", path: ["second"], message: "samePerson" });
  })
  .transform(({ kind, language, about, seats, camera, partners, room, address: where, first, second, ...plan }) => ({
    proposal: { kind, language, about, plan: planOf(plan), seats, camera, partners: partners === "yes", room, address: room === "link" ? where : undefined },
    first,
    second,
  }));


/** The id that the check page made, so that pressing twice sends once. */
export const keyForm = z.object({ key: z.uuid() });

/** What was proposed, for a form that is filled in already. The address of a room of one's own is not shown again. */
export const proposalTyped = ({ series: { kind, language, about, plan, seats, camera, partners, room, facilitators } }: Kept, me: MemberId, both: boolean): Typed => {
  const others = both ? facilitators : facilitators.filter(({ id }) => id !== me);
  return {
    ...planTyped(plan),
    kind: [kind.id],
    language: [language],
    about: [about ?? ""],
    seats: [String(seats)],
    camera: [camera],
    partners: [partners ? "yes" : ""],
    room: [room],
    first: [both ? (others[0]?.id ?? "") : ""],
    second: [others[both ? 1 : 0]?.id ?? ""],
  };
};
