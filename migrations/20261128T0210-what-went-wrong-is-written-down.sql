-- Something went wrong with what is kept of people: what, when, when it was known, which classes it touched. The words are sealed.
create table breaches (
  id uuid primary key,
  kind text not null check (kind in ('seen', 'gone_out', 'changed', 'lost')),
  classes text[] not null check (cardinality(classes) > 0),
  from_at timestamptz not null,
  until_at timestamptz not null,
  known_at timestamptz not null,
  what_sealed bytea not null,
  wrapped_key bytea not null,
  recorded_by uuid not null references members,
  recorded_at timestamptz not null,
  check (from_at <= until_at)
);

-- What was done about it, in order; never changed, only added to.
create table breach_steps (
  id uuid primary key,
  nth bigint generated always as identity,
  breach_id uuid not null references breaches,
  step text not null check (step in ('contained', 'authority_told', 'ftc_told', 'people_told', 'media_told', 'no_risk', 'note', 'closed')),
  words_sealed bytea,
  taken_by uuid not null references members,
  at timestamptz not null
);
-- What was done about this one?
create index breach_steps_of on breach_steps (breach_id, nth);

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['breaches', 'breach_steps']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;
