-- What those whom a breach touched are told, in both languages. Never changed; what is to be said besides is another. It is sealed with a key
-- of its own, and holds what it needs of the breach, so that whoever is told is shown nothing else of the record.
create table breach_notices (
  id uuid primary key,
  breach_id uuid not null references breaches,
  words_sealed bytea not null,
  wrapped_key bytea not null,
  told_by uuid not null references members,
  told_at timestamptz not null
);
-- What was told of this one?
create index breach_notices_of on breach_notices (breach_id, told_at);

-- To whom it is shown, and when she said that she has read it.
create table breach_told (
  notice_id uuid not null references breach_notices,
  member_id uuid not null references members,
  told_at timestamptz not null,
  read_at timestamptz,
  primary key (notice_id, member_id)
);
-- Is there something that she is to be told before her next page? Asked with each.
create index breach_told_unread on breach_told (member_id) where read_at is null;
-- What was she told?
create index breach_told_to on breach_told (member_id, told_at);

alter table breach_steps drop constraint breach_steps_step_check,
  add constraint breach_steps_step_check check (step in ('contained', 'authority_told', 'ftc_told', 'members_told', 'people_told', 'media_told', 'no_risk', 'note', 'closed'));

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['breach_notices', 'breach_told']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;
create policy her_own on breach_told for select using (member_id = (select asked_by_member()));
create policy told_her on breach_notices for select using (id in (select notice_id from breach_told));
