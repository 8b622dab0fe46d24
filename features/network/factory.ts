import { addMember, openSession } from "../accounts/commands.ts";
import { hashPassphrase } from "../../platform/crypto/passphrase.ts";
import { inTransaction } from "../../platform/db/transaction.ts";
import { buildApp, type App } from "../../platform/http/app.tsx";
import type { House } from "../../platform/http/house.ts";
import type { StaffRole } from "../../platform/http/scope.ts";
import { safetyRoom } from "../safety/routes.tsx";
import { NotHere, OurFault, TooLarge } from "../safety/apologies/routes.tsx";
import { networkRoom } from "./routes.tsx";
import type { Accounts } from "./set-up/types.ts";

/** The accounts as the program has them. */
export const realAccounts = (house: House): Accounts => ({
  createFirstCoordinator: async (act, { passphrase, ...person }) => addMember(house, act, { ...person, roles: [{ role: "coordinator" }], passphraseHash: await hashPassphrase(passphrase) }),
});

/** The front door with this room and the safety room behind it, for tests of their pages. */
export const networkApp = (house: House): App => buildApp(house, [networkRoom(house, realAccounts(house)), safetyRoom(house)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });

/** A network in Los Angeles' zone. */
export async function makeNetwork(house: House): Promise<void> {
  await house.db.insertInto("network").values({ name: "Lantern Street", host_organisation: "Lantern Street Family Network", country: "US", zone: "America/Los_Angeles", languages: ["en", "es"] }).execute();
}

/** A member with this role who took both steps of signing in; answers her session's cookie. */
export async function signedIn(house: House, role: StaffRole, signInName: string = role): Promise<string> {
  return inTransaction(house, async (act) => {
    const memberId = await addMember(house, act, { name: "Lucía", signInName, language: "en", zone: "America/Los_Angeles", roles: [{ role }] });
    const token = await openSession(house, act, { memberId, way: "passkey", device: "Test", twoStep: true });
    return `__Host-session=${token}`;
  });
}

/** What somebody types into the set-up page. */
export const setUpTyped = {
  networkName: "Lantern Street",
  hostOrganisation: "Lantern Street Family Network",
  country: "US",
  zone: "America/Los_Angeles",
  languages: "en",
  name: "Lucía",
  signInName: "Lucia",
  passphrase: "kettle pram window plant",
} as const;
