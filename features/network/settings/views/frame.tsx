import type { ComponentChildren } from "preact";
import type { SignedInRole } from "../../../../platform/http/scope.ts";
import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Stack, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Parts } from "../../../../platform/ui/parts.tsx";
import type { Network } from "../../types.ts";
import { mend } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";

export type SettingsProps = { visit: Visit; assets: Assets; roles: ReadonlySet<SignedInRole>; network: Network; typed?: Typed; problems?: Problems; refused?: "spanTwice" };
export type Part = "settingsNetwork" | "settingsHours" | "settingsRetention" | "settingsPrivacy";

const parts = [
  ["settingsNetwork", "/settings"],
  ["settingsHours", "/settings/hours"],
  ["settingsRetention", "/settings/retention"],
  ["settingsPrivacy", "/settings/privacy"],
] as const;

/** What every settings page has: the desk's menu, the parts beside each other, what is to be mended. */
export function Frame({ visit, assets, roles, problems = {}, part, children }: SettingsProps & { part: Part; children: ComponentChildren }) {
  const t = say(visit.language);
  const problem = mend(visit.language, problems);
  return (
    <Page visit={visit} assets={assets} title={t(part)} wide menu={<DeskMenu language={visit.language} roles={roles} current="settings" />}>
      <Stack gap={24}>
        <Parts label={t("settingsNav")} parts={parts.map(([key, href]) => ({ href, label: t(key), current: key === part }))} />
        <Title>{t(part)}</Title>
        <ErrorSummary language={visit.language} problems={Object.keys(problems).map((field) => [field, problem(field) ?? ""] as const)} />
        {children}
      </Stack>
    </Page>
  );
}
