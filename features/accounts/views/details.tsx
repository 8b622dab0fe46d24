import type { SignedIn } from "../../../platform/http/scope.ts";
import { languages, ownName } from "../../../platform/i18n/words.ts";
import { Button } from "../../../platform/ui/basics.tsx";
import { Choices, Field, Form, Select, type Choice } from "../../../platform/ui/fields.tsx";
import type { Account } from "../types.ts";
import { Narrow } from "../../../platform/ui/keys.tsx";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

const zones: readonly Choice[] = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => [zone, zone.replaceAll("_", " ")] as const);

export type KnownDetails = Partial<Pick<Account, "name" | "signInName" | "language" | "zone" | "email">>;

/** Name, sign-in name, language, zone and e-mail: on joining and on her account page alike. */
export function DetailFields({ at, again, known }: { at: Frame; again?: Again | undefined; known: KnownDetails }) {
  const t = words(at);
  const typed = again?.typed;
  return (
    <>
      <Field name="name" label={t("name")} hint={t("nameHint")} typed={typed} value={known.name} problem={problemOf(at, again, "name")} autocomplete="given-name" maxLength={60} />
      <Field name="signInName" label={t("signInName")} hint={t("signInNameHint")} typed={typed} value={known.signInName} problem={problemOf(at, again, "signInName")} autocomplete="username" maxLength={40} />
      <Choices name="language" label={t("language")} typed={typed} value={known.language} problem={problemOf(at, again, "language")} choices={languages.map((language) => [language, ownName[language]] as const)} />
      <Select name="zone" label={t("zone")} typed={typed} value={known.zone} problem={problemOf(at, again, "zone")} choices={zones} />
      <Field name="email" label={t("email")} hint={t("emailHint")} typed={typed} value={known.email} problem={problemOf(at, again, "email")} type="email" autocomplete="email" maxLength={200} />
    </>
  );
}

export function DetailsPage({ at, member, known, again }: { at: Frame; member: SignedIn; known: KnownDetails; again?: Again }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("yourDetails")} current="account">
      <Narrow>
      <Mend at={at} again={again} />
      <Form action="/account/details">
        <DetailFields at={at} again={again} known={known} />
        <Button>{t("save")}</Button>
      </Form>
      </Narrow>
    </StaffPage>
  );
}
