-- Who offered to answer where nobody did, and who was asked for which topic.

create table answer_offers (
  space_id uuid not null references spaces,
  member_id uuid not null references members,
  offered_at timestamptz not null,
  -- So that it is not always the same who are asked.
  asked_at timestamptz,
  primary key (space_id, member_id)
);
create index answer_offers_of on answer_offers (member_id);

create table answer_asks (
  topic_id uuid not null references topics,
  member_id uuid not null references members,
  round smallint not null,
  asked_at timestamptz not null,
  primary key (topic_id, member_id)
);
create index answer_asks_of on answer_asks (member_id, asked_at desc);

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['answer_offers', 'answer_asks']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
    execute format('create policy her_own on %I for select using (member_id = (select asked_by_member()))', behind_the_wall);
  end loop;
end $$;
