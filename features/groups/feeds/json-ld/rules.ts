import { startOf } from "../../calendar/rules.ts";
import type { Meeting } from "../../types.ts";

export type EventJsonLd = Readonly<Record<string, unknown>>;

/**
 * One meeting as a schema.org Event, for `linkedData` of the page that shows it (platform/ui/page.tsx escapes it).
 * Where it is, is its public page: never a room. `base`: our address; `organizer`: the network's name.
 */
export function eventJsonLd({ series, session, count }: Meeting, base: string, organizer: string): EventJsonLd {
  const { plan, kind, language } = series;
  const page = `${base}/groups/${series.id}`;
  const when = (at: Temporal.Instant) => at.toZonedDateTimeISO(plan.zone).toString({ timeZoneName: "never", smallestUnit: "second" });
  const first = startOf(session.day, plan.at, plan.zone).starts;
  // As its plan names the day; an hour later in the night of the change is no other date.
  const isElsewhere = session.moved && !first.equals(session.starts);
  const status = session.cancelledAt ? "EventCancelled" : isElsewhere ? "EventRescheduled" : "EventScheduled";
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": `${page}#${session.day.toString()}`,
    name: kind.name[language],
    description: [kind.who[language], series.about].filter(Boolean).join("\n\n"),
    url: page,
    startDate: when(session.starts),
    endDate: when(session.ends),
    ...(isElsewhere ? { previousStartDate: when(first) } : {}),
    eventStatus: `https://schema.org/${status}`,
    eventAttendanceMode: "https://schema.org/OnlineEventAttendanceMode",
    location: { "@type": "VirtualLocation", url: page },
    organizer: { "@type": "Organization", name: organizer, url: base },
    inLanguage: language,
    isAccessibleForFree: true,
    // Nothing is nothing in every currency, so none is named.
    offers: { "@type": "Offer", price: 0, url: page, availability: `https://schema.org/${count.free > 0 && !session.cancelledAt ? "InStock" : "SoldOut"}` },
    maximumVirtualAttendeeCapacity: session.seats,
    remainingAttendeeCapacity: session.cancelledAt ? 0 : count.free,
  };
}
