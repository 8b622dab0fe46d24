import assert from "node:assert/strict";
import { test } from "vitest";
import { read } from "./queries.ts";
import { piecesOf } from "./rules.ts";
import type { Priority, SignalKind } from "./types.ts";

const all = (priority: Priority, texts: readonly string[]) => {
  const others = texts.map((text) => `${read(text).priority} ${text}`).filter((line) => !line.startsWith(priority));
  assert.deepEqual(others, [], `These should be ${priority}.`);
};

test("a wish to die with a time, a means or a goodbye is for now, in both languages", () =>
  all("P0", ["I want to die tonight.", "I'm going to kill myself.", "I have pills and I'm going to take them", "goodbye everyone i love you", "Me voy a matar.", "Quiero matarme esta noche.", "tengo pastillas y me las voy a tomar", "adiós a todos los quiero"]));

test("voices, a switched child and nights without need of sleep are for now", () =>
  all("P0", ["The voices tell me my baby is evil.", "this isn't my baby. they switched her", "I haven't slept in five days and I have never felt better, I have special powers", "Las voces me dicen que mi bebé es malo.", "esta no es mi bebé, me la cambiaron", "Llevo cinco días sin dormir y nunca me he sentido mejor, tengo poderes"]));

test("somebody else's hand, and a baby at risk, are for now", () =>
  all("P0", ["He has a gun and he's threatening us", "I just shook the baby", "Tiene una pistola y nos está amenazando.", "acabo de sacudir al bebé"]));

test("who writes about somebody else is heard as well", () =>
  all("P0", ["My friend says she's going to kill herself tonight, she has a new baby.", "Mi amiga dice que se mata hoy en la noche, tiene un bebé recién nacido."]));

test("hopelessness without intent is for today", () => all("P1", ["I feel nothing for my baby.", "Everyone would be better off without me.", "No siento nada por mi bebé.", "Todos estarían mejor sin mí."]));

test("frightening thoughts that nobody wants get reassurance and no alarm", () =>
  all("P2", ["I have scary thoughts about hurting my baby and I would never do it.", "I see images of her drowning and they terrify me.", "Veo imágenes de que se ahoga y me aterran.", "Tengo miedo de perder el control y lastimarlo, y no quiero."]));

test("ways of speaking, the dead of long ago, a film, and what is over are read in their turn", () =>
  all("P3", ["This teething is killing me.", "My grandmother died last year and I miss her.", "In the film the mother hears voices and kills herself.", "I wanted to die two years ago. I'm well now.", "Los dientes me están matando.", "Mi abuela murió el año pasado y la extraño.", "En la película la mamá oye voces y se mata.", "Hace dos años quería morirme. Ya estoy bien."]));

test("the rules of every language read every text, also one that changes its language", () => all("P0", ["I'm going to kill myself. Perdón.", "Perdón a todas. Tengo pastillas y me las voy a tomar. Thank you."]));

test("one urgent sentence does not drown in a long post", () => {
  const chatter = "We moved the crib into the hall last week and now he naps from nine to eleven, which is lovely. The nurse says his weight is fine. ";
  assert.equal(read(`${chatter.repeat(4)} I have pills and I'm going to take them tonight. ${chatter.repeat(4)}`).priority, "P0");
});

test("a long text is read in stretches that leave no word out, and sentence by sentence", () => {
  const words = Array.from({ length: 500 }, (_, i) => `w${i}`).join(" ");
  const pieces = piecesOf(words);
  assert.ok(piecesOf(`${words}. This one stands by itself, alone. ${words}`).includes("This one stands by itself, alone."));
  assert.deepEqual(new Set(pieces.flatMap((piece) => piece.trim().split(/\s+/))), new Set(words.split(" ")));
  assert.deepEqual(piecesOf("short"), ["short"]);
  assert.equal(read("").priority, "P3");
});

test("what was found is shown in the words that were written, accents and all", () => {
  const [signal] = read("Mañana me voy a matar, ya decidí.").signals;
  assert.equal(signal?.level, "now");
  assert.ok(signal && signal.words.length > 0 && signal.words.every((words) => "Mañana me voy a matar, ya decidí.".replace(",", "").includes(words)));
});

test("what an urgent text speaks of has a name", () => {
  const said: readonly (readonly [SignalKind, string])[] = [
    ["selfHarm", "I have pills and I'm going to take them"],
    ["psychosis", "The voices tell me my baby is evil."],
    ["harmByOther", "Tiene una pistola y nos está amenazando."],
    ["babyAtRisk", "I just shook the baby"],
  ];
  for (const [kind, text] of said) assert.equal(read(text).signals[0]?.kind, kind, text);
});

test("no word a person writes can stop it, not even one that the language of programs knows", () => {
  assert.equal(read("__proto__ toString. The constructor left. I'm going to kill myself tonight").priority, "P0");
});
