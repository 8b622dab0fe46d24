import type { DB } from "../../platform/db/tables.ts";
import { classIds, type ClassId, type DataClass } from "./types.ts";

/**
 * What each class is: the one table from which the health-data page, the access report, the register of processing (GDPR, art. 30) and the
 * record of a breach are made. Whatever is about a parent counts as health data here: that somebody is in this place says something about her
 * health (FTC, BetterHelp 2023; Washington, RCW 19.373.010).
 */
export const dataClasses: Readonly<Record<ClassId, DataClass>> = {
  conversations: { about: "you", from: "both", basis: "consent", receivers: ["volunteers", "supervisors"], sealed: true },
  callBacks: { about: "you", from: "you", basis: "consent", receivers: ["volunteers", "supervisors", "coordinators", "carriers"], sealed: true },
  concerns: { about: "you", from: "both", basis: "vital", receivers: ["volunteers", "supervisors"], sealed: true },
  seats: { about: "you", from: "you", basis: "consent", receivers: ["facilitators", "carriers"], sealed: true },
  evenings: { about: "you", from: "you", basis: "consent", receivers: ["group", "facilitators"], sealed: true },
  account: { about: "you", from: "you", basis: "consent", receivers: ["members", "coordinators"], sealed: true },
  signIn: { about: "you", from: "both", basis: "interest", receivers: ["yourself", "carriers"], sealed: true },
  posts: { about: "you", from: "you", basis: "consent", receivers: ["members", "moderators"], sealed: false },
  choices: { about: "you", from: "you", basis: "consent", receivers: ["yourself"], sealed: false },
  reports: { about: "you", from: "you", basis: "interest", receivers: ["moderators"], sealed: true },
  consents: { about: "you", from: "you", basis: "interest", receivers: ["yourself", "coordinators"], sealed: false },
  desk: { about: "you", from: "us", basis: "interest", receivers: ["moderators", "supervisors"], sealed: true },
  looks: { about: "you", from: "us", basis: "interest", receivers: ["moderators", "supervisors", "yourself"], sealed: true },
  notices: { about: "you", from: "us", basis: "interest", receivers: ["yourself", "supervisors", "coordinators"], sealed: true },
  calls: { about: "you", from: "us", basis: "vital", receivers: ["moderators", "supervisors", "coordinators"], sealed: false },
  log: { about: "you", from: "us", basis: "interest", receivers: ["coordinators"], sealed: false },
  traces: { about: "you", from: "us", basis: "interest", receivers: ["program"], sealed: true },
  texts: { about: "you", from: "us", basis: "interest", receivers: ["program", "carriers"], sealed: true },
  tips: { about: "owner", from: "others", basis: "interest", receivers: ["coordinators"], sealed: true },
  owners: { about: "owner", from: "others", basis: "interest", receivers: ["coordinators", "carriers"], sealed: true },
  staff: { about: "staff", from: "both", basis: "interest", receivers: ["supervisors", "coordinators"], sealed: false },
  care: { about: "staff", from: "both", basis: "interest", receivers: ["yourself", "supervisors"], sealed: true },
  breaches: { about: "nobody", from: "us", basis: "interest", receivers: ["supervisors", "coordinators"], sealed: true },
  counts: { about: "nobody", from: "us", basis: "none", receivers: ["coordinators"], sealed: false },
  listings: { about: "nobody", from: "others", basis: "none", receivers: ["everyone"], sealed: false },
  program: { about: "nobody", from: "us", basis: "none", receivers: ["program", "coordinators"], sealed: false },
};

