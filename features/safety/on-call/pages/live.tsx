import type { House } from "../../../../platform/http/house.ts";
import { staffScope, type SignedIn, type SignedInRole, type StaffScope } from "../../../../platform/http/scope.ts";
import { fragment } from "../../../../platform/http/show.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { frame, type Refresh } from "../../../../platform/live/hub.ts";
import { StreamAct } from "../../../../platform/ui/live.tsx";
import type { PageId } from "../types.ts";
import { pageFor, pagesFor } from "./queries.ts";
import { PagesNow } from "./views/list.tsx";
import { Steps } from "./views/steps.tsx";
import { Who } from "./views/who.tsx";

/** Who looks at the list, or at one page. */
type Lens = { readonly page: PageId | undefined; readonly language: Language; readonly member: Omit<SignedIn, "roles"> & { readonly roles: readonly SignedInRole[] } };

export const lensOf = ({ member }: StaffScope, language: Language, page?: PageId): string => JSON.stringify({ page, language, member: { ...member, roles: [...member.roles] } } satisfies Lens);

/** Brings every open list and page up to date, each as the one who looks may see it. */
export const pagesRefresh =
  (house: House): Refresh =>
  async (_topic, streams) => {
    for (const stream of streams) {
      const { page, language, member } = JSON.parse(stream.lens) as Lens;
      const scope = staffScope({ ...member, roles: new Set(member.roles) });
      const staffed = { visit: { language }, member: scope.member };
      const sheet = page ? await pageFor(house.db, scope, page) : undefined;
      const parts = sheet ? ([["page-who", <Who {...{ staffed }} page={sheet} />], ["page-steps", <Steps {...{ staffed }} page={sheet} />]] as const) : page ? [] : ([["pages-now", <PagesNow {...{ staffed }} {...await pagesFor(house.db, scope)} />]] as const);
      for (const [target, part] of parts) stream.send(frame(fragment(<StreamAct action="replace" target={target}>{part}</StreamAct>)));
    }
  };
