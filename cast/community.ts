import { randomUUID } from "node:crypto";
import { createMember } from "../features/accounts/commands.ts";
import { say } from "../features/community/words.ts";
import { plainHandle } from "../features/community/names/rules.ts";
import { openTopic, reply, warm, type NewTopic } from "../features/community/posts/commands.ts";
import { changeSpace, joinSpace, openSpace, type NewSpace } from "../features/community/spaces/commands.ts";
import type { House } from "../platform/http/house.ts";
import { memberScope, staffScope, type MemberId, type MemberScope, type SessionId } from "../platform/http/scope.ts";
import type { Language } from "../platform/i18n/words.ts";
import { street, type staffOfTheStreet } from "./people.ts";

export const spacesOfTheStreet = {
  firstYear: { language: "both", name: { en: "The first year", es: "El primer año" }, about: { en: "Nights, feeding, coming back to yourself. Everything that nobody told you.", es: "Noches, comidas, volver a ser tú. Todo lo que nadie te contó." }, shared: undefined, mode: "held_for_new", pictures: true },
  afterLoss: { language: "both", name: { en: "After a loss", es: "Después de una pérdida" }, about: { en: "You may say your baby’s name here.", es: "Aquí puedes decir el nombre de tu bebé." }, shared: { en: "I lost a baby.", es: "Perdí un bebé." }, mode: "read_first", pictures: false },
  fathers: { language: "en", name: { en: "Fathers", es: "Padres" }, about: { en: "Sleep, anger, work, being left out.", es: "Sueño, enojo, trabajo, quedarse fuera." }, shared: { en: "I am a father, or will be one.", es: "Soy padre, o lo voy a ser." }, mode: "held_for_new", pictures: false },
} as const satisfies Record<string, NewSpace>;

/** Members of the street's community. Heron's baby is five weeks old, Willow's is one and well; Kettle is a father. */
const membersOfTheStreet = { heron: { handle: "Night Heron", language: "en" }, willow: { handle: "Slow Willow", language: "en" }, kettle: { handle: "Warm Kettle", language: "en" }, farol: { handle: "Farol Sereno", language: "es" } } as const satisfies Record<string, { handle: string; language: Language }>;
type Who = keyof typeof membersOfTheStreet;

type Words = Omit<NewTopic, "key"> & { readonly by: Who; readonly answers: readonly { readonly by: Who; readonly words: string }[] };
const topicsOfTheStreet: readonly Words[] = [
  {
    by: "heron", title: "He only sleeps on me", words: "Five weeks. The moment I put him down he wakes. I eat standing up. I cried into the sink today and did not know why.", language: "en", note: undefined, unnamed: false,
    answers: [{ by: "willow", words: "Mine did that until week nine. I remember the sink. It was the tiredness that cried. A friend held him for one hour each afternoon and I lay on the floor of the other room. It was enough to go on with." }, { by: "kettle", words: "I take the first half of the night with him on my chest, in the armchair, awake, with a film. You are not doing it wrong." }],
  },
  {
    by: "willow", title: "The pictures in my head", words: "I see him fall. Over and over, on the stairs. I would never. I took the long way through the kitchen for weeks. It has a name, and it went away when I told somebody.", language: "en", note: "thoughts", unnamed: true,
    answers: [{ by: "heron", words: "Thank you for writing this. I thought it was only me." }],
  },
  { by: "farol", title: "Volví al trabajo y lloro en el baño", words: "Tres meses. Todo el mundo me dice que se pasa. Nadie me dice cómo.", language: "es", note: undefined, unnamed: false, answers: [] },
];

const asHerself = (memberId: MemberId, name: string) => ({ memberId, sessionId: randomUUID() as string as SessionId, name, zone: street.zone, twoStep: true, hasTwoStep: true, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false as const });

/** The spaces of the street, its members, and what they wrote: read, but for the last. */
export async function communityOfTheStreet(house: House, people: Record<keyof typeof staffOfTheStreet, MemberId>): Promise<void> {
  const lucia = staffScope({ ...asHerself(people.lucia, "Lucía"), roles: new Set(["coordinator"]) });
  const firstYear = await openSpace(house, lucia, { ...spacesOfTheStreet.firstYear, mode: "watch" });
  await openSpace(house, lucia, spacesOfTheStreet.afterLoss);
  const fathers = await openSpace(house, lucia, spacesOfTheStreet.fathers);
  const members = {} as Record<Who, MemberScope>;
  for (const [who, { handle, language }] of Object.entries(membersOfTheStreet)) {
    const id = await createMember(house, { name: handle, signInName: who, language, zone: street.zone, roles: [{ role: "member" }] });
    if (typeof id !== "string") throw new Error(`The community of the street could not begin: ${id.refused}`);
    await house.db.insertInto("handles").values({ member_id: id, handle, plain: plainHandle(handle), taken_at: house.now(), join_key: randomUUID() }).execute();
    const consents = [{ kind: "rules", wording: say(language)("agreeRules") }, { kind: "collect", wording: say(language)("agreeCollect") }];
    await house.db.insertInto("consents").values(consents.map((one) => ({ member_id: id, ...one, given_at: house.now() }))).execute();
    members[who as Who] = memberScope({ ...asHerself(id, handle), roles: new Set(["member"]) });
  }
  await joinSpace(house, members.kettle, fathers);
  // What others read and answered was written before newcomers were read first: nothing of it waits on the desk. The last one does.
  for (const { by, answers, ...topic } of topicsOfTheStreet) {
    if (answers.length === 0) await changeSpace(house, lucia, firstYear, spacesOfTheStreet.firstYear);
    const opened = await openTopic(house, members[by], firstYear, { ...topic, key: randomUUID() });
    if ("refused" in opened) throw new Error(opened.refused);
    if (answers.length === 0) continue;
    for (const { by: who, words } of answers) {
      const answer = await reply(house, members[who], opened.topicId, { key: randomUUID(), words, language: topic.language, unnamed: false });
      if ("refused" in answer) throw new Error(answer.refused);
    }
    await warm(house, members.kettle, opened.postId, "sitting_with_you", true);
  }
}
