import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.tsx";
import { seedTheStreet } from "./cast/street.ts";
import { linesNow } from "./features/directory/lines/queries.ts";
import { watchVoices } from "./features/groups/evening/voice/commands.ts";
import { topics } from "./features/helpline/events.ts";
import { catchUpTopics } from "./features/community/topics/live.tsx";
import { catchUp } from "./features/helpline/live.ts";
import { showLinesAsTheyStand } from "./features/safety/standing/commands.ts";
import { makeSetupLink } from "./features/network/set-up/commands.ts";
import { topics as safetyTopics } from "./features/safety/events.ts";
import { openHouse, type OpenHouse } from "./open-house.ts";
import { nameOf } from "./platform/http/app.tsx";
import { readEnvironment } from "./platform/http/environment.ts";
import { startWork } from "./worker.ts";

if (Number(process.versions.node.split(".")[0]) < 26) {
  console.error("Small Hours needs Node 26. It comes with the project: start it with `npm start`.");
  process.exit(1);
}

const catchUpEveryMs = 2000;
/** The queue, the board and the safety desk look this often by themselves: for a wake-up that was lost, and since minutes pass. */
const lookEveryMs = 10_000;
/** What coordinators and owners know of helplines stands on the help pages of every process after so long. */
const agreeEveryMs = 10_000;

/** What a person who has just started the program needs: where to look, and how to get in. */
async function printLinks({ house }: OpenHouse, base: string): Promise<void> {
  const say = (label: string, path: string) => console.log(`  ${label.padEnd(24)} ${base}${path}`);
  console.log(`\nSmall Hours is open.\n`);
  say("A parent's page:", "/");
  if (house.environment.NODE_ENV === "production") {
    const setup = await makeSetupLink(house);
    if (setup) say("Set up the network, once:", setup);
    return;
  }
  const links = await seedTheStreet(house);
  say("A volunteer signs in:", links.volunteer);
  say("A facilitator signs in:", links.facilitator);
  say("A member of the community signs in:", links.member);
  say("A moderator signs in:", links.moderator);
  say("A coordinator signs in:", links.coordinator);
  say("A supervisor signs in:", links.supervisor);
  say("Letters not sent:", "/dev/letters");
  console.log("");
}

const environment = readEnvironment(process.env);
const open = await openHouse(environment);
const { house } = open;
const agree = () =>
  linesNow(house.db)
    .then(showLinesAsTheyStand)
    .catch((error: unknown) => house.log.error({ error: nameOf(error) }, "the lines of the help pages could not be compared"));
await agree();
const agreeing = setInterval(() => void agree(), agreeEveryMs);
const app = createApp(house, { files: open.files, boxes: open.boxes });
const server = createAdaptorServer({ fetch: app.fetch });
const stopWork = environment.JOBS === "here" ? await startWork(open) : () => Promise.resolve();
const stopVoices = watchVoices(house, (error) => house.log.error({ error: nameOf(error) }, "the voices of a room could not follow it"));
const catchingUp = setInterval(() => void Promise.all([catchUp(house), catchUpTopics(house)]).catch((error: unknown) => house.log.error({ error: nameOf(error) }, "streams could not catch up")), catchUpEveryMs);

const looking = setInterval(() => [topics.queue, topics.board, safetyTopics.pages, safetyTopics.desk].forEach((topic) => house.hub.wake(topic)), lookEveryMs);

server.listen(environment.PORT, environment.HOST, () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : environment.PORT;
  const host = environment.HOST === "127.0.0.1" ? "localhost" : environment.HOST;
  void printLinks(open, environment.PUBLIC_URL ?? `http://${host}:${port}`);
});

/** Answers what is under way, lets go of streams (they come back elsewhere with their cursor), then closes the database. */
async function stop(): Promise<void> {
  clearInterval(catchingUp);
  stopVoices();
  clearInterval(looking);
  clearInterval(agreeing);
  const closed = new Promise((done) => server.close(done));
  if ("closeAllConnections" in server) setTimeout(() => server.closeAllConnections(), 500).unref();
  await closed;
  await stopWork();
  await open.close();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
