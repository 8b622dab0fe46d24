-- The ladder of the safety desk: who can be asked, what somebody was asked for, each step and each call of it.

-- From one instant to another she can be called. Ending a shift early is a row's end, never a deletion.
create table on_call_shifts (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members on delete cascade,
  rank text not null check (rank in ('first', 'second', 'lead')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  given_by uuid references members on delete set null,
  given_at timestamptz not null,
  ended_by uuid references members on delete set null,
  ended_at timestamptz,
  check (until_at > from_at)
);
-- Who is on call now, and in the days to come?
create index on_call_shifts_to_come on on_call_shifts (until_at) where ended_at is null;

-- What is said and done where nobody was reached, as a coordinator wrote it; the newest counts.
create table fallbacks (
  id uuid primary key default gen_random_uuid(),
  en text not null,
  es text not null,
  written_by uuid references members on delete set null,
  written_at timestamptz not null
);

-- Somebody is needed, now. What for is named by its kind and id alone: no words of anybody stand here.
create table pages (
  id uuid primary key default gen_random_uuid(),
  subject_kind text not null,
  subject_id text not null,
  -- The page of ours on which it is to be read; that page's own gate decides who may.
  path text,
  reason text not null,
  raised_at timestamptz not null,
  acknowledged_by uuid references members,
  acknowledged_at timestamptz,
  closed_by uuid references members,
  closed_at timestamptz,
  outcome text check (outcome in ('talked', 'somebody_near', 'emergency_by_them', 'emergency_by_us', 'no_danger', 'not_reached')),
  check ((closed_at is null) = (outcome is null))
);
create unique index one_open_page_a_subject on pages (subject_kind, subject_id) where closed_at is null;
-- How does what she wrote stand?
create index pages_by_subject on pages (subject_kind, subject_id, raised_at desc);

-- Each rung, numbered without a gap; 'nobody' is the written fallback. `due_at`: when the next one is taken unless somebody has it.
create table page_steps (
  page_id uuid not null references pages on delete cascade,
  step smallint not null,
  asks text not null check (asks in ('first', 'second', 'lead', 'everyone', 'nobody')),
  taken_at timestamptz not null,
  due_at timestamptz not null,
  -- What 'nobody' says; null: the program's own words, where no coordinator had written any.
  fallback_id uuid references fallbacks,
  primary key (page_id, step)
);

create table page_calls (
  page_id uuid not null,
  step smallint not null,
  member_id uuid not null references members on delete cascade,
  -- 'no_way': she has set up no device and no address.
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'no_way')),
  sent_at timestamptz,
  primary key (page_id, step, member_id),
  foreign key (page_id, step) references page_steps on delete cascade
);

-- The checklist as it was answered when the page was closed.
create table page_answers (
  page_id uuid not null references pages on delete cascade,
  question text not null,
  answer text not null check (answer in ('done', 'not_needed')),
  primary key (page_id, question)
);

-- Two people decided that help from outside is asked for. They ask; the program contacts nobody.
create table disclosures (
  id uuid primary key default gen_random_uuid(),
  page_id uuid not null references pages on delete cascade,
  reason text not null check (reason in ('life_now', 'child_now')),
  asked_by uuid not null references members,
  asked_at timestamptz not null,
  agreed_by uuid references members,
  agreed_at timestamptz,
  check (agreed_by <> asked_by),
  check ((agreed_by is null) = (agreed_at is null))
);
create unique index one_disclosure_a_reason on disclosures (page_id, reason);
