import { expect, it } from "vitest";
import { z } from "zod";
import type { Meeting, Session } from "../../types.ts";
import { aSeries, aSession } from "../factory.ts";
import { eventJsonLd } from "./rules.ts";

const moment = z.iso.datetime({ offset: true, local: false });
const schemaOrg = (...names: readonly string[]) => z.enum(names.map((name) => `https://schema.org/${name}`));
/** schema.org/Event (V29), and what search engines ask of an online one: developers.google.com/search/docs/appearance/structured-data/event. */
const event = z.strictObject({
  "@context": z.literal("https://schema.org"),
  "@type": z.literal("Event"),
  "@id": z.url(),
  name: z.string().min(1),
  description: z.string(),
  url: z.url(),
  startDate: moment,
  endDate: moment,
  previousStartDate: moment.optional(),
  eventStatus: schemaOrg("EventScheduled", "EventRescheduled", "EventCancelled"),
  eventAttendanceMode: schemaOrg("OnlineEventAttendanceMode"),
  location: z.strictObject({ "@type": z.literal("VirtualLocation"), url: z.url() }),
  organizer: z.strictObject({ "@type": z.literal("Organization"), name: z.string(), url: z.url() }),
  inLanguage: z.enum(["en", "es"]),
  isAccessibleForFree: z.literal(true),
  offers: z.strictObject({ "@type": z.literal("Offer"), price: z.literal(0), url: z.url(), availability: schemaOrg("InStock", "SoldOut") }),
  maximumVirtualAttendeeCapacity: z.number().int().positive(),
  remainingAttendeeCapacity: z.number().int().nonnegative(),
});

const series = aSeries({ about: "Bring tea.", room: "link" });
const said = (more: Partial<Session> = {}, free = 3, day = "2026-12-01", group = series) => {
  const meeting: Meeting = { series: group, session: aSession(group, day, more), count: { free, waiting: 0 } };
  return event.parse(eventJsonLd(meeting, "https://lantern.example", "Lantern Street"));
};

it("a meeting is an event online, free, with its page for a place and its zone's own time", () =>
  expect(said()).toMatchObject({
    name: "Pregnancy and after birth",
    startDate: "2026-12-01T19:00:00-08:00",
    endDate: "2026-12-01T20:30:00-08:00",
    eventStatus: "https://schema.org/EventScheduled",
    location: { url: `https://lantern.example/groups/${series.id}` },
    maximumVirtualAttendeeCapacity: 8,
    remainingAttendeeCapacity: 3,
    offers: { availability: "https://schema.org/InStock" },
  }));

it("one that was moved says from when", () => {
  const starts = Temporal.Instant.from("2026-12-03T18:30:00Z");
  expect(said({ starts, ends: starts.add({ minutes: 90 }), moved: true })).toMatchObject({ eventStatus: "https://schema.org/EventRescheduled", previousStartDate: "2026-12-01T19:00:00-08:00", startDate: "2026-12-03T10:30:00-08:00" });
});

it("one that was cancelled has no seat left", () => expect(said({ cancelledAt: series.proposedAt })).toMatchObject({ eventStatus: "https://schema.org/EventCancelled", remainingAttendeeCapacity: 0, offers: { availability: "https://schema.org/SoldOut" } }));

it("one that is full says so", () => expect(said({}, 0).offers.availability).toBe("https://schema.org/SoldOut"));

it("an hour that the clocks skip is no new date", () => {
  const night = aSeries({ plan: { zone: "America/New_York", at: Temporal.PlainTime.from("02:30"), rhythm: { every: "weeks", weeks: 1, days: ["SU"] } } });
  const event = said({}, 1, "2027-03-14", night);
  expect([event.startDate, event.eventStatus, event.previousStartDate]).toEqual(["2027-03-14T03:30:00-04:00", "https://schema.org/EventScheduled", undefined]);
});
