import type { StaffRole } from "../platform/http/scope.ts";
import type { Language } from "../platform/i18n/words.ts";

/** Lantern Street: a fictional street whose people the demo, the tests, the docs and the pictures share. None of them is anybody. */
export const street = { name: "Lantern Street", host: "Lantern Street Family Network", country: "US", zone: "America/Los_Angeles" } as const;

export type StaffOfTheStreet = { readonly signInName: string; readonly name: string; readonly language: Language; readonly email: string; readonly roles: readonly StaffRole[] };

/** Ana had a hard first year with her twins; Marco is a father; Judith supervises; Noor and Tomás lead groups; Wren and Pilar keep the community; Lucía coordinates the street. */
export const staffOfTheStreet = {
  ana: { signInName: "ana", name: "Ana", language: "en", email: "ana@lantern.example", roles: ["volunteer"] },
  marco: { signInName: "marco", name: "Marco", language: "en", email: "marco@lantern.example", roles: ["volunteer"] },
  judith: { signInName: "judith", name: "Judith", language: "en", email: "judith@lantern.example", roles: ["volunteer", "supervisor"] },
  noor: { signInName: "noor", name: "Noor", language: "en", email: "noor@lantern.example", roles: ["facilitator"] },
  tomas: { signInName: "tomas", name: "Tomás", language: "es", email: "tomas@lantern.example", roles: ["facilitator"] },
  wren: { signInName: "wren", name: "Wren", language: "en", email: "wren@lantern.example", roles: ["moderator"] },
  pilar: { signInName: "pilar", name: "Pilar", language: "es", email: "pilar@lantern.example", roles: ["moderator"] },
  lucia: { signInName: "lucia", name: "Lucía", language: "es", email: "lucia@lantern.example", roles: ["coordinator"] },
} as const satisfies Record<string, StaffOfTheStreet>;

/** Rosa's baby is five weeks old. Daniel is a father. Imani lost her son. Each wrote one thing. */
export const parentsOfTheStreet = {
  rosa: { nickname: "Rosa", language: "es", about: "me", stage: "after_birth", words: "Hola. Llevo tres noches sin dormir y no paro de llorar. No sé qué me pasa." },
  daniel: { nickname: "Daniel", language: "en", about: "someone_else", stage: "after_birth", words: "My wife cries every evening. I do not know how to help her." },
  imani: { nickname: "Imani", language: "en", about: "me", stage: "after_loss", words: "We lost our son in March. Everyone has stopped asking." },
  maya: { nickname: "Maya", language: "en", about: "me", stage: "after_birth", words: "Is anybody awake?" },
} as const;

export const phrasesOfTheStreet = [
  { title: "Hello", en: "Hello, I am glad you wrote. I am a parent too, and I have time for you now.", es: "Hola, qué bueno que escribiste. Yo también tengo hijos, y ahora tengo tiempo para ti." },
  { title: "Not alone", en: "You are not alone. You are not to blame. With help, you will be well.", es: "No estás sola. No es tu culpa. Con ayuda, vas a estar bien." },
  { title: "Frightening thoughts", en: "Many parents have frightening thoughts that they do not want. Having one does not mean that you will do it.", es: "A muchas madres y padres les vienen pensamientos que asustan y que no quieren. Tenerlos no significa que lo vayas a hacer." },
  { title: "Before we end", en: "What is one small thing that would make tonight easier?", es: "¿Qué cosa pequeña te haría más fácil esta noche?" },
] as const;
