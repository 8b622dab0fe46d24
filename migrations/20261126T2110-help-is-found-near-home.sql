-- The directory: what Open Referral's HSDS 3.1 calls organizations, services, locations; what people claim of them; and one row a listing to search.
create extension if not exists cube;
create extension if not exists earthdistance;
create extension if not exists pg_trgm;

-- Where records come from: our own coordinators, a file, or another directory that is read again and again.
create table directory_sources (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  kind text not null check (kind in ('own', 'seed', 'tabular', 'spreadsheet', 'airs', 'api')),
  -- Of an API that is read again: its address, and up to which change it has been read.
  url text,
  read_up_to timestamptz,
  licence text,
  -- For files whose columns have other names: theirs to ours.
  mapping jsonb,
  made_at timestamptz not null
);

-- The tree of who looks after which place: countries, their regions, and parts of regions by the beginning of a postal code.
create table areas (
  -- 'US', 'US-TX', 'US-TX/north'
  id text primary key,
  parent text references areas on delete cascade,
  name text not null,
  postal_prefixes text[] not null default '{}',
  -- Mail about this area's listings, where the coordinators share a letter box.
  mailbox text
);

-- Who holds the coordinator's seat of an area, from when to when.
create table coordinator_seats (
  id uuid primary key default gen_random_uuid(),
  area_id text not null references areas,
  member_id uuid not null references members on delete cascade,
  since timestamptz not null,
  until timestamptz
);
create unique index one_seat_a_member_and_area on coordinator_seats (area_id, member_id) where until is null;

-- In the tables of HSDS nouns: `more` holds the standard's fields that we carry and never read; `digest` is of the row as its source gave it.
create table organizations (
  id uuid primary key,
  name text not null,
  alternate_name text,
  description text not null default '',
  email text,
  website text,
  parent_organization_id uuid,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea,
  -- When anybody last changed a word. Never moved by a confirmation, as `listing_claims.verified_at` is never moved by a change.
  edited_at timestamptz not null
);

create table services (
  id uuid primary key,
  organization_id uuid references organizations on delete cascade,
  name text not null,
  alternate_name text,
  description text,
  url text,
  email text,
  status text not null default 'active' check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
  -- Decides how long a confirmation lasts.
  kind text not null check (kind in ('crisis_line', 'warmline', 'group', 'provider', 'resource')),
  application_process text,
  fees_description text,
  eligibility_description text,
  interpretation_services text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea,
  edited_at timestamptz not null,
  -- A record that was found to be another's double points at it and is shown no more.
  merged_into uuid references services
);
create index services_by_organization on services (organization_id);
-- What has changed since? (HSDS modified_after)
create index services_by_edit on services (edited_at, id);

create table locations (
  id uuid primary key,
  organization_id uuid references organizations on delete cascade,
  location_type text not null default 'physical' check (location_type in ('physical', 'postal', 'virtual')),
  name text,
  description text,
  transportation text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  -- IANA; looked up from the point, unless a coordinator said otherwise.
  zone text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea,
  edited_at timestamptz not null,
  check ((latitude is null) = (longitude is null))
);
create index locations_by_organization on locations (organization_id);

