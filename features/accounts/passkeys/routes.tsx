import { countTries } from "../../../platform/db/tries.ts";
import { isShared } from "../../../platform/http/cookies.ts";
import { readForm } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { anyMember, freshly, settingUpAStep, takingAStep } from "../../../platform/http/member-gates.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handOn } from "../../../platform/http/step.ts";
import { ownAccount } from "../account/queries.ts";
import { firstPage } from "../rules.ts";
import { enter, frame, from, keepSession, noteRefusal, refusal } from "../sign-in/routes.tsx";
import { SecondStepPage } from "../views/second-step.tsx";
import { SignInPage } from "../views/sign-in.tsx";
import { addPasskey, askPasskey, offerPasskey, removePasskey, signInByPasskey, takeStepByPasskey } from "./commands.ts";
import { newPasskeyForm, removePasskeyForm, signedForm } from "./forms.ts";
import { relyingPartyOf, type RelyingParty } from "./rules.ts";

export const partyAt = (c: Door, { environment }: House): RelyingParty => relyingPartyOf(environment.PUBLIC_URL, c.req.header("host"));

/** Passkeys: signing in, the second step, adding and removing. Each has one address that a script asks for options. */
export function passkeyRoutes(room: Room): void {
  const { house } = room;
  const asked = countTries(house.db, { name: "passkey/place", tries: 60, seconds: 15 * 60 });

  room.post("/sign-in/passkey/options", anyone, async (c) => {
    const seconds = await asked.take(house.keys.fingerprint("sign-in-try", from(c, house, false).prefix));
    if (seconds > 0) return c.json({ wait: seconds }, 429);
    return c.json(await askPasskey(house, partyAt(c, house)));
  });

  room.post("/sign-in/passkey", anyone, async (c) => {
    const form = await readForm(c, signedForm);
    const entered = form.ok ? await signInByPasskey(house, partyAt(c, house), form.value, from(c, house, form.value.shared)) : undefined;
    if (form.ok && entered && "token" in entered) return enter(c, house, entered.token, form.value.shared);
    noteRefusal(house, "passkey", { refused: "passkeyFailed" });
    const { again, status } = refusal(c, { refused: "passkeyFailed" });
    return show(c, <SignInPage at={frame(c, house, "/sign-in")} again={again} />, status);
  });

  room.post("/sign-in/second-step/passkey/options", takingAStep, async (c, { member }) => c.json(await askPasskey(house, partyAt(c, house), member.memberId)));

  room.post("/sign-in/second-step/passkey", takingAStep, async (c, scope) => {
    const form = await readForm(c, signedForm);
    const taken = form.ok ? await takeStepByPasskey(house, partyAt(c, house), scope, form.value) : undefined;
    if (taken && "token" in taken) return enter(c, house, taken.token, isShared(c));
    noteRefusal(house, "second_step", { refused: "passkeyFailed" });
    const { again, status } = refusal(c, { refused: "passkeyFailed" });
    return show(c, <SecondStepPage at={frame(c, house, "/sign-in/second-step")} again={again} />, status);
  });

  // The script posts its form then, and the page that answers asks.
  room.post("/account/passkeys/options", freshly(settingUpAStep, (c) => c.json({ again: true }, 422)), async (c, scope) => {
    const { memberId, name, signInName } = await ownAccount(house, scope, house.now());
    return c.json(await offerPasskey(house, partyAt(c, house), { id: memberId, name, signInName }, true));
  });

  room.post("/account/passkeys", freshly(settingUpAStep), async (c, scope) => {
    const form = await readForm(c, newPasskeyForm);
    const given = form.ok ? { ...form.value, name: form.value.name || from(c, house, scope.member.shared).device } : undefined;
    const set = given && (await addPasskey(house, partyAt(c, house), scope, given));
    if (!set || "refused" in set) return sayAndReturn(c, "passkeyFailed");
    keepSession(c, set.token);
    if (set.codes.length > 0) return handOverCodes(c, set.codes);
    return scope.member.twoStep ? sayAndReturn(c, "saved") : c.redirect(firstPage(scope.member), 303);
  });

  room.post("/account/passkeys/remove", freshly(anyMember), async (c, scope) => {
    const form = await readForm(c, removePasskeyForm);
    const done = form.ok ? await removePasskey(house, scope, form.value.id) : undefined;
    return sayAndReturn(c, done && "refused" in done ? done.refused : "saved");
  });
}

/** Back to the account page, which says this once. */
export function sayAndReturn(c: Door, key: string): Response {
  handOn(c, "said", key);
  return c.redirect("/account", 303);
}

/** To the page that shows new recovery codes, once. */
export function handOverCodes(c: Door, codes: readonly string[]): Response {
  handOn(c, "codes", codes.join(" "));
  return c.redirect("/account/codes", 303);
}
