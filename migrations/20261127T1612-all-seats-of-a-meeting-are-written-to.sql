-- What those who lead a meeting write to all its seats: read on a seat's own page, sealed with the evening's key, and gone with it.
create table session_messages (
  -- Of the form that wrote it: sent twice, it is one.
  id uuid primary key,
  session_id uuid not null references group_sessions on delete cascade,
  member_id uuid references members on delete set null,
  body_sealed bytea not null,
  at timestamptz not null
);
-- What was written to the seats of this meeting?
create index session_messages_by_session on session_messages (session_id, at);