create table addresses (
  id uuid primary key,
  location_id uuid not null references locations on delete cascade,
  address_1 text not null,
  address_2 text,
  city text not null,
  state_province text not null,
  postal_code text not null,
  country text not null,
  address_type text not null default 'physical' check (address_type in ('physical', 'postal', 'virtual')),
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index addresses_by_location on addresses (location_id);

create table services_at_locations (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  location_id uuid not null references locations on delete cascade,
  description text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea,
  unique (service_id, location_id)
);
create index services_at_locations_by_location on services_at_locations (location_id);

create table phones (
  id uuid primary key,
  organization_id uuid references organizations on delete cascade,
  service_id uuid references services on delete cascade,
  location_id uuid references locations on delete cascade,
  service_at_location_id uuid references services_at_locations on delete cascade,
  -- As people write it.
  number text not null,
  extension text,
  -- HSDS: voice, text, fax, cell, video, pager, textphone.
  type text,
  description text,
  -- How it is dialled: '+13055550134', or a short code that works in `country` alone. Null: it could not be understood, and is shown as text.
  dial text,
  dial_kind text check (dial_kind in ('e164', 'short')),
  country text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index phones_by_service on phones (service_id);
create index phones_by_location on phones (location_id);
create index phones_by_organization on phones (organization_id);
create index phones_by_service_at_location on phones (service_at_location_id);
-- Do two services answer the same number?
create index phones_by_dial on phones (dial);

-- When it is open, as HSDS says it: a span of wall time on weekdays, in the location's zone or in `zone`.
create table schedules (
  id uuid primary key,
  service_id uuid references services on delete cascade,
  location_id uuid references locations on delete cascade,
  service_at_location_id uuid references services_at_locations on delete cascade,
  freq text check (freq in ('WEEKLY', 'MONTHLY')),
  "interval" int,
  byday text,
  bymonthday text,
  dtstart date,
  until date,
  valid_from date,
  valid_to date,
  opens_at time,
  closes_at time,
  zone text,
  description text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index schedules_by_service on schedules (service_id);
create index schedules_by_location on schedules (location_id);
create index schedules_by_service_at_location on schedules (service_at_location_id);

create table languages (
  id uuid primary key,
  service_id uuid references services on delete cascade,
  location_id uuid references locations on delete cascade,
  phone_id uuid references phones on delete cascade,
  name text,
  -- ISO 639-1 or 639-3; null where the source's word could not be understood.
  code text,
  note text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index languages_by_service on languages (service_id);
create index languages_by_location on languages (location_id);
create index languages_by_phone on languages (phone_id);

create table cost_options (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  option text,
  currency text,
  amount numeric,
  amount_description text,
  valid_from date,
  valid_to date,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index cost_options_by_service on cost_options (service_id);

create table service_areas (
  id uuid primary key,
  service_id uuid references services on delete cascade,
  service_at_location_id uuid references services_at_locations on delete cascade,
  name text,
  description text,
  extent text,
  extent_type text,
  uri text,
  -- Ours of `extent` or `name`, where it is an area that we know.
  area_id text references areas,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index service_areas_by_service on service_areas (service_id);
create index service_areas_by_service_at_location on service_areas (service_at_location_id);

create table service_capacities (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  -- The standard's nested unit: {id, name, scheme, identifier, uri}.
  unit jsonb not null,
  available numeric not null,
  maximum numeric,
  description text,
  updated timestamptz not null,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index service_capacities_by_service on service_capacities (service_id);

create table taxonomies (
  id uuid primary key,
  name text not null,
  description text not null default '',
  uri text,
  version text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);

create table taxonomy_terms (
  id uuid primary key,
  code text,
  name text not null,
  description text not null default '',
  parent_id uuid,
  taxonomy text,
  taxonomy_id uuid references taxonomies on delete cascade,
  language text,
  term_uri text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index taxonomy_terms_by_taxonomy on taxonomy_terms (taxonomy_id);
create index taxonomy_terms_by_parent on taxonomy_terms (parent_id);

-- A term on any record (HSDS attribute).
create table attributes (
  id uuid primary key,
  link_id uuid not null,
  link_entity text not null,
  taxonomy_term_id uuid references taxonomy_terms on delete cascade,
  link_type text,
  value text,
  label text,
  more jsonb not null default '{}',
  source_id uuid references directory_sources,
  digest bytea
);
create index attributes_by_link on attributes (link_id);
create index attributes_by_term on attributes (taxonomy_term_id);

-- Nouns of the standard that we carry for others and show to nobody: contact, program, funding, required_document, url, accessibility,
-- organization_identifier, metadata, unit. `body` is the standard's object without its children.
create table carried (
  id uuid primary key,
  noun text not null,
  link_id uuid not null,
  link_entity text not null,
  body jsonb not null,
  source_id uuid references directory_sources,
  digest bytea
);
create index carried_by_link on carried (link_id, noun);

-- What somebody stated of a service, and who stands for it until when. A new statement of the same field supersedes the one before; none is changed.
create table listing_claims (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  field text not null check (field in ('about', 'contact', 'hours', 'place', 'languages', 'who', 'cost', 'insurance', 'accepting', 'wait', 'credential')),
  -- accepting: yes, no, waitlist; wait: days; insurance: codes. Others: a digest of what is shown, so that a change of it is no confirmed fact.
  value text not null,
  -- Who says so, in words that may be shown: "Miami 211", "the provider", "our coordinator".
  source text not null,
  method text not null check (method in ('call', 'owner_link', 'owner_text', 'web_page', 'import', 'seed', 'edit')),
  stated_at timestamptz not null,
  -- Null: nobody of ours has confirmed it.
  verified_at timestamptz,
  verified_role text check (verified_role in ('coordinator', 'volunteer', 'owner', 'page')),
  verified_by uuid references members on delete set null,
  expires_at timestamptz,
  superseded_at timestamptz,
  check ((verified_at is null) = (verified_role is null)),
  check ((verified_at is null) = (expires_at is null))
);
create unique index one_claim_a_field on listing_claims (service_id, field) where superseded_at is null;
-- Which confirmations end next?
create index claims_by_end on listing_claims (expires_at) where superseded_at is null;
create index claims_history on listing_claims (service_id, field, stated_at desc);

-- A stranger's word that a listing is wrong. Two of different people that it can't be reached put it in doubt.
create table listing_reports (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  kind text not null check (kind in ('cannot_reach', 'full', 'wrong', 'unsafe')),
  -- What she added, sealed; gone when the report is handled.
  note_sealed bytea,
  wrapped_key bytea,
  -- A keyed digest of browser and network prefix: only to tell two people from one. Gone when the report is handled.
  by_whom bytea,
  made_at timestamptz not null,
  handled_at timestamptz,
  handled_by uuid references members on delete set null,
  outcome text check (outcome in ('confirmed', 'corrected', 'removed', 'not_so'))
);
create index reports_open on listing_reports (service_id) where handled_at is null;
-- One report of a kind a person and listing, however often she taps.
create unique index one_report_a_person on listing_reports (service_id, kind, by_whom) where handled_at is null;

create table listing_credentials (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  kind text not null check (kind in ('pmh_c', 'licence', 'peer_specialist', 'lactation', 'doula', 'other')),
  number text,
  issuer text,
  checked_on date,
  checked_by uuid references members on delete set null
);
create index credentials_by_service on listing_credentials (service_id);

-- A provider keeps her own listing by a link, without an account. The link's token is kept as a hash.
create table owner_links (
  token_hash bytea primary key,
  service_id uuid not null references services on delete cascade,
  -- Sealed e-mail address or number that it was sent to.
  sent_to_sealed bytea,
  wrapped_key bytea,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index owner_links_by_service on owner_links (service_id);

-- One reading of one file or API: every row is counted as taken, merged, unchanged or refused.
create table directory_imports (
  id uuid primary key default gen_random_uuid(),
  source_id uuid not null references directory_sources,
  member_id uuid references members on delete set null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- {"services.csv": {"rows": 4089, "taken": 4000, "merged": 0, "unchanged": 0, "refused": 89}}
  counts jsonb not null default '{}',
  -- Why the whole was refused, if it was: a key of words.
  refused text
);
create index imports_by_source on directory_imports (source_id, started_at desc);

-- The rows of a reading that were refused or merged, each with its reason.
create table directory_import_rows (
  import_id uuid not null references directory_imports on delete cascade,
  file text not null,
  line int not null,
  record_key text,
  fate text not null check (fate in ('merged', 'refused')),
  -- A key of words, and what it speaks of (a column, a number).
  reason text not null,
  detail text,
  primary key (import_id, file, line)
);

-- Two records that may be one, proposed to a person.
create table listing_duplicates (
  id uuid primary key default gen_random_uuid(),
  service_a uuid not null references services on delete cascade,
  service_b uuid not null references services on delete cascade,
  -- 'same_phone_and_name', 'same_place_and_name', 'conflict'
  why text not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references members on delete set null,
  decision text check (decision in ('merged', 'kept_both')),
  check (service_a < service_b),
  unique (service_a, service_b)
);
create index duplicates_open on listing_duplicates (found_at) where decided_at is null;

-- One row a thing that a parent can find: a service at a location, or a service with none. Made from the tables above, never edited itself.
create table listings (
  -- The service at location's id, or the service's where it has no location.
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  kind text not null,
  -- What the list and the map show: see features/directory/types.ts `Card`.
  card jsonb not null,
  area_id text references areas,
  country text,
  latitude double precision,
  longitude double precision,
  earth_point cube generated always as (case when latitude is null then null else ll_to_earth(latitude, longitude)::cube end) stored,
  -- Words, folded, and facets ('l_es', 'i_medicaid'): see features/directory/finder/rules.ts.
  tokens text[] not null,
  search tsvector generated always as (array_to_tsvector(tokens)) stored,
  -- Of accepting. It counts as yes only before `accepting_until`, whatever the clock of a job says.
  accepting text check (accepting in ('yes', 'no', 'waitlist')),
  accepting_until timestamptz,
  verified_at timestamptz,
  -- When the confirmation ends and a badge says so; when it goes below others; when it is shown no more. Null: never.
  fresh_until timestamptz not null,
  sinks_at timestamptz not null,
  hidden_at timestamptz,
  in_doubt_since timestamptz,
  changed_at timestamptz not null
);
create index listings_by_service on listings (service_id);
-- Which match these words and facets?
create index listings_search on listings using gin (search);
-- Which are nearest?
create index listings_near on listings using gist (earth_point);
-- The shard of one region, and what is shown on its page.
create index listings_by_area on listings (area_id, kind);
-- What has changed since the shard was made?
create index listings_by_change on listings (changed_at);
