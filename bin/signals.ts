// npm run signals: learns the points of features/safety/signals anew from its sentences, and says what a card would find in the sentences of a hand that it has not learned from.
// npm run signals -- --measure: and says how it reads the open set. Only when a change is finished, or the set is no longer unseen.
import { writeFileSync } from "node:fs";
import { figuresOf } from "../features/safety/signals/figures/rules.ts";
import { sentencesHeldOut, sentencesToLearnFrom } from "../features/safety/signals/learning/queries.ts";
import { lineFor, nowFrom, pointsTaughtBy, triedByOthers } from "../features/safety/signals/learning/rules.ts";
import { textOf } from "../features/safety/signals/points/queries.ts";
import { languages } from "../features/safety/signals/points/rules.ts";
import { readBy } from "../features/safety/signals/rules.ts";

const folder = "features/safety/signals";
const sentences = sentencesToLearnFrom();
const tried = triedByOthers(sentences);
const now = nowFrom(tried);
const points = pointsTaughtBy(sentences);
writeFileSync(`${folder}/scorecard.tsv`, textOf(now, points));
console.log(`${points.size} phrases from ${sentences.length} sentences; for now from ${JSON.stringify(now)} on.`);
const found = (ordinary: number, of: typeof tried) => `${lineFor(of, { ordinary, thoughts: 1.5 * ordinary }).found.toFixed(1)} %`;
const sets = languages.flatMap((language) => [[language, tried.filter((one) => one.language === language)] as const, ...[...new Set(tried.map(({ hand }) => hand))].map((hand) => [`${language} of ${hand}`, tried.filter((one) => one.language === language && one.hand === hand)] as const)]);
console.log("Urgent found, each hand left out, where so many ordinary ones are raised:");
console.table(Object.fromEntries(sets.filter(([, of]) => of.length > 0).map(([name, of]) => [name, Object.fromEntries([1, 2, 4, 8].map((ordinary) => [`${ordinary} %`, found(ordinary, of)]))])));

if (process.argv.includes("--measure")) {
  const unseen = sentencesHeldOut();
  const card = { now, pointsOf: (phrase: string) => points.get(phrase) };
  const figures = Object.fromEntries(languages.map((language) => [language, figuresOf(unseen.filter((one) => one.language === language), (text) => readBy(card, text))]));
  writeFileSync(`${folder}/figures.json`, `${JSON.stringify(figures, null, 2)}\n`);
  console.table(figures);
}
