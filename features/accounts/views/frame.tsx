import type { ComponentChildren } from "preact";
import { typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import type { SignedIn } from "../../../platform/http/scope.ts";
import type { Visit } from "../../../platform/http/visit.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Assets } from "../../../platform/ui/assets.ts";
import { Notice, Stack, Text, Title } from "../../../platform/ui/basics.tsx";
import { DeskMenu, type DeskPlace } from "../../../platform/ui/desk-menu.tsx";
import { Check, ErrorSummary } from "../../../platform/ui/fields.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import { lastDay } from "../people/rules.ts";
import { asKey, say } from "../words.ts";

/** What every page here is told: who looks, with which built files, and whether letters get anywhere. */
export type Frame = { readonly visit: Visit; readonly assets: Assets; readonly emails: boolean };

/** A form that came back: what was typed, and what is to be mended. */
export type Again = { readonly typed?: Typed | undefined; readonly problems?: Problems | undefined; /** A refusal that belongs to no field. */ readonly refused?: string | undefined };

export const words = (at: Frame) => say(at.visit.language);

/** The sentence under a field that is to be mended. */
export function problemOf(at: Frame, again: Again | undefined, field: string): string | undefined {
  const key = again?.problems?.[field];
  return key === undefined ? undefined : words(at)(asKey(key));
}

/** What is to be mended, above the form; or why the act was refused. */
export function Mend({ at, again }: { at: Frame; again: Again | undefined }) {
  const t = words(at);
  return (
    <>
      <ErrorSummary language={at.visit.language} problems={Object.entries(again?.problems ?? {}).map(([field, key]) => [field, t(asKey(key))] as const)} />
      {again?.refused ? (
        <Notice tone="attention">
          <Text>{again.refused}</Text>
        </Notice>
      ) : null}
    </>
  );
}

/** Beside each way in. */
export function OthersUseThis({ at, typed }: { at: Frame; typed?: Typed | undefined }) {
  const t = words(at);
  return <Check name="shared" label={t("shared")} hint={t("sharedHint")} checked={typedText(typed, "shared") === "yes"} />;
}

type Props = { at: Frame; title: string; children: ComponentChildren; passkeys?: boolean; /** Her visit on a device that others use has just ended. */ over?: boolean };

/** A page for who is not signed in. */
export const DoorPage = ({ at, title, children, passkeys, over = false }: Props) => (
  <Page visit={at.visit} assets={at.assets} title={title} over={over} {...(passkeys ? { scripts: ["passkey"] as const } : {})}>
    <Stack gap={24}>
      <Title>{title}</Title>
      {children}
    </Stack>
  </Page>
);

/** Not who has a place in the community and nothing else: her pages are a parent's. */
export const worksHere = ({ roles }: Pick<SignedIn, "roles">): boolean => !(roles.size === 1 && roles.has("member"));

/** A page for whoever is signed in; with the menu of those who work here. */
export const StaffPage = ({ at, title, children, passkeys, member, current }: Props & { member: SignedIn; current?: DeskPlace }) => (
  <Page
    visit={at.visit}
    assets={at.assets}
    title={title}
    wide
    {...(worksHere(member) ? { menu: <DeskMenu language={at.visit.language} roles={member.roles} {...(current ? { current } : {})} /> } : {})}
    {...(passkeys ? { scripts: ["passkey"] as const } : {})}
  >
    <Stack gap={24}>
      <Title>{title}</Title>
      {children}
    </Stack>
  </Page>
);

const locale: Record<Language, string> = { en: "en-US", es: "es-419" };

/** "Nov 30, 2026" */
export const dayText = (day: Temporal.PlainDate, language: Language): string => day.toLocaleString(locale[language], { year: "numeric", month: "short", day: "numeric" });

/** The day of an instant, in her zone. */
export const dayOf = (at: Instant, zone: string, language: Language): string => dayText(at.toZonedDateTimeISO(zone).toPlainDate(), language);

/** The last day of a role that ends at this instant. */
export const lastDayText = (expiresAt: Instant, zone: string, language: Language): string => dayText(lastDay(expiresAt, zone), language);

/** "Firefox on Android", in her language. */
export function deviceText(device: string, at: Frame): string {
  const t = words(at);
  const [browser = "?", system = "?"] = device.split(" on ");
  if (browser === "?" && system === "?") return t("deviceUnknown");
  return browser === "?" || system === "?" ? (browser === "?" ? system : browser) : t("device", { browser, system });
}
