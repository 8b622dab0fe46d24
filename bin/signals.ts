// npm run signals: learns the points of features/safety/signals anew from its sentences.
// npm run signals -- --measure: and says how it reads the sentences that it has not seen. Only when a change is finished, or they are no longer unseen.
import { writeFileSync } from "node:fs";
import { figuresOf } from "../features/safety/signals/figures/rules.ts";
import { sentencesHeldOut, sentencesToLearnFrom } from "../features/safety/signals/learning/queries.ts";
import { nowFrom, pointsTaughtBy } from "../features/safety/signals/learning/rules.ts";
import { languages } from "../features/safety/signals/points/rules.ts";
import { readBy } from "../features/safety/signals/rules.ts";

const folder = "features/safety/signals";
const sentences = sentencesToLearnFrom();
const card = { now: nowFrom(sentences), points: pointsTaughtBy(sentences) };
const lines = Object.entries(card.points).map(([phrase, points]) => `    ${JSON.stringify(phrase)}: ${JSON.stringify(points)}`);
writeFileSync(`${folder}/scorecard.json`, `{\n  "now": ${JSON.stringify(card.now)},\n  "points": {\n${lines.join(",\n")}\n  }\n}\n`);
console.log(`${lines.length} phrases from ${sentences.length} sentences; for now from ${JSON.stringify(card.now)} on.`);

if (process.argv.includes("--measure")) {
  const unseen = sentencesHeldOut();
  const figures = Object.fromEntries(languages.map((language) => [language, figuresOf(unseen.filter((one) => one.language === language), (text) => readBy(card, text))]));
  writeFileSync(`${folder}/figures.json`, `${JSON.stringify(figures, null, 2)}\n`);
  console.table(figures);
}
