-- A look at what is closed (the words of what was removed, the name behind an alias): with a reason and a second person, or alone for half an hour,
-- to be reviewed by another within three days. Whoever it belongs to sees each.
create table looks (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  author_member uuid references members,
  author_mark bytea,
  what text not null check (what in ('words', 'name')),
  reason text not null check (reason in ('danger', 'appeal', 'report', 'law')),
  note_sealed bytea,
  asked_by uuid not null references members,
  by_role text not null check (by_role in ('moderator', 'supervisor')),
  asked_at timestamptz not null,
  -- The second person, and whether she said yes.
  answered_by uuid references members,
  answered_at timestamptz,
  agreed boolean,
  -- Open until then; null while nobody has said yes.
  ends_at timestamptz,
  -- Of a look alone.
  review_due_at timestamptz,
  reviewed_by uuid references members,
  reviewed_at timestamptz,
  was_right boolean,
  check (answered_by <> asked_by and reviewed_by <> asked_by),
  check (ends_at is null or agreed or review_due_at is not null)
);
-- Who looked at this member's things?
create index looks_by_member on looks (author_member, asked_at desc) where author_member is not null;
create index looks_by_mark on looks (author_mark, asked_at desc) where author_mark is not null;
-- Who asked to look in this case?
create index looks_by_case on looks (case_id, asked_at);
-- What waits for a second person, or for a review?
create index looks_waiting on looks (asked_at) where answered_at is null and reviewed_at is null;

alter table looks enable row level security;
alter table looks force row level security;
create policy the_house on looks using ((select asked_by_the_house()));
create policy on_the_desk on looks for select using ((select asked_by_a_moderator()) and case_id in (select id from cases));
create policy her_own on looks for select using (current_setting('small_hours.who', true) = 'member' and author_member = (select asked_by_member()));
