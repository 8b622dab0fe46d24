import type { House } from "../../../platform/http/house.ts";
import { moderatorScope, type ModeratorScope, type SignedIn, type SignedInRole } from "../../../platform/http/scope.ts";
import { fragment } from "../../../platform/http/show.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { frame, type Refresh } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import type { DeskPorts } from "../types.ts";
import { topicsOf } from "./care/queries.ts";
import { deskNow } from "./queries.ts";
import { QueueNow } from "./views/queue.tsx";

/** Who looks at the desk. */
type Lens = { readonly language: Language; readonly member: Omit<SignedIn, "roles"> & { readonly roles: readonly SignedInRole[] } };

export const deskLens = ({ member }: ModeratorScope, language: Language): string => JSON.stringify({ language, member: { ...member, roles: [...member.roles] } } satisfies Lens);

/** What waits, for every open desk: each sees the kinds that her roles act on, and not what she leaves to others. */
export const deskRefresh =
  (house: House, ports: DeskPorts): Refresh =>
  async (_topic, streams) => {
    const now = house.now();
    for (const stream of streams) {
      const { language, member } = JSON.parse(stream.lens) as Lens;
      const scope = moderatorScope({ ...member, roles: new Set(member.roles) });
      const [waiting, topics] = [await deskNow(house.db, house.keys, ports, scope, language, now), await topicsOf(house.db, scope.member.memberId)];
      stream.send(frame(fragment(<StreamAct action="replace" target="desk-now"><QueueNow looking={{ language, member: scope.member }} {...{ waiting, topics, now }} /></StreamAct>)));
    }
  };
