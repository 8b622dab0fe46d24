import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isUri } from "../../hsds/rules.ts";
import { cleanText, countryOf, dayOf, languageCode, languagesIn, mendEmail, mendUrl, momentOf, numberOf, regionOf, statusOf, timeOf, weekdayOf } from "./rules.ts";

describe("texts", () => {
  it.each([
    ["Line one\\n\\nLine two\\n\\n\\n###MON###\\n###COL###", "Line one\n\nLine two"],
    ["children&#39;s &amp; parents&rsquo; &quot;hour&quot;", "children's & parents’ \"hour\""],
    ["&amp;amp;lt;", "<"],
    ["ChildrenGÇÖs GÇ£CircleGÇ¥ in Espa+¦ol", "Children’s “Circle” in Español"],
    ["Motherâ€™s day", "Mother’s day"],
    ["<p>First</p><ul><li>a<li>b</ul>", "First\n\na\nb"],
    ["  Mon \r\n Tue\u0007 ", "Mon\n Tue"],
    ["2 < 3 & 4 > 1", "2 < 3 & 4 > 1"],
    ["AT&T", "AT&T"],
  ])("%j is read as %j", (text, clean) => expect(cleanText(text)).toBe(clean));

  test("once clean they stay as they are, whatever they were", () => {
    const parts = fc.constantFrom("&amp;", "&", "amp;", "lt;", "#39;", "\\n", "\\", "n", "###", "MON", "<p>", "<", "p>", "GÇ", "Ö", "â€", "™", " ", "\n", "\r", "\u0000", "é", "word", "\u00a0", "+¦");
    fc.assert(fc.property(fc.array(parts, { maxLength: 14 }).map((some) => some.join("")), (text) => cleanText(cleanText(text)) === cleanText(text)), { numRuns: 5_000 });
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => cleanText(cleanText(text)) === cleanText(text)));
  });
});

describe("web and mail addresses", () => {
  it.each([
    ["www.example.org", "https://www.example.org"],
    ["WWW.example.org/a.htm", "https://www.example.org/a.htm"],
    ["example.org", "https://example.org"],
    ["http://example.org/a?b=c", "http://example.org/a?b=c"],
    ["HTTP://example.org", "http://example.org"],
    ["http:/example.org", "http://example.org"],
    ["https://https.org; www.other.org", "https://https.org"],
    ["example.org\\help", "https://example.org/help"],
    ["https://example.org/ñ", "https://example.org/%C3%B1"],
    ["releasethesilence", undefined],
    ["see our page", undefined],
    ["mailto:a@example.org", undefined],
    ["javascript:alert(1)", undefined],
    ["http://localhost", undefined],
    ["", undefined],
  ])("%j → %s", (text, url) => expect(mendUrl(text)).toBe(url));

  test("what is mended fits the standard, and is left alone when it is read again", () => {
    const text = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.domain(), fc.string().map((some) => `www.${some}.org`), fc.string());
    fc.assert(
      fc.property(text, (some) => {
        const url = mendUrl(some);
        return url === undefined || (isUri(url) && mendUrl(url) === url);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["help@example.org", "help@example.org"],
    ["mailto:help@example.org", "help@example.org"],
    ["<help@example.org>; other@example.org", "help@example.org"],
    ["help at example", undefined],
    ["help@example", undefined],
  ])("%j → %s", (text, email) => expect(mendEmail(text)).toBe(email));
});

describe("times and days", () => {
  it.each([
    ["9:00am", "09:00"],
    ["9am", "09:00"],
    ["830am", "08:30"],
    ["9:00a", "09:00"],
    ["12:00pm", "12:00"],
    ["12:00 AM", "00:00"],
    ["7:30 p.m.", "19:30"],
    ["17:30:00", "17:30:00"],
    ["noon", "12:00"],
    ["8:00", "08:00"],
    ["25:00", undefined],
    ["13:00pm", undefined],
    ["8:00m", undefined],
    ["6:300pm", undefined],
    ["9:0am", undefined],
    ["9", undefined],
    ["12:00pm (dispensing)", undefined],
  ])("%j is %s", (text, time) => expect(timeOf(text)).toBe(time));

  it.each([
    ["2019-05-31", "2019-05-31"],
    ["2019-05-31T10:00:00Z", "2019-05-31"],
    ["5/31/2019", "2019-05-31"],
    ["5/31/2019 10:00", "2019-05-31"],
    ["2019-02-30", undefined],
    ["31/5/2019", undefined],
    ["May", undefined],
  ])("%j is %s", (text, day) => expect(dayOf(text)).toBe(day));

  it("an instant may be a day alone", () => {
    expect(momentOf("2024-09-25T14:23:06.5+01:00")?.toString()).toBe("2024-09-25T13:23:06.5Z");
    expect(momentOf("2024-09-25")?.toString()).toBe("2024-09-25T00:00:00Z");
    expect(momentOf("soon")).toBeUndefined();
  });

  it.each([["Monday", "MO"], ["lunes", "MO"], ["Miércoles", "WE"], ["Thurs", "TH"], ["7", "SU"], ["sábados", "SA"], ["8", undefined], ["any", undefined]])("%s is %s", (text, day) => expect(weekdayOf(text)).toBe(day));
});

describe("languages, countries, regions", () => {
  it.each([["English", "en"], ["inglés", "en"], ["Español", "es"], ["Spanish (limited)", "es"], ["Creole", "ht"], ["Haitian-Creole", "ht"], ["Mandarin", "zh"], ["ASL", "ase"], ["Hmong", "hmn"], ["en", "en"], ["eng", "en"], ["en-US", "en"], ["other languages available upon request", undefined], ["is available.", undefined]])("%s is %s", (text, code) => expect(languageCode(text)).toBe(code));
  it("a cell may name several", () => expect(languagesIn("English and Spanish, Creole\nASL.")).toEqual(["English", "Spanish", "Creole", "ASL"]));
  it.each([["US", "US"], ["us ", "US"], ["USA", "US"], ["United States", "US"], ["Estados Unidos", "US"], ["México", "MX"], ["   ", undefined], ["ZZ", undefined]])("%j is the country %s", (text, code) => expect(countryOf(text)).toBe(code));
  it("states have two letters, other regions stay as they are", () => expect([regionOf("US", "Florida"), regionOf("US", "fl "), regionOf("CA", " Ontario"), regionOf("US", "Somewhere")]).toEqual(["FL", "FL", "Ontario", "Somewhere"]));
  it("a status is one of four", () => expect(["Active", "CLOSED", "Temporarily closed", "maybe", ""].map(statusOf)).toEqual(["active", "defunct", "temporarily closed", undefined, undefined]));
  it("a number is a number", () => expect(["12", " 3.5", "-80.1", "$20", "1e3", "12 years", "NaN", "", "1e999"].map(numberOf)).toEqual([12, 3.5, -80.1, 20, 1000, undefined, undefined, undefined, undefined]));
});
