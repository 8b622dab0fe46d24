-- What a moderator has carried: points for each thing that she read to its end. Hers alone; the house adds up, and shows it to nobody else.
create table exposures (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  -- The decision, opinion or answer that it was read for: once each.
  read_for uuid not null unique,
  priority smallint not null check (priority between 0 and 3),
  points smallint not null check (points > 0),
  at timestamptz not null
);
-- What did she carry this week?
create index exposures_by_member on exposures (member_id, at desc);

create table moderator_breaks (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  at timestamptz not null,
  ends_at timestamptz not null
);
create index moderator_breaks_by_member on moderator_breaks (member_id, ends_at desc);

-- What she leaves to others for now.
create table moderator_topics (
  member_id uuid not null references members,
  topic text not null,
  since timestamptz not null,
  primary key (member_id, topic)
);

-- How she is after something heavy. A wish to talk is seen by supervisors, the rest by nobody.
create table moderator_debriefs (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  how text not null check (how in ('fine', 'heavy', 'shaken')),
  wants_talk boolean not null,
  at timestamptz not null,
  answered_by uuid references members,
  answered_at timestamptz
);
create index moderator_debriefs_wanting on moderator_debriefs (at) where wants_talk and answered_at is null;
create index moderator_debriefs_by_member on moderator_debriefs (member_id, at desc);

-- What whoever comes next on the desk needs to know.
create table desk_handovers (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  wrapped_key bytea not null,
  note_sealed bytea not null,
  at timestamptz not null
);
create index desk_handovers_newest on desk_handovers (at desc);

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['exposures', 'moderator_breaks', 'moderator_topics', 'moderator_debriefs', 'desk_handovers']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
    if behind_the_wall <> 'desk_handovers' then
      execute format('create policy her_own on %I for select using ((select asked_by_a_moderator()) and member_id = (select asked_by_member()))', behind_the_wall);
    end if;
  end loop;
end $$;
create policy on_the_desk on desk_handovers for select using ((select asked_by_a_moderator()));
