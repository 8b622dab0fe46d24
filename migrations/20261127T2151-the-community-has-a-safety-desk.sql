-- One case for each thing that somebody has to look at: a post now; later what was said in a group, a concern, a listing.
create table cases (
  id uuid primary key default gen_random_uuid(),
  subject_kind text not null check (subject_kind in ('post', 'group', 'concern', 'listing')),
  subject_id uuid not null,
  -- Whose it is: a member, or the mark of one who wrote without her name.
  author_member uuid references members,
  author_mark bytea check (octet_length(author_mark) = 32),
  -- The gravest of the reasons that wait: 0 to 3.
  priority smallint not null check (priority between 0 and 3),
  -- Null: nothing waits for an answer.
  waiting_since timestamptz,
  opened_at timestamptz not null,
  -- Of the key of all that is written on it; null once the subject was erased.
  wrapped_key bytea,
  unique (subject_kind, subject_id)
);
-- What waits, in the order in which it is looked at?
create index cases_waiting on cases (priority, waiting_since) where waiting_since is not null;

create table case_decisions (
  id uuid primary key default gen_random_uuid(),
  -- The order in which they were made.
  seq bigint generated always as identity,
  case_id uuid not null references cases on delete cascade,
  decision text not null check (decision in ('approve', 'ask_to_change', 'remove', 'hold', 'put_back')),
  rule text,
  note_sealed bytea,
  member_id uuid not null references members,
  -- The name under which its author meets her.
  by_role text not null check (by_role in ('moderator', 'supervisor')),
  -- How grave it was when she looked at it.
  priority smallint not null check (priority between 0 and 3),
  at timestamptz not null,
  check (decision <> 'remove' or rule is not null)
);
-- What was decided in this case, the newest first?
create index case_decisions_by_case on case_decisions (case_id, seq desc);

create table case_reasons (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  reason text not null,
  priority smallint not null check (priority between 0 and 3),
  -- Short codes: the rules that matched, what a report named. Nobody's words.
  why text[] not null,
  report_id uuid,
  -- The same job twice is one reason.
  opening_key uuid unique,
  at timestamptz not null,
  answered_at timestamptz,
  decision_id uuid references case_decisions on delete set null
);
create unique index case_reasons_of_a_report on case_reasons (case_id, reason, report_id) where report_id is not null;
create unique index case_reasons_once on case_reasons (case_id, reason) where report_id is null and answered_at is null;

create table case_claims (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  member_id uuid not null references members,
  taken_at timestamptz not null,
  -- The last sign of her; without one for a quarter of an hour it is anybody's.
  seen_at timestamptz not null,
  released_at timestamptz
);
create unique index case_claims_one on case_claims (case_id) where released_at is null;
create index case_claims_by_member on case_claims (member_id) where released_at is null;

-- Who has it open now.
create table case_views (
  case_id uuid not null references cases on delete cascade,
  member_id uuid not null references members,
  seen_at timestamptz not null,
  primary key (case_id, member_id)
);

create table case_opinions (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  asked_by uuid not null references members,
  asked_at timestamptz not null,
  question_sealed bytea,
  given_by uuid references members,
  given_at timestamptz,
  would text check (would in ('approve', 'ask_to_change', 'remove', 'hold', 'put_back')),
  words_sealed bytea,
  taken_back_at timestamptz,
  check (given_by <> asked_by),
  check ((given_at is null) = (given_by is null) and (given_at is null) = (would is null))
);
create unique index case_opinions_one on case_opinions (case_id) where given_at is null and taken_back_at is null;
create index case_opinions_by_case on case_opinions (case_id, asked_at);

-- One appeal of a decision, answered by somebody else than who decided.
create table case_appeals (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  decision_id uuid not null unique references case_decisions on delete cascade,
  words_sealed bytea,
  made_at timestamptz not null,
  decided_by uuid references members,
  by_role text check (by_role in ('moderator', 'supervisor')),
  decided_at timestamptz,
  outcome text check (outcome in ('stands', 'gave_way')),
  answer_sealed bytea,
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (outcome is null))
);
create index case_appeals_by_case on case_appeals (case_id);

-- What an author is told, or asked to do, for a while. It goes with a decision, and goes away with it.
create table strikes (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  decision_id uuid not null unique references case_decisions on delete cascade,
  author_member uuid references members,
  author_mark bytea,
  kind text not null check (kind in ('note', 'hold', 'pause', 'leave')),
  rule text not null,
  note_sealed bytea,
  given_by uuid not null references members,
  by_role text not null check (by_role in ('moderator', 'supervisor')),
  at timestamptz not null,
  -- When a hold or a pause is over.
  ends_at timestamptz,
  lifted_at timestamptz,
  check ((author_member is null) <> (author_mark is null)),
  check ((kind in ('hold', 'pause')) = (ends_at is not null))
);
-- What is in force for this author?
create index strikes_by_member on strikes (author_member, at desc) where author_member is not null;
create index strikes_by_mark on strikes (author_mark, at desc) where author_mark is not null;

-- The second wall (decisions/0011): who keeps the community sees what is on the desk, but for what she wrote herself.
create function asked_by_a_moderator() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) = 'moderator';

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['cases', 'case_decisions', 'case_reasons', 'case_claims', 'case_views', 'case_opinions', 'case_appeals', 'strikes']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
    if behind_the_wall <> 'cases' then
      execute format('create policy on_the_desk on %I for select using ((select asked_by_a_moderator()) and case_id in (select id from cases))', behind_the_wall);
    end if;
  end loop;
end $$;
create policy on_the_desk on cases for select using ((select asked_by_a_moderator()) and author_member is distinct from (select asked_by_member()));

-- Her own: what was decided about her, and what was asked of her.
create policy her_own on strikes for select using (current_setting('small_hours.who', true) = 'member' and author_member = (select asked_by_member()));
