import { createHash } from "node:crypto";
import { DisconnectReason, TrackSource } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { afterAll, expect, test } from "vitest";
import { aVisitor, openBrowser, withVoice, type Visitor } from "./browser.ts";
import { asksForASeat, comesToTheLobby, goesIn, groupsOf, theyOpen } from "./evenings.ts";
import { key, secret, standIn, startApi } from "./livekit.ts";
import { nothingComplained, press, signsIn } from "./steps.ts";
import { openStreet } from "./street.ts";
import { said } from "./words.ts";

await openBrowser(withVoice);
const soon = { timeout: 20_000, interval: 100 };
const e = said.evening("en");
const api = await startApi();
const url = `ws://127.0.0.1:${api.port}`;
const street = await openStreet({ LIVEKIT_URL: url, LIVEKIT_API: `http://127.0.0.1:${api.port}`, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret });
afterAll(() => api.stop());

const state = ({ page }: Visitor, sentence: "voiceOn" | "voiceOther") => page.locator("[data-voice-state]", { hasText: e(sentence) }).waitFor({ timeout: 20_000 });

/** What the server would post when somebody came or went. */
async function posts(event: string, room: string, identity: string, by = secret): Promise<number> {
  const body = JSON.stringify({ event, room: { name: room }, participant: { identity } });
  const pass = new AccessToken(key, by);
  pass.sha256 = createHash("sha256").update(body).digest("base64");
  return (await fetch(`${street.base}/rooms/heard`, { method: "POST", headers: { "content-type": "application/webhook+json", authorization: await pass.toJwt() }, body })).status;
}

test("a mother comes into a LiveKit room by its own client, whose server is the only other one that her page may ask, and a removal holds", async () => {
  const meets = await groupsOf(street)(9, { room: "livekit", camera: "off" });
  const maya = await aVisitor({ base: street.base });
  const seat = await asksForASeat(maya, meets, "River");
  await comesToTheLobby(maya);
  const [noor, tomas] = [await signsIn(street, await street.linkFor("noor")), await signsIn(street, await street.linkFor("tomas"))];
  await theyOpen(noor, tomas, meets);
  const river = noor.page.locator("#evening li").filter({ hasText: "River" });
  await river.getByRole("button", { name: e("admit"), exact: true }).click();
  const held = await standIn(maya.page);
  await goesIn(maya);
  const policy = (await maya.page.reload())?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain(`connect-src 'self' ${url};`);
  const client = () => maya.page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("livekit")).length);
  expect(await client()).toBe(0);

  await press(maya, e("voiceJoin"));
  await state(maya, "voiceOn");
  expect(await client()).toBe(1);
  await expect.poll(() => held()?.heard() ?? 0, soon).toBeGreaterThan(20);
  expect(held()).toMatchObject({ room: meets.session, published: [TrackSource.MICROPHONE] });
  expect(api.asked.map(({ path }) => path)).toContain("CreateRoom");

  await press(maya, e("voiceMute"));
  await maya.page.locator("[data-voice-state]", { hasText: e("voiceMuted") }).waitFor();
  const name = held()?.seat ?? "";
  expect([await posts("participant_joined", meets.session, name, "another-secret-of-at-least-32-letters"), await posts("participant_joined", meets.session, name)]).toEqual([404, 204]);
  held()?.end(DisconnectReason.DUPLICATE_IDENTITY);
  await state(maya, "voiceOther");

  await press(maya, e("voiceJoin"));
  await state(maya, "voiceOn");
  await river.locator("summary").click();
  await river.getByRole("button", { name: e("remove"), exact: true }).click();
  await expect.poll(() => api.asked, soon).toContainEqual({ path: "RemoveParticipant", body: expect.objectContaining({ room: meets.session, identity: name }) });
  held()?.end(DisconnectReason.PARTICIPANT_REMOVED);
  await maya.page.locator("[data-voice-in]").waitFor({ state: "hidden" });
  expect(await (await maya.context.request.post(`${seat}/voice`, { data: { offer: "v=0" } })).json()).toEqual({ refused: "closed" });
  nothingComplained(maya, noor, tomas);
  await Promise.all([maya, noor, tomas].map((one) => one.close()));
});

test("a page of any other room may ask nobody but us", async () => {
  const meets = await groupsOf(street)(9, { room: "embedded" });
  const noor = await signsIn(street, await street.linkFor("noor"));
  const policy = (await noor.page.goto(`/evenings/${meets.session}`))?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("connect-src 'self';");
  await noor.close();
});
