import type { ComponentChildren } from "preact";
import type { SignedIn } from "../http/scope.ts";
import type { Visit } from "../http/visit.ts";
import type { Assets } from "./assets.ts";
import { DeskMenu, type DeskPlace } from "./desk-menu.tsx";
import { Page, type PageProps } from "./page.tsx";

/** What every page of the staff is shown with: who looks, and the zone that she lives in. */
export type Staffed = { readonly visit: Visit; readonly assets: Assets; readonly member: SignedIn };

type StaffPageProps = { staffed: Staffed; title: string; current: DeskPlace; scripts?: PageProps["scripts"]; refresh?: number; children: ComponentChildren };

/** A page of the staff: wide, with the desk's menu. */
export const StaffPage = ({ staffed: { visit, assets, member }, title, current, scripts, refresh, children }: StaffPageProps) => (
  <Page
    wide
    visit={visit}
    assets={assets}
    title={title}
    menu={<DeskMenu language={visit.language} roles={member.roles} current={current} />}
    {...(scripts ? { scripts } : {})}
    {...(refresh === undefined ? {} : { refresh })}
  >
    {children}
  </Page>
);
