import type { Notify } from "../../../../platform/delivery/notify.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { staffNow } from "../../../accounts/queries.ts";
import type { SeriesId, SessionId } from "../../types.ts";
import { say } from "../../words.ts";
import { facilitatorsNow, leadingOf } from "../queries.ts";

/** A proposal waits, it was answered, a group ends, or somebody is wanted for a meeting. `by`: who did it, and knows. */
export type Asked = { readonly by: MemberId } & ({ readonly what: "proposed" | "answered" | "ended"; readonly id: SeriesId } | { readonly what: "cover"; readonly id: SessionId });

/** Who should know: who says yes to groups; who proposed one and would lead it, or leads it; who is trained and does not lead that meeting anyway, or, where that is nobody, the coordinators. */
async function concerned(house: House, asked: Asked): Promise<MemberId[]> {
  const now = house.now();
  const staff = await staffNow(house.db, now);
  const coordinators = staff.filter(({ roles }) => roles.includes("coordinator")).map(({ id }) => id);
  if (asked.what === "proposed") return coordinators;
  if (asked.what === "cover") {
    const { leaders = [], absent = [] } = (await leadingOf(house.db, [asked.id])).get(asked.id) ?? {};
    const has = new Set([...leaders, ...absent].map(({ id }) => id));
    const free = (await facilitatorsNow(house.db, now)).filter(({ id, trainedOn }) => trainedOn && !has.has(id)).map(({ id }) => id);
    return free.length > 0 ? free : coordinators;
  }
  const [series, pair] = await Promise.all([
    house.db.selectFrom("series").select("proposed_by").where("id", "=", asked.id).executeTakeFirst(),
    house.db.selectFrom("series_facilitators").select("member_id").where("series_id", "=", asked.id).where("until", "is", null).execute(),
  ]);
  const named = new Set([series?.proposed_by, ...pair.map(({ member_id }) => member_id)]);
  return staff.filter(({ id }) => named.has(id)).map(({ id }) => id);
}

/** Tells them that something waits for them, and nothing of what. */
export async function tellStaff(house: House, notify: Notify, asked: Asked): Promise<void> {
  const call = (language: Language) => ({ title: say(language)(`staff_${asked.what}`), body: say(language)("staffBody") });
  const path = asked.what === "cover" ? "/evenings" : `/evenings/series/${asked.id}`;
  await notify((await concerned(house, asked)).filter((id) => id !== asked.by), { en: call("en"), es: call("es"), path });
}
