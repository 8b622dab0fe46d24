import { confirm } from "./features/accounts/account/commands.ts";
import { ownAccount } from "./features/accounts/account/queries.ts";
import { addMember, forgetMember, giveKeyAgain, openSession } from "./features/accounts/commands.ts";
import { deviceOf } from "./features/accounts/rules.ts";
import { beginSession, VisitOver } from "./features/accounts/sign-in/routes.tsx";
import { signInTries } from "./features/accounts/sign-in/commands.ts";
import { accountsRoom } from "./features/accounts/routes.tsx";
import { pictureForDesk } from "./features/community/pictures/queries.ts";
import { nameBehindPost, postForDesk } from "./features/community/posts/queries.ts";
import { communityRoom } from "./features/community/routes.tsx";
import { listingsForDesk } from "./features/directory/reports/queries.ts";
import { directoryRoom } from "./features/directory/routes.tsx";
import { notesForDesk } from "./features/groups/evening/reports/queries.ts";
import { groupsRoom } from "./features/groups/routes.tsx";
import { herConversation } from "./features/helpline/gates.ts";
import { concernsForDesk } from "./features/helpline/concerns/queries.ts";
import { helplineRoom } from "./features/helpline/routes.tsx";
import { networkRoom } from "./features/network/routes.tsx";
import { noticesInWords } from "./features/privacy/breaches/notices/queries.ts";
import { privacyRoom } from "./features/privacy/routes.tsx";
import { safetyRoom } from "./features/safety/routes.tsx";
import { LeftBehind, NotHere, OurFault, TooLarge } from "./features/safety/apologies/routes.tsx";
import { hashPassphrase } from "./platform/crypto/passphrase.ts";
import type { letterBox } from "./platform/delivery/email.ts";
import { lettersRoom } from "./platform/delivery/letters-room.tsx";
import type { pushBox } from "./platform/delivery/push.ts";
import type { smsBox } from "./platform/delivery/sms.ts";
import { buildApp, type App } from "./platform/http/app.tsx";
import { filesRoom } from "./platform/http/files.ts";
import { healthRoom } from "./platform/http/health.ts";
import type { House } from "./platform/http/house.ts";

type Extras = {
  /** The folder of the built scripts, styles and fonts. */
  readonly files?: URL;
  /** Where nothing leaves this machine: what would have, to look at. */
  readonly boxes?: { readonly email: ReturnType<typeof letterBox>; readonly push: ReturnType<typeof pushBox>; readonly sms: ReturnType<typeof smsBox> } | undefined;
};

/** The table of contents: one mount line a feature. */
export function createApp(house: House, { files, boxes }: Extras = {}): App {
  const tries = signInTries(house, "second-step");
  const rooms = [
    networkRoom(house, {
      createFirstCoordinator: async (act, { passphrase, ...person }) => addMember(house, act, { ...person, roles: [{ role: "coordinator" }], passphraseHash: await hashPassphrase(passphrase) }),
    }), // home, the doors, set-up, settings
    directoryRoom(house), // help near home that stays true
    groupsRoom(house), // support groups: what meets, seats, the evening
    communityRoom(house, {
      addPerson: async (act, { userAgent, shared, ...person }) => {
        const memberId = await addMember(house, act, { ...person, roles: [{ role: "member" }] });
        return { memberId, token: await openSession(house, act, { memberId, way: "passphrase", device: deviceOf(userAgent), shared }) };
      },
      giveKeyAgain: (act, { userAgent, ...member }) => giveKeyAgain(house, act, { ...member, device: deviceOf(userAgent) }),
      beginSession,
      confirm: (member, words) => confirm(house, tries, member, words),
      forget: forgetMember,
      accountOf: (member) => ownAccount(house, { member }, house.now()),
      toldOf: (scope, language) => noticesInWords(house, scope, language),
    }), // the forum
    safetyRoom(house, {
      subjects: { post: postForDesk },
      pictures: { post: pictureForDesk },
      nameBehind: { post: (db, _scope, id) => nameBehindPost(db, house.keys, id) },
      rooms: { concern: concernsForDesk, group: notesForDesk, listing: listingsForDesk },
    }), // help numbers of every country, leaving fast, offline; people on call; the one desk for forum, groups, concerns and listings
    privacyRoom(house, herConversation), // what is kept, for how long, and who may see it
    helplineRoom(house), // message a volunteer; the desk; the board
    accountsRoom(house, tries), // sign-in, invitations, roles, sessions
    healthRoom(house),
    ...(files ? [filesRoom(house, new URL("assets/", files))] : []),
    ...(boxes ? [lettersRoom(house, boxes)] : []),
  ];
  return buildApp(house, rooms, { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge, left: LeftBehind, over: VisitOver });
}
