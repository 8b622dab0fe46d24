-- A calendar of one person's own seats, that her calendar app reads by an address which nobody can guess. While it lives it says which seats are one hand's,
-- also of groups that know nothing of one another: so the list goes when the address is revoked, and with the last of its seats.
create table calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  -- The address itself, sealed, so that the page can show it to whoever holds a key of its seats.
  token_sealed bytea,
  wrapped_key bytea,
  seat_ids uuid[] not null,
  -- The groups' names in it, as she chose; otherwise each is an "Appointment".
  plain boolean not null default false,
  language text not null check (language in ('en', 'es')),
  made_at timestamptz not null,
  revoked_at timestamptz,
  constraint what_is_revoked_says_nothing check (revoked_at is null or (seat_ids = '{}' and token_sealed is null and wrapped_key is null))
);
-- Whose calendar has this seat?
create index calendar_feeds_by_seat on calendar_feeds using gin (seat_ids) where revoked_at is null;
