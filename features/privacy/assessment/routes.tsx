import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { csvFile, show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { staffWho } from "../gates.ts";
import { csvOf } from "../in-words/rules.ts";
import { keepingNow } from "../queries.ts";
import { assessmentIn } from "./in-words/rules.ts";
import { figuresSince } from "./queries.ts";
import { Assessment } from "./views/assessment.tsx";

/** Figures are those of the year before. */
const aYear = { hours: 365 * 24 } as const;

/** The risk assessment that the UK asks of every forum that people there can use, with what the program knows filled in. */
export function assessmentRoutes(room: Room): void {
  const { house } = room;
  const sections = async (c: Door, scope: StaffScope) => {
    const [figures, { network }] = await Promise.all([figuresSince(house.db, scope, house.now().subtract(aYear)), keepingNow(house.db)]);
    return assessmentIn(visitOf(c).language, { figures, setting: { leastAge: network?.leastAge }, host: network?.hostOrganisation ?? "" });
  };

  room.get("/privacy/assessment", staffWho("readAssessment"), async (c, scope) => show(c, <Assessment staffed={{ visit: visitOf(c), assets: house.assets, member: scope.member }} sections={await sections(c, scope)} />));

  room.get("/privacy/assessment.csv", staffWho("readAssessment"), async (c, scope) => {
    const all = await sections(c, scope);
    const widest = Math.max(...all.flatMap(({ rows }) => rows.map((row) => row.length)));
    const even = (row: readonly string[]) => [...row, ...Array.from({ length: widest - row.length }, () => "")];
    return csvFile("assessment.csv", csvOf(all.flatMap(({ title, rows }) => [even([title]), ...rows.map(even), even([])])));
  });
}
