import type pg from "pg";
import { pino } from "pino";
import { forgetMember, sessionEnder, sessionKeeper } from "./features/accounts/commands.ts";
import { forgetAgain } from "./features/community/leaving/commands.ts";
import { bringLines } from "./features/directory/lines/commands.ts";
import { roomAddressOf } from "./features/groups/evening/voice/queries.ts";
import type { SessionId } from "./features/groups/types.ts";
import { eraseAgain } from "./features/helpline/erasure/commands.ts";
import { keysFrom } from "./platform/crypto/seal.ts";
import { masterKey } from "./platform/crypto/master-key.ts";
import { openDatabase, openPool, wallStands } from "./platform/db/database.ts";
import { readErasures } from "./platform/db/erasures.ts";
import { startEmbedded } from "./platform/db/embedded.ts";
import { migrate } from "./platform/db/migrate.ts";
import { letterBox, noEmail, smtpEmail } from "./platform/delivery/email.ts";
import { pushBox, webPush } from "./platform/delivery/push.ts";
import { noSms, smsBox, twilioSms } from "./platform/delivery/sms.ts";
import { pushKeysOf } from "./platform/delivery/push-keys.ts";
import { refuseOpenDemo, type Environment } from "./platform/http/environment.ts";
import type { House } from "./platform/http/house.ts";
import { embeddedRooms } from "./platform/rooms/embedded.ts";
import { janusRooms } from "./platform/rooms/janus.ts";
import { linkedRooms } from "./platform/rooms/link.ts";
import { stopRooms, type Rooms } from "./platform/rooms/rooms.ts";
import { turnServers } from "./platform/rooms/turn.ts";
import { publicUrl } from "./platform/http/public-url.ts";
import { nameOf } from "./platform/http/app.tsx";
import { prepareJobs } from "./platform/jobs/jobs.ts";
import { natsBus, postgresBus } from "./platform/live/bus.ts";
import { makeHub } from "./platform/live/hub.ts";
import { wallClock } from "./platform/time/time.ts";
import { readAssets } from "./platform/ui/assets.ts";

export type OpenHouse = {
  readonly house: House;
  readonly pool: pg.Pool;
  readonly url: string;
  /** Where nothing leaves this machine: what would have. */
  readonly boxes: { readonly email: ReturnType<typeof letterBox>; readonly push: ReturnType<typeof pushBox>; readonly sms: ReturnType<typeof smsBox> } | undefined;
  readonly files: URL;
  close(): Promise<void>;
};

/** Brings up what every process of the program stands on: database, keys, bus, delivery. */
export async function openHouse(environment: Environment): Promise<OpenHouse> {
  refuseOpenDemo(environment);
  const log = pino({ level: environment.LOG_LEVEL, base: null });
  const production = environment.NODE_ENV === "production";
  const keys = keysFrom(masterKey(environment.MASTER_KEY, environment.DATA_DIR, production && environment.DATABASE_URL !== undefined));
  const embedded = environment.DATABASE_URL ? undefined : await startEmbedded({ dataDir: environment.DATA_DIR, log: (line) => log.debug(line) });
  const url = environment.DATABASE_URL ?? embedded?.url ?? "";
  const pool = openPool(url, environment.POOL_SIZE);
  await migrate(pool);
  await prepareJobs(pool, log);
  if (!(await wallStands(pool))) log.warn("DATABASE_URL names a superuser, or one with BYPASSRLS: row-level security does not hold for it, and the gates stand alone");
  const db = openDatabase(pool);
  const hub = makeHub((error) => log.error({ error: nameOf(error) }, "a stream could not be brought up to date"));
  const hearing = { hear: (topic: string) => hub.wake(topic), cut: () => hub.wakeAll() };
  const bus = environment.NATS_URL ? await natsBus(environment.NATS_URL, hearing) : await postgresBus(url, hearing);
  const files = new URL("./public/", import.meta.url);
  const boxes = production ? undefined : { email: letterBox(), push: pushBox(), sms: smsBox() };
  const subject = environment.PUBLIC_URL ?? "mailto:hello@localhost";
  const delivery = {
    email: environment.SMTP_URL ? await smtpEmail(environment.SMTP_URL, environment.MAIL_FROM) : (boxes?.email ?? noEmail),
    sms: environment.SMS_URL && environment.SMS_FROM ? twilioSms(environment.SMS_URL, environment.SMS_FROM, publicUrl({ environment })) : (boxes?.sms ?? noSms),
    push: boxes?.push ?? webPush(await pushKeysOf(db, keys), subject),
  };
  if (!delivery.email.canSend) log.warn("SMTP_URL is not set: no letter leaves, so nobody is offered a sign-in link or an invitation by e-mail");
  const { TURN_HOST: host, TURN_SECRET: secret, JANUS_URL, JANUS_API_SECRET, LIVEKIT_URL, LIVEKIT_API, LIVEKIT_KEY, LIVEKIT_SECRET } = environment;
  const ice = () => (host && secret ? turnServers({ host, secret }, wallClock) : []);
  const rooms: Rooms = {
    embedded: embeddedRooms({
      clock: wallClock,
      // A demo is tried on the machine that it runs on.
      addresses: production ? [] : ["127.0.0.1"],
      announced: environment.ROOM_ADDRESSES,
      ...(environment.ROOM_PORTS ? { ports: environment.ROOM_PORTS } : {}),
      ice,
      log: (line) => log.warn(line),
    }),
    ...(JANUS_URL && JANUS_API_SECRET ? { janus: janusRooms({ url: JANUS_URL, apiSecret: JANUS_API_SECRET }, wallClock, { ice, log: (line) => log.warn(line) }) } : {}),
    ...(LIVEKIT_URL && LIVEKIT_API && LIVEKIT_KEY && LIVEKIT_SECRET ? { livekit: (await import("./platform/rooms/livekit.ts")).liveKitRooms({ url: LIVEKIT_URL, api: LIVEKIT_API, key: LIVEKIT_KEY, secret: LIVEKIT_SECRET }, wallClock) } : {}),
    link: linkedRooms(wallClock, (room) => roomAddressOf(db, keys, room as SessionId)),
  };
  const house: House = { db, hub, bus, keys, now: wallClock, log, delivery, rooms, environment, assets: readAssets(files), memberBySession: sessionKeeper(db, wallClock), endSession: sessionEnder(db, wallClock) };
  await bringLines(house);
  await eraseAllAgain(house);
  return {
    house,
    pool,
    url,
    boxes,
    files,
    async close() {
      hub.close();
      await stopRooms(rooms);
      await bus.close();
      await db.destroy();
      await embedded?.stop();
    },
  };
}

/** Before the first page is served: whoever erased herself after the backup that this database was restored from is erased here, too. */
export async function eraseAllAgain(house: House): Promise<void> {
  const { erasures, unread } = await readErasures(house);
  if (unread > 0) house.log.warn({ unread }, "lines of the list of erasures could not be read: cut off, or written under another MASTER_KEY");
  const of = (kind: "member" | "conversation") => erasures.filter((erasure) => erasure.kind === kind);
  const members = await forgetAgain(house, { forget: forgetMember }, of("member"));
  const conversations = await eraseAgain(house, of("conversation").map(({ id }) => id));
  if (members + conversations > 0) house.log.warn({ members, conversations }, "a restored backup had brought back what was erased; it is erased again");
}
