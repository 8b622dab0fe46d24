import { Lead, Link, Text } from "../../../platform/ui/basics.tsx";
import { DoorPage, words, type Frame } from "./frame.tsx";

/** A visit on a device that others use has ended, by her hand or by itself. */
export function VisitOverPage({ at }: { at: Frame }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("overTitle")} over>
      <Lead>{t("overLead")}</Lead>
      <Text>{t("overIdle")}</Text>
      <Text>{t("overWindow")}</Text>
      <Text>
        <Link href="/sign-in">{t("signInAgain")}</Link>
      </Text>
    </DoorPage>
  );
}