/** The class of every table. A table that nobody assigned does not compile. */
export const classOf: Readonly<Record<keyof DB, ClassId>> = {
  conversations: "conversations", conversation_keys: "conversations", entries: "conversations", handovers: "conversations", closures: "conversations", claims: "conversations", referrals: "conversations", invitations_in: "conversations",
  call_backs: "callBacks", call_back_tries: "callBacks",
  concerns: "concerns", concern_pages: "concerns",
  seats: "seats", seat_letters: "seats", calendar_feeds: "seats",
  evening_keys: "evenings", evening_lines: "evenings", evening_marks: "evenings", evening_presence: "evenings", evening_sides: "evenings", evening_small_rooms: "evenings", evening_turns: "evenings", session_messages: "evenings",
  members: "account", member_roles: "account", handles: "account",
  passphrases: "signIn", passkeys: "signIn", passkey_challenges: "signIn", authenticator_apps: "signIn", recovery_codes: "signIn", sign_in_links: "signIn", member_sessions: "signIn", push_subscriptions: "signIn", change_notices: "signIn", change_notices_seen: "signIn",
  topics: "posts", posts: "posts", post_versions: "posts", post_pictures: "posts", unnamed_posts: "posts",
  warm_acts: "choices", follows: "choices", muted_topics: "choices", muted_words: "choices", hidden_members: "choices", hidden_aliases: "choices", space_members: "choices", answer_offers: "choices", answer_asks: "choices", drafts: "choices", news_asks: "choices",
  post_reports: "reports",
  consents: "consents",
  cases: "desk", case_reasons: "desk", case_decisions: "desk", case_claims: "desk", case_views: "desk", case_opinions: "desk", case_appeals: "desk", case_settlements: "desk", case_pairings: "desk", case_pairing_calls: "desk", strikes: "desk",
  looks: "looks",
  breach_notices: "notices", breach_told: "notices",
  pages: "calls", page_steps: "calls", page_calls: "calls", page_answers: "calls", disclosures: "calls",
  audit_entries: "log", audit_chain: "log",
  conversation_origins: "traces", blocks: "traces", sign_in_tries: "traces",
  received_texts: "texts", sent_texts: "texts", stopped_addresses: "texts",
  listing_reports: "tips",
  owner_asks: "owners", owner_contacts: "owners", owner_links: "owners", listing_calls: "owners",
  invitations: "staff", shifts: "staff", desk_presence: "staff", on_call_shifts: "staff", coordinator_seats: "staff", seat_offers: "staff", facilitator_trainings: "staff", series_facilitators: "staff", series_answers: "staff", session_covers: "staff",
  debriefs: "care", evening_reports: "care", exposures: "care", moderator_breaks: "care", moderator_topics: "care", moderator_debriefs: "care", desk_handovers: "care",
  breaches: "breaches", breach_steps: "breaches",
  session_totals: "counts", ledger_days: "counts",
  addresses: "listings", areas: "listings", attributes: "listings", carried: "listings", cost_options: "listings", directory_import_rows: "listings", directory_imports: "listings", directory_pages: "listings", directory_sources: "listings", languages: "listings", listing_claims: "listings", listing_conflicts: "listings", listing_credentials: "listings", listing_duplicates: "listings", listing_search: "listings", listings: "listings", locations: "listings", organizations: "listings", phones: "listings", schedules: "listings", service_areas: "listings", service_capacities: "listings", services: "listings", services_at_locations: "listings", taxonomies: "listings", taxonomy_terms: "listings",
  network: "program", opening_hours: "program", opening_exceptions: "program", phrases: "program", fallbacks: "program", spaces: "program", space_pauses: "program", group_kinds: "program", group_sessions: "program", series: "program", series_exceptions: "program", setup_links: "program", installation_secrets: "program", job_workers: "program", migrations: "program",
};

export const tablesOf = (id: ClassId): readonly string[] => Object.entries(classOf).flatMap(([table, one]) => (one === id ? [table] : []));

/** The classes about whoever seeks support here: all of them are treated as health data. */
export const healthClasses: readonly ClassId[] = classIds.filter((id) => dataClasses[id].about === "you");

/** Where the GDPR is law: the European Union, and Iceland, Liechtenstein and Norway (EEA). */
const europe: ReadonlySet<string> = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "));

/** To whom somebody complains who is not content with us, by the country of the network. */
export function complaintsGoTo(country: string): "US" | "GB" | "EU" | "other" {
  if (country === "US" || country === "GB") return country;
  return europe.has(country) ? "EU" : "other";
}
