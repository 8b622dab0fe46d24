import type { SignedIn } from "../../../../../platform/http/scope.ts";
import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Row, Soft, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import type { CaseId } from "../../../types.ts";
import { say } from "../../words.ts";
import { mayJoin } from "../rules.ts";
import type { Pairing } from "../types.ts";

type Props = { readonly language: Language; readonly member: Pick<SignedIn, "memberId">; readonly id: CaseId; /** Who has it now; nobody is shown to sit with somebody who went away. */ readonly holder: string | undefined; readonly pairing: Pairing | undefined };

/** Who sits with whom; and for a colleague the way to join, or to say that she can't. Said plainly, too: that nobody could be asked. */
export function SitsWith({ language, member: { memberId }, id, holder, pairing }: Props) {
  if (!pairing || pairing.with.memberId !== holder) return null;
  const t = say(language);
  const { with: first, joined, asking } = pairing;
  const mine = joined?.memberId === memberId;
  const asked = asking?.memberId === memberId;
  const joins = !joined && mayJoin({ withMember: first.memberId, joinedBy: undefined }, memberId) === undefined;
  return (
    <>
      {joined ? <Text>{t("sitTogether", { name: first.name, other: joined.name })}</Text> : asked ? <Strong>{t("sitAsksYou", { name: first.name })}</Strong> : asking ? <Text>{t("sitAsking", { name: asking.name })}</Text> : <Soft>{t("sitNobody")}</Soft>}
      {joins || mine ? (
        <Row>
          {joins ? (
            <ActForm action={`/safety/cases/${id}/sit`}>
              <Button tone={asked ? "primary" : "plain"}>{t("sitJoin", { name: first.name })}</Button>
            </ActForm>
          ) : null}
          {asked || mine ? (
            <ActForm action={`/safety/cases/${id}/cannot-sit`}>
              <Button tone="quiet">{t(mine ? "sitLeave" : "sitCannot")}</Button>
            </ActForm>
          ) : null}
        </Row>
      ) : null}
    </>
  );
}
