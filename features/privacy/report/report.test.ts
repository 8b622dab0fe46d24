import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope } from "../../../platform/http/scope.ts";
import { audit } from "../../../platform/audit/audit.ts";
import { browser, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../../community/factory.ts";
import { openConversation, sendMessage } from "../../helpline/commands.ts";
import { opening } from "../../helpline/factory.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);

/** The card of one class, as text. */
const cardOf = (html: string, name: string): string => html.split("<section").find((part) => part.includes(`>${name}</h2>`))?.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ") ?? "";

test("a member reads how much is kept of her by class, from whom, why, who sees it and how long, and nothing of a neighbour", async () => {
  const space = await makeSpace(house, people.lucia, { mode: "watch" });
  const { id, cookie, scope } = await makeSignedIn(house, ["member"], { name: "Reading Wren" });
  await settleMember(house, id, "Reading Wren");
  const other = await settleMember(house, (await makeSignedIn(house, ["member"], { name: "Other" })).id, "Other Wren");
  const her = memberScope(scope.member);
  await write(house, her, space, { title: "One" });
  await write(house, her, space, { title: "Two", unnamed: true });
  for (let nth = 0; nth < 5; nth++) await write(house, other, space, { title: `Theirs ${nth}` });
  const html = (await browser(app, cookie).get("/privacy/mine")).text;
  const posts = cardOf(html, "What you write in the forum");
  for (const said of ["2 entries", "From you", "So that others can read and answer.", "moderators", "30 days more"]) expect(posts, said).toContain(said);
  expect(cardOf(html, "What you said yes to"), "she said yes to nothing yet").toBe("");
  expect(html).toContain("Nobody looked at your private things.");
  for (const path of ["/community/export", "/community/leave", "/safety/looks"]) expect(html, path).toContain(path);
});

test("who works here reads what is kept of her work, and is shown no way to leave a forum that she is not in", async () => {
  const { cookie } = await signInAs(house, people.ana);
  const html = (await browser(app, cookie).get("/privacy/mine")).text;
  expect(cardOf(html, "Your place here")).toContain("entries");
  expect(html).not.toContain("/community/leave");
  expect((await browser(app).get("/privacy/mine")).to).toBe("/sign-in");
});

test("who holds the key of a conversation reads what is kept of it and who opened it; without the key there is nothing", async () => {
  const { token, scope } = await openConversation(house, opening({ words: "Is anybody there?" }));
  await sendMessage(house, scope, "Still here.", crypto.randomUUID());
  await openConversation(house, opening({ words: "Somebody else." }));
  for (const act of ["took", "closed_conversation"]) await audit(house.db, { memberId: people.ana, act, subjectKind: "conversation", subjectId: scope.conversationId });
  const phone = browser(app, `__Host-conversation=${token}`);
  const html = (await phone.get("/privacy/conversation")).text;
  expect(cardOf(html, "Talking with a volunteer")).toContain("no longer than 30 days");
  expect(cardOf(html, "Who looked")).toMatch(/Ana, 2 times between/);
  expect(html).toContain('href="/conversation/erase"');
  expect((await browser(app).get("/privacy/conversation")).to).toBe("/back");
});
