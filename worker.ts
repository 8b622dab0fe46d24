import { accountsJobs, accountsRounds } from "./features/accounts/jobs.ts";
import { emailOf, languageOf } from "./features/accounts/queries.ts";
import { pushTo } from "./features/accounts/commands.ts";
import { textTo } from "./features/accounts/texts/commands.ts";
import { communityJobs, communityRounds } from "./features/community/jobs.ts";
import { directoryJobs, directoryRounds } from "./features/directory/jobs.ts";
import { followVoices } from "./features/groups/evening/voice/commands.ts";
import { sweepEvenings } from "./features/groups/evening/commands.ts";
import { groupsJobs, groupsRounds } from "./features/groups/jobs.ts";
import { sweepTheLine } from "./features/helpline/desk/commands.ts";
import { helplineJobs, helplineRounds } from "./features/helpline/jobs.ts";
import { safetyJobs, safetyRounds } from "./features/safety/jobs.ts";
import { openHouse, type OpenHouse } from "./open-house.ts";
import type { Notify, Reach, Reached } from "./platform/delivery/notify.ts";
import { nameOf } from "./platform/http/app.tsx";
import { publicUrl } from "./platform/http/public-url.ts";
import { readEnvironment } from "./platform/http/environment.ts";
import type { House } from "./platform/http/house.ts";
import { startJobs } from "./platform/jobs/jobs.ts";

const sweepEveryMs = 15_000;

/** Calls a member by every way that she has set up, in her own language. One way that fails holds no other up. */
export const reachBy = (house: House): Reach => async (memberId, call) => {
  const words = async () => call[await languageOf(house.db, memberId)];
  const push = async (): Promise<Reached> => {
    const { title, body } = await words();
    const { sent, failed } = await pushTo(house, [memberId], { title, body, path: call.path }, call.forSeconds);
    return sent > 0 ? "sent" : failed > 0 ? "failed" : "no_way";
  };
  const letter = async (): Promise<Reached> => {
    const to = house.delivery.email.canSend ? await emailOf(house, memberId) : undefined;
    if (!to) return "no_way";
    const { title: subject, body, end } = await words();
    const stop = call.stop && `${publicUrl(house)}${call.stop}`;
    await house.delivery.email.send({ to, subject, text: `${body}\n${publicUrl(house)}${call.path}\n${stop ? `\n${end ?? ""}\n${stop}\n` : ""}`, ...(stop ? { stop } : {}) });
    return "sent";
  };
  const text = async (): Promise<Reached> => (call.byText ? textTo(house, memberId, `${(await words()).title} ${publicUrl(house)}${call.path}`) : "no_way");
  const ways = await Promise.allSettled([push(), letter(), text()]);
  for (const way of ways) if (way.status === "rejected") house.log.warn({ error: nameOf(way.reason) }, "a call did not go out by one way");
  const ends = ways.map((way) => (way.status === "fulfilled" ? way.value : "failed"));
  return (["sent", "failed"] as const).find((end) => ends.includes(end)) ?? "no_way";
};

/** The same for several members. */
export const notifyBy = (house: House): Notify => {
  const reach = reachBy(house);
  return async (memberIds, call) => void (await Promise.all(memberIds.map((id) => reach(id, call))));
};

/** A room that no facilitator is in becomes the lobby again, and its voices end. */
async function sweepRooms(house: House): Promise<void> {
  for (const session of await sweepEvenings(house)) await followVoices(house, session);
}

/** Does the jobs of the whole program, and every quarter of a minute looks that nobody is left waiting on someone who is gone. */
export async function startWork({ house, pool, url }: OpenHouse): Promise<() => Promise<void>> {
  const notify = notifyBy(house);
  const jobs = { ...accountsJobs(house), ...helplineJobs(house, notify), ...directoryJobs(house, notify), ...groupsJobs(house, notify), ...communityJobs(house, notify), ...safetyJobs(house, reachBy(house)) };
  const runner = await startJobs({ pool, url }, jobs, { ...accountsRounds, ...helplineRounds, ...directoryRounds, ...groupsRounds, ...communityRounds, ...safetyRounds }, house.log);
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = setInterval(() => {
    sweeping = Promise.all([
      sweepTheLine(house).catch((error: unknown) => house.log.error({ error: nameOf(error) }, "the line could not be swept")),
      sweepRooms(house).catch((error: unknown) => house.log.error({ error: nameOf(error) }, "the groups' rooms could not be swept")),
    ]);
  }, sweepEveryMs);
  return async () => {
    clearInterval(sweep);
    await sweeping;
    await runner.stop();
  };
}

if (import.meta.main) {
  const open = await openHouse(readEnvironment(process.env));
  const stop = await startWork(open);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      void stop().then(() => open.close()).then(() => process.exit(0));
    });
}
