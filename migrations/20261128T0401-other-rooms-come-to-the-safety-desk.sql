-- What a room did about a case that is its own: read, put right, closed. The acting is the room's; the desk keeps that it was done, by whom and when.
create table case_settlements (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  -- Null: nobody of ours did it.
  member_id uuid references members on delete set null,
  how text not null check (how in ('closed', 'read', 'confirmed', 'corrected', 'removed', 'not_so', 'merged', 'gone')),
  at timestamptz not null
);
-- What was done in its own room, the newest first? The same job twice is one settlement.
create unique index case_settlements_by_case on case_settlements (case_id, at desc);
alter table case_settlements enable row level security;
alter table case_settlements force row level security;
create policy the_house on case_settlements using ((select asked_by_the_house()));

-- When its room last asked to have it looked at: what was settled before that does not answer it.
alter table cases add column asked_at timestamptz;

-- Coordinators come to the desk for the kinds of case that they act on, and see none of the forum's.
alter function asked_by_a_moderator() rename to asked_of_the_safety_desk;
create or replace function asked_of_the_safety_desk() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) in ('moderator', 'coordinator');

-- Whose desk a kind of case is on, by the roles that she holds; the same as `deskKinds` (features/safety/policy.ts), and compared with it by a test.
create function kinds_on_her_desk() returns text[] language sql stable parallel safe
  return array(select distinct k.kind from (values ('post', 'moderator'), ('post', 'supervisor'), ('concern', 'supervisor'), ('concern', 'coordinator'), ('group', 'coordinator'), ('listing', 'coordinator')) as k (kind, role)
    join member_roles r on r.role = k.role where r.member_id = asked_by_member() and r.ended_at is null);

alter policy on_the_desk on cases using ((select asked_of_the_safety_desk()) and subject_kind = any ((select kinds_on_her_desk())::text[]) and author_member is distinct from (select asked_by_member()));
create policy on_the_desk on case_settlements for select using ((select asked_of_the_safety_desk()) and case_id in (select id from cases));

-- Whoever had a seat says what worried her, too. Nobody in danger waits in turn.
alter table evening_reports add column seat_id uuid references seats on delete set null;
-- Her seat goes after its days; that it was not written by who leads stays.
alter table evening_reports add column by_seat boolean not null default false;
alter table evening_reports add column danger boolean not null default false;
