import { isShared } from "../../../platform/http/cookies.ts";
import { readForm } from "../../../platform/http/form.ts";
import { anyMember, freshly, settingUpAStep, takingAStep } from "../../../platform/http/member-gates.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce } from "../../../platform/http/step.ts";
import { handOverCodes, sayAndReturn } from "../passkeys/routes.tsx";
import type { SignInTries } from "../sign-in/commands.ts";
import { codeForm } from "../sign-in/forms.ts";
import { enter, frame, keepSession, noteRefusal, refusal } from "../sign-in/routes.tsx";
import type { Again } from "../views/frame.tsx";
import { SecondStepPage } from "../views/second-step.tsx";
import { CodesPage, SetUpAppPage, SetUpStepPage } from "../views/set-up-step.tsx";
import { confirmApp, makeRecoveryCodes, offerApp, offeredSecret, removeApp, takeStepByCode } from "./commands.ts";
import { appForm } from "./forms.ts";
import { appLink } from "./rules.ts";

/** The second step: taking it, setting it up, and the codes for a lost phone. */
export function secondStepRoutes(room: Room, tries: SignInTries): void {
  const { house } = room;

  room.get("/sign-in/second-step", takingAStep, (c) => show(c, <SecondStepPage at={frame(c, house)} />));

  room.post("/sign-in/second-step", takingAStep, async (c, scope) => {
    const form = await readForm(c, codeForm);
    const taken = await takeStepByCode(house, tries, scope, form.ok ? form.value.code : "");
    if ("token" in taken) return enter(c, house, taken.token, isShared(c));
    noteRefusal(house, "second_step", taken);
    const { again, status } = refusal(c, taken);
    return show(c, <SecondStepPage at={frame(c, house)} again={again} />, status);
  });

  room.get("/account/second-step", settingUpAStep, (c, { member }) => show(c, <SetUpStepPage at={frame(c, house)} member={member} />));

  const appPage = async (c: Door, scope: StaffScope, offer: { secret: string; sealed: string }, again: Again = {}, status = 200) => {
    const link = appLink(offer.secret, scope.member.name, "Small Hours");
    return show(c, <SetUpAppPage at={frame(c, house)} member={scope.member} {...offer} link={link} again={again} />, status);
  };

  room.get("/account/second-step/app", freshly(settingUpAStep), async (c, scope) => appPage(c, scope, await offerApp(house, scope)));

  room.post("/account/second-step/app", freshly(settingUpAStep), async (c, scope) => {
    const form = await readForm(c, appForm);
    const secret = form.ok ? await offeredSecret(house, scope, form.value.sealed) : undefined;
    if (!form.ok || secret === undefined) return c.redirect("/account/second-step/app", 303);
    const set = await confirmApp(house, tries, scope, secret, form.value.code);
    if ("refused" in set) {
      const { again, status } = refusal(c, set);
      return appPage(c, scope, { secret, sealed: form.value.sealed }, again, status);
    }
    keepSession(c, set.token);
    return set.codes.length > 0 ? handOverCodes(c, set.codes) : sayAndReturn(c, "saved");
  });

  room.post("/account/second-step/app/remove", freshly(anyMember), async (c, scope) => {
    const done = await removeApp(house, scope);
    return sayAndReturn(c, "refused" in done ? done.refused : "saved");
  });

  room.post("/account/codes", freshly(anyMember), async (c, scope) => handOverCodes(c, await makeRecoveryCodes(house, scope)));

  room.get("/account/codes", anyMember, (c, { member }) => show(c, <CodesPage at={frame(c, house)} member={member} codes={handedOnce(c, "codes")?.split(" ") ?? []} />));
}
