import type { Instant } from "../../../../platform/time/time.ts";
import { meetingsOf } from "../../calendar/rules.ts";
import { weekdays, type Series, type Weekday } from "../../types.ts";

/** One weekday of one weekly group, in the words of the Meeting Guide API (github.com/code4recovery/spec). */
export type GuideMeeting = {
  readonly name: string;
  readonly slug: string;
  /** 0 is Sunday. */
  readonly day: number;
  readonly time: string;
  readonly end_time: string;
  readonly timezone: string;
  /** Its list of types is that of another fellowship: of ours only the language is one, so that nothing else is claimed. */
  readonly types: readonly string[];
  readonly conference_url: string;
  readonly conference_url_notes: string;
  readonly url: string;
  readonly notes?: string;
  readonly entity?: string;
  readonly entity_website_url?: string;
};

const languageTypes = { en: "EN", es: "S" } as const;
/** Lists cut a name that is longer than this off, and refuse a slug that is. */
const longestName = 64;

export type Guide = { readonly base: string; readonly entity: string | undefined; readonly now: Instant; readonly howToCome: (series: Series) => string };

/** The weekly groups that meet in the seven days to come, or would if that day were not skipped: the API knows no other rhythm. Never where a room is. */
export function guideOf(groups: readonly Series[], guide: Guide): GuideMeeting[] {
  return groups.flatMap((series) => daysNow(series, guide.now).map((weekday) => entryOf(series, weekday, guide)));
}

/** Its weekdays, as long as its plan has begun and is not over. */
function daysNow({ plan }: Series, now: Instant): Weekday[] {
  const { rhythm, skipped: _skipped, moved: _moved, ...rest } = plan;
  if (rhythm.every !== "weeks" || rhythm.weeks !== 1) return [];
  const met = meetingsOf({ ...rest, rhythm }, now, now.toZonedDateTimeISO(plan.zone).add({ days: 7 }).toInstant()).map(({ day }) => weekdays[day.dayOfWeek - 1]);
  return weekdays.filter((weekday) => met.includes(weekday));
}

function entryOf(series: Series, weekday: Weekday, { base, entity, howToCome }: Guide): GuideMeeting {
  const { id, kind, language, about, plan } = series;
  const page = `${base}/groups/${id}`;
  const clock = (time: Temporal.PlainTime) => time.toString({ smallestUnit: "minute" });
  return {
    name: kind.name[language].slice(0, longestName),
    slug: `${kind.id.slice(0, 24)}-${id}-${weekday.toLowerCase()}`,
    day: (weekdays.indexOf(weekday) + 1) % 7,
    time: clock(plan.at),
    end_time: clock(plan.at.add({ minutes: plan.minutes })),
    timezone: plan.zone,
    types: [languageTypes[language]],
    // The API would have an address that opens the room. Ours opens the page on which a seat is saved: a room's address is nobody's to publish.
    conference_url: page,
    conference_url_notes: howToCome(series),
    url: page,
    ...(about ? { notes: about } : {}),
    ...(entity ? { entity, entity_website_url: base } : {}),
  };
}
