import { keepChoice } from "../../../platform/http/cookies.ts";
import { readForm } from "../../../platform/http/form.ts";
import { anyMember, askAgain, freshly, isFresh } from "../../../platform/http/member-gates.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { SessionId, StaffScope } from "../../../platform/http/scope.ts";
import { passphraseProblem } from "../../../platform/crypto/passphrase-rule.ts";
import { isId } from "../../../platform/http/ids.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { detailsForm } from "../joining/forms.ts";
import { sayAndReturn } from "../passkeys/routes.tsx";
import type { SignInTries } from "../sign-in/commands.ts";
import { frame, refusal, wrong } from "../sign-in/routes.tsx";
import { keepPhone } from "../texts/commands.ts";
import { phoneForm } from "../texts/forms.ts";
import { AccountPage } from "../views/account.tsx";
import { DetailsPage } from "../views/details.tsx";
import { worksHere, type Again } from "../views/frame.tsx";
import { PassphrasePage } from "../views/passphrase.tsx";
import { changeDetails, changePassphrase, endOtherSessions, endSession } from "./commands.ts";
import { passphraseForm } from "./forms.ts";
import { ownAccount } from "./queries.ts";

/** A member's own account. */
export function accountRoutes(room: Room, tries: SignInTries): void {
  const { house } = room;

  const page = async (c: Door, scope: StaffScope, again?: Again) => {
    const account = await ownAccount(house, scope, house.now());
    return show(c, <AccountPage at={frame(c, house, "/account")} account={account} member={scope.member} said={handedOnce(c, "said")} texts={house.delivery.sms.canSend} again={again} />, again ? 422 : 200);
  };

  room.get("/account", anyMember, (c, scope) => page(c, scope));

  room.post("/account/phone", anyMember, async (c, scope) => {
    if (!worksHere(scope.member)) return c.notFound();
    const form = await readForm(c, phoneForm(visitOf(c).country));
    if (!form.ok) return page(c, scope, wrong(form));
    await keepPhone(house, scope.member, form.value.phone || undefined);
    return sayAndReturn(c, "saved");
  });

  room.get("/account/details", freshly(anyMember), async (c, scope) => {
    const known = await ownAccount(house, scope, house.now());
    return show(c, <DetailsPage at={frame(c, house)} member={scope.member} known={known} />);
  });

  room.post("/account/details", freshly(anyMember), async (c, scope) => {
    const form = await readForm(c, detailsForm);
    if (!form.ok) return show(c, <DetailsPage at={frame(c, house)} member={scope.member} known={{}} again={wrong(form)} />, 422);
    const done = await changeDetails(house, scope, { ...form.value, email: form.value.email });
    if ("refused" in done) {
      const problems = { [done.refused === "emailTaken" ? "email" : "signInName"]: done.refused };
      return show(c, <DetailsPage at={frame(c, house)} member={scope.member} known={{}} again={{ typed: form.typed, problems }} />, 422);
    }
    keepChoice(c, "language", form.value.language);
    return sayAndReturn(c, "saved");
  });

  room.get("/account/passphrase", anyMember, async (c, scope) => {
    const { hasPassphrase } = await ownAccount(house, scope, house.now());
    if (!hasPassphrase && !isFresh(scope.member, house.now())) return askAgain(c);
    return show(c, <PassphrasePage at={frame(c, house)} member={scope.member} hasOne={hasPassphrase} />);
  });

  room.post("/account/passphrase", anyMember, async (c, scope) => {
    const form = await readForm(c, passphraseForm);
    const { hasPassphrase, name, signInName } = await ownAccount(house, scope, house.now());
    if (!hasPassphrase && !isFresh(scope.member, house.now())) return askAgain(c);
    const page = (again: Parameters<typeof PassphrasePage>[0]["again"], status: number) => show(c, <PassphrasePage at={frame(c, house)} member={scope.member} hasOne={hasPassphrase} {...(again ? { again } : {})} />, status);
    if (!form.ok) return page(wrong(form), 422);
    const problem = passphraseProblem(form.value.passphrase, [name, signInName]);
    if (problem) return page({ problems: { passphrase: problem } }, 422);
    const done = await changePassphrase(house, tries, scope, form.value);
    if ("changed" in done) return sayAndReturn(c, "saved");
    if (done.refused === "presentWrong") return page({ problems: { now: "presentWrong" } }, 422);
    const { again, status } = refusal(c, done);
    return page(again, status);
  });

  room.post("/account/sessions/end-others", freshly(anyMember), async (c, scope) => {
    await endOtherSessions(house, scope);
    return sayAndReturn(c, "saved");
  });

  room.post("/account/sessions/:id/end", freshly(anyMember), async (c, scope) => {
    const id = c.req.param("id");
    if (!isId(id)) return c.notFound();
    await endSession(house, scope, id as SessionId);
    return sayAndReturn(c, "saved");
  });
}
