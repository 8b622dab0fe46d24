-- Somebody of ours rang a listing. Three calls on three days that nobody answered are worth a doubt; the row says so, not a note.
create table listing_calls (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  member_id uuid references members on delete set null,
  made_at timestamptz not null,
  outcome text not null check (outcome in ('all_right', 'some_right', 'no_answer', 'wrong_number', 'closed', 'asked_to_leave'))
);
create index listing_calls_by_service on listing_calls (service_id, made_at desc);
