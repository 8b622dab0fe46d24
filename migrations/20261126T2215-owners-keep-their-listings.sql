-- Where who keeps a listing said that she can be asked whether it is still right. Sealed; found again by a keyed fingerprint.
create table owner_contacts (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  way text not null check (way in ('email', 'text')),
  fingerprint bytea not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  language text not null,
  given_at timestamptz not null,
  unique (service_id, way)
);
create index owner_contacts_by_fingerprint on owner_contacts (fingerprint);

-- Each time that an owner was asked, and when she answered. Neither the address nor the answer: that is a claim.
create table owner_asks (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  way text not null check (way in ('email', 'text')),
  fingerprint bytea not null,
  asked_at timestamptz not null,
  answered_at timestamptz
);
-- How often has she not answered?
create index owner_asks_by_service on owner_asks (service_id, asked_at desc);
-- When was this address last written to, and for which listing?
create index owner_asks_by_address on owner_asks (fingerprint, asked_at desc);

-- A link says where it was sent without opening what is sealed, and in which language.
alter table owner_links
  add column way text check (way in ('email', 'text')),
  add column fingerprint bytea,
  add column language text not null default 'en';

-- The owner's own word that they closed.
alter table listing_reports drop constraint listing_reports_kind_check;
alter table listing_reports add constraint listing_reports_kind_check check (kind in ('cannot_reach', 'full', 'wrong', 'unsafe', 'closed'));
