-- What stands of one seat for this evening alone. `muted`: a facilitator turned her microphone off; she turns it on again herself.
create table evening_marks (
  session_id uuid not null references group_sessions on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  mark text not null constraint evening_marks_mark_check check (mark in ('muted')),
  since timestamptz not null,
  primary key (session_id, seat_id, mark)
);
