-- Somebody took what is most urgent, and a second is asked to sit with her. It ends with her claim, and with the case.
create table case_pairings (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references cases on delete cascade,
  with_member uuid not null references members,
  asked_at timestamptz not null,
  joined_by uuid references members,
  joined_at timestamptz,
  ended_at timestamptz,
  check (joined_by <> with_member),
  check ((joined_by is null) = (joined_at is null))
);
create unique index case_pairings_one on case_pairings (case_id) where ended_at is null;
create index case_pairings_by_case on case_pairings (case_id, asked_at);

-- Who was asked, one after the other.
create table case_pairing_calls (
  pairing_id uuid not null references case_pairings on delete cascade,
  case_id uuid not null references cases on delete cascade,
  member_id uuid not null references members,
  asked_at timestamptz not null,
  declined_at timestamptz,
  -- Did the call leave this program?
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'no_way')),
  primary key (pairing_id, member_id)
);

-- Who had the desk open, and when last: whoever was there lately is asked first, and nobody is woken who is neither there nor on call.
create table desk_presence (
  member_id uuid primary key references members on delete cascade,
  seen_at timestamptz not null
);

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['case_pairings', 'case_pairing_calls', 'desk_presence']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
    if behind_the_wall <> 'desk_presence' then
      execute format('create policy on_the_desk on %I for select using ((select asked_of_the_safety_desk()) and case_id in (select id from cases))', behind_the_wall);
    end if;
  end loop;
end $$;
