import type { Visit } from "../../../../platform/http/visit.ts";
import { clockTime, type Instant } from "../../../../platform/time/time.ts";
import { MeetingCard } from "../../../../platform/ui/meetings.tsx";
import type { Meeting, SeatCount } from "../../types.ts";
import { say } from "../../words.ts";
import { hasBegun } from "../../seats/rules.ts";
import { untilInWords } from "../../series/in-words/rules.ts";

/** Whether there is room, in words. */
export function roomWords({ free, waiting }: SeatCount, language: Visit["language"]): { readonly words: string; readonly free: boolean } {
  const t = say(language);
  if (free > waiting) return { words: t("free", { n: free - waiting }), free: true };
  return { words: waiting === 0 ? t("full") : t("fullWaiting", { n: waiting }), free: false };
}

/** What is unlike the other meetings of its group. */
export function noticeOf({ session }: Meeting, zone: string, language: Visit["language"]): string | undefined {
  const t = say(language);
  if (session.cancelledAt) return t("cancelledNotice");
  if (session.shifted) return t("shiftedNotice", { time: clockTime(session.starts, zone, language) });
  return session.moved ? t("movedNotice") : undefined;
}

type Props = { visit: Visit; meeting: Meeting; zone: string; now: Instant; /** Where its name is known already, its day is said in its place. */ day?: string };

/** One meeting in a list. */
export function MeetingLine({ visit: { language }, meeting, zone, now, day }: Props) {
  const t = say(language);
  const { series, session, count } = meeting;
  const room = roomWords(count, language);
  const shut = session.cancelledAt !== undefined || hasBegun(session, now);
  return (
    <MeetingCard
      id={session.id}
      time={clockTime(session.starts, zone, language)}
      until={untilInWords(now, session.starts, language)}
      name={day ?? series.kind.name[language]}
      href={day ? `/groups/meetings/${session.id}` : `/groups/${series.id}`}
      facts={day ? [] : [`${t(`in_${series.language}`)} · ${t("minutesLong", { minutes: series.plan.minutes })} · ${t(`camera_${series.camera}`)}`]}
      room={shut ? { words: "", free: false } : room}
      notice={noticeOf(meeting, zone, language)}
      act={shut ? undefined : { href: `/groups/meetings/${session.id}`, label: t(room.free ? "save" : "wait") }}
    />
  );
}
