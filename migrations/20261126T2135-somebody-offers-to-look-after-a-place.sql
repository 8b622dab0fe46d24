-- Somebody offers to coordinate an area. What she wrote is sealed with the offer's own key, and goes when it is answered or after 90 days.
create table seat_offers (
  id uuid primary key default gen_random_uuid(),
  area_id text not null references areas,
  language text not null,
  wrapped_key bytea,
  name_sealed bytea,
  contact_sealed bytea,
  why_sealed bytea,
  made_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references members on delete set null
);
create index seat_offers_open on seat_offers (made_at) where answered_at is null;
