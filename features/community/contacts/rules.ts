const invisible = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
const plainOf = (text: string): string => text.normalize("NFKC").replaceAll(invisible, "").toLowerCase();

const figures: Readonly<Record<string, string>> = {
  zero: "0", oh: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9",
  cero: "0", uno: "1", una: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9",
};
const figureWords = new RegExp(`\\b(${Object.keys(figures).join("|")})\\b`, "g");

const at = String.raw`(?:@|\(at\)|\[at\]|\{at\}|\bat\b|\barroba\b|\(a\))`;
const dot = String.raw`(?:\.|\(dot\)|\[dot\]|\bdot\b|\bpunto\b|\(punto\))`;
const ending = String.raw`(?:com|org|net|edu|gov|info|me|io|co|app|es|mx|ar|us|uk|de|fr|cl|pe|gmail|hotmail|outlook|yahoo|icloud)`;
const email = new RegExp(String.raw`[\w.+-]+\s*${at}\s*[\w-]+\s*${dot}\s*${ending}\b`);
const mailbox = new RegExp(String.raw`\b[\w.+-]{2,}\s*${at}\s*(?:gmail|hotmail|outlook|yahoo|icloud|proton(?:mail)?)\b`);
const address = new RegExp(String.raw`\bhttps?:|\bwww\b|\b[a-z0-9-]{2,}\s?(?:\.|\(dot\)|\[dot\])\s?${ending}\b(?![a-z])`);
const handle = /(?:^|[\s(,:;])@[a-z0-9_.]{3,}/;

const program = String.raw`(?:insta(?:gram)?|ig|snap(?:chat)?|whats\s?app|wasap|wsp|telegram|discord|facebook|fb|face|tik\s?tok|messenger|kik|skype|signal|venmo|cash\s?app|zelle|reddit)`;
const reached = String.raw`(?:me\b|my\b|is\b|at\b|:|@|add\b|find\b|message\b|dm\b|text\b|user(?:name)?\b|mi\b|soy\b|es\b|b[uú]sca(?:me)?\b|agr[eé]ga(?:me)?\b|escr[ií]be(?:me)?\b|por\b)`;
const elsewhere = new RegExp(String.raw`\b(?:add|find|message|dm|text|search|my|mi|b[uú]scame|agr[eé]game|escr[ií]beme|s[ií]gueme|follow)\b.{0,20}\b${program}\b|\b${program}\b\s{0,2}.{0,6}${reached}`);

const leastFigures = 7;
const mostFigures = 15;
/** Days and times as they are written, and amounts of milk or weight: long, and nobody's number. */
const noNumber = /\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?::\d{2})?)\b/g;

/** Figures in a row, with what people put between them so that nobody should see that they are one number. */
function longestRun(text: string): number {
  const figuresOnly = text.replaceAll(noNumber, "|").replaceAll(figureWords, (word) => figures[word] ?? word);
  const runs = figuresOnly.match(/\d(?:[\s().\-_/·•*,+]{0,4}\d)+/g) ?? [];
  return Math.max(0, ...runs.map((run) => run.replaceAll(/\D/g, "").length).filter((count) => count <= mostFigures));
}

/**
 * Is a way to reach somebody elsewhere in this text: a telephone number, an address of e-mail or of a page, a name in another program, however it is spelled?
 * It makes a newcomer's post wait for a moderator, and nothing else.
 */
export function hasContact(text: string): boolean {
  const plain = plainOf(text);
  return email.test(plain) || mailbox.test(plain) || address.test(plain) || handle.test(plain) || elsewhere.test(plain) || longestRun(plain) >= leastFigures;
}
