import { readForm } from "../../../platform/http/form.ts";
import { settingUpAStep } from "../../../platform/http/member-gates.ts";
import { owesASecondStep, type Door, type Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce } from "../../../platform/http/step.ts";
import { safePath } from "../../../platform/http/visit.ts";
import { ownAccount } from "../account/queries.ts";
import { askPasskey } from "../passkeys/commands.ts";
import { signedForm } from "../passkeys/forms.ts";
import { partyAt, sayAndReturn } from "../passkeys/routes.tsx";
import type { SignInTries } from "../sign-in/commands.ts";
import { frame, keepSession, noteRefusal, refusal, wrong } from "../sign-in/routes.tsx";
import { AgainPage } from "../views/again.tsx";
import type { Again } from "../views/frame.tsx";
import { proveAgain, proveAgainByPasskey } from "./commands.ts";
import { againForm } from "./forms.ts";
import { proofsOf } from "./rules.ts";

/** Showing once more that it is she, before she changes how she signs in. */
export function againRoutes(room: Room, tries: SignInTries): void {
  const { house } = room;
  const proofs = async (scope: StaffScope) => proofsOf(await ownAccount(house, scope, house.now()), owesASecondStep(scope.member));
  const page = async (c: Door, scope: StaffScope, again: Again = {}, status = 200) => show(c, <AgainPage at={frame(c, house, "/account/again")} member={scope.member} proofs={await proofs(scope)} again={again} />, status);

  room.get("/account/again", settingUpAStep, (c, scope) => page(c, scope));

  room.post("/account/again", settingUpAStep, async (c, scope) => {
    const form = await readForm(c, againForm);
    if (!form.ok) return page(c, scope, wrong(form), 422);
    const proved = await proveAgain(house, tries, scope, await proofs(scope), form.value);
    if ("token" in proved) return goOn(c, proved.token);
    noteRefusal(house, "again", proved);
    const { again, status } = refusal(c, proved);
    return page(c, scope, again, status);
  });

  room.post("/account/again/passkey/options", settingUpAStep, async (c, { member }) => c.json(await askPasskey(house, partyAt(c, house), member.memberId)));

  room.post("/account/again/passkey", settingUpAStep, async (c, scope) => {
    const form = await readForm(c, signedForm);
    const proved = form.ok ? await proveAgainByPasskey(house, partyAt(c, house), scope, form.value) : undefined;
    if (proved && "token" in proved) return goOn(c, proved.token);
    noteRefusal(house, "again", { refused: "passkeyFailed" });
    const { again, status } = refusal(c, { refused: "passkeyFailed" });
    return page(c, scope, again, status);
  });
}

/** Back to the page that she wanted, or to her account, which says that she can go on. */
function goOn(c: Door, token: string): Response {
  keepSession(c, token);
  const back = safePath(handedOnce(c, "back") ?? "/account");
  return back === "/account" ? sayAndReturn(c, "againDone") : c.redirect(back, 303);
}
