-- What is said of one evening is sealed with a key of its own, and goes with it when the evening is over.
create table evening_keys (
  session_id uuid primary key references group_sessions on delete cascade,
  wrapped_key bytea not null
);

-- Which facilitators are here. Without one for a minute the room becomes the lobby again.
create table evening_presence (
  session_id uuid not null references group_sessions on delete cascade,
  member_id uuid not null references members on delete cascade,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (session_id, member_id)
);

-- Turns: who asks for one, whose it is, how often each had one. A pass is a turn.
create table evening_turns (
  session_id uuid not null references group_sessions on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  raised_at timestamptz,
  called_at timestamptz,
  turns int not null default 0,
  passed boolean not null default false,
  primary key (session_id, seat_id)
);

-- The text circle, and notes that the facilitators alone read. Sealed; gone with the evening.
create table evening_lines (
  session_id uuid not null references group_sessions on delete cascade,
  seq int not null,
  seat_id uuid references seats on delete cascade,
  member_id uuid references members on delete set null,
  to_facilitators boolean not null,
  body_sealed bytea not null,
  idempotency_key uuid not null unique,
  at timestamptz not null,
  primary key (session_id, seq)
);

-- Alone with a facilitator, asked for from either side.
create table evening_sides (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references group_sessions on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  asked_by_member boolean not null,
  asked_at timestamptz not null,
  member_id uuid references members on delete set null,
  began_at timestamptz,
  ended_at timestamptz
);
create unique index evening_sides_one_a_seat on evening_sides (seat_id) where ended_at is null;

-- After: what was hard, and what another reads too. Sealed with a key of its own; it stays until both have read, and 90 days.
create table evening_reports (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references group_sessions on delete cascade,
  member_id uuid references members on delete set null,
  kind text not null check (kind in ('debrief', 'incident')),
  body_sealed bytea not null,
  wrapped_key bytea not null,
  written_at timestamptz not null,
  read_by uuid references members on delete set null,
  read_at timestamptz
);
create index evening_reports_unread on evening_reports (written_at) where kind = 'incident' and read_at is null;
