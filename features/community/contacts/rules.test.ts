import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { hasContact } from "./rules.ts";

describe("a way to reach somebody elsewhere is found in what a newcomer writes", () => {
  it.each([
    "call me 512-555-0143", "my number is (512) 555 0143", "512.555.0143", "five one two five five five zero one four three", "5 1 2 5 5 5 0 1 4 3", "+34 600 123 456",
    "llámame al 55 1234 5678", "mi cel es cinco cinco uno dos tres cuatro cinco seis", "5*1*2*5*5*5*0*1*4*3", "５１２５５５０１４３", "5\u200B12555\u200B0143",
    "rosa@mail.example.org", "rosa at gmail dot com", "rosa (at) gmail", "rosa arroba hotmail punto com", "rosa [at] lantern [dot] org", "rosa.k @ yahoo . com",
    "https://meet.example/room", "www.lantern.example", "go to lanternmoms.com", "lanternmoms (dot) com",
    "I'm @rosa_k99", "find me on insta: rosak", "my snap is rosa.k", "add me on facebook", "búscame en instagram", "mi insta es rosak", "escríbeme por whatsapp", "whatsapp me", "my telegram: rosak", "dm me on discord",
  ])("%s", (text) => expect(hasContact(text)).toBe(true));
});

describe("what is none is left alone", () => {
  it.each([
    "She was born on 03/12/2026 at 4:35.", "He drank 90 ml at 3, 60 ml at 5 and 120 ml at 7.", "I slept from 2:00 to 3:30.", "She weighs 3.450 kg now.", "Day 12 at home.", "It is 3 a.m. again.",
    "Call 988, they were kind.", "I saw it on Facebook and cried.", "Pesó 3.200 gramos y midió 49.", "Llevo 3 noches sin dormir.", "One, two, three: we breathe.", "I'm at home. Dot, my cat, sleeps.", "At 2 and at 4 and at 6 he cries.", "Nos vemos en el grupo del martes a las 18:00.",
  ])("%s", (text) => expect(hasContact(text)).toBe(false));

  it("however long a text of words alone is", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("she", "cries", "every", "night", "and", "I", "am", "tired", "two", "hours", "of", "sleep", "ya", "no", "puedo"), { maxLength: 200 }), (words) => !hasContact(words.join(" "))));
  });
});
