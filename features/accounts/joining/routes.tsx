import { randomUUID } from "node:crypto";
import { passphraseProblem } from "../../../platform/crypto/passphrase-rule.ts";
import { isToken } from "../../../platform/crypto/seal.ts";
import { keepChoice, sayShared } from "../../../platform/http/cookies.ts";
import { readForm, type Problems } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handed, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { offerPasskey, provedNew } from "../passkeys/commands.ts";
import { madeForm } from "../passkeys/forms.ts";
import { partyAt } from "../passkeys/routes.tsx";
import { enter, frame, from, wrong } from "../sign-in/routes.tsx";
import type { Again } from "../views/frame.tsx";
import { JoinOverPage, JoinPage } from "../views/join.tsx";
import { acceptInvitation, type Joining } from "./commands.ts";
import { detailsForm, joinForm, type JoinForm } from "./forms.ts";
import { invitedName } from "./queries.ts";

/** Accepting an invitation. */
export function joiningRoutes(room: Room): void {
  const { house } = room;
  const invitationAt = (c: Door): string => handed(c, "invitation") ?? "";
  const nameAt = (c: Door) => (isToken(invitationAt(c)) ? invitedName(house.db, invitationAt(c), house.now()) : Promise.resolve(undefined));
  const over = (c: Door) => show(c, <JoinOverPage at={frame(c, house, "/join")} />, 410);
  const page = (c: Door, name: string, again: Again = {}, status = 200) => show(c, <JoinPage at={frame(c, house)} name={name} zone={visitOf(c).zone ?? "UTC"} again={again} />, status);

  // The token leaves the address at once, and with it the browser's history.
  room.get("/join/:token", anyone, (c) => {
    const token = c.req.param("token");
    if (isToken(token)) handOn(c, "invitation", token, 60 * 60);
    return c.redirect("/join", 303);
  });

  room.get("/join", anyone, async (c) => {
    const name = await nameAt(c);
    return name === undefined ? over(c) : page(c, name);
  });

  room.post("/join/passkey/options", anyone, async (c) => {
    if ((await nameAt(c)) === undefined) return c.json({ over: true }, 410);
    const form = await readForm(c, detailsForm);
    if (!form.ok) return c.json({ problems: Object.keys(form.problems) }, 422);
    return c.json(await offerPasskey(house, partyAt(c, house), { ...form.value, id: randomUUID() as MemberId }, false));
  });

  room.post("/join", anyone, async (c) => {
    const name = await nameAt(c);
    if (name === undefined) return over(c);
    const form = await readForm(c, joinForm);
    if (!form.ok) return page(c, name, wrong(form), 422);
    const by = await wayChosen(c, house, form.value);
    if ("problems" in by) return page(c, name, { ...by, typed: form.typed }, 422);
    const joined = await acceptInvitation(house, invitationAt(c), { ...form.value, email: form.value.email, device: from(c, house, form.value.shared).device, by });
    if ("token" in joined) return welcome(c, house, joined.token, form.value);
    if (joined.refused === "invitationOver") return over(c);
    return page(c, name, { typed: form.typed, problems: { [joined.refused === "emailTaken" ? "email" : "signInName"]: joined.refused } }, 422);
  });
}

function welcome(c: Door, house: House, token: string, { language, shared }: JoinForm): Promise<Response> {
  sayShared(c, shared);
  keepChoice(c, "language", language);
  return enter(c, house, token, shared);
}

/** A passkey where the script brought one; otherwise the passphrase, judged. */
async function wayChosen(c: Door, house: House, form: JoinForm): Promise<Joining["by"] | { problems: Problems }> {
  if (form.passkey === "") {
    const problem = passphraseProblem(form.passphrase, [form.name, form.signInName]);
    return problem ? { problems: { passphrase: problem } } : { passphrase: form.passphrase };
  }
  const made = madeForm.safeParse({ challenge: form.challenge, passkey: form.passkey });
  const proved = made.success ? await provedNew(house, partyAt(c, house), made.data.challenge, made.data.passkey, undefined) : undefined;
  return proved && !("refused" in proved) ? { passkey: proved, memberId: form.challenge as MemberId } : { problems: { passphrase: "passkeyFailed" } };
}
