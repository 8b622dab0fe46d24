-- Those who work with groups ask for themselves, too (decisions/0011): whoever leads a meeting, or covers it, is shown what is in it; a
-- coordinator what was written to its seats and the notes that wait for a second person. `small_hours.session` is the meeting that she is at.

-- The meeting that is open to who asks: a seat's own; one that she leads. Who leads: as `leadersOf` (features/groups/series/rules.ts) has it.
create or replace function asked_in_session() returns uuid language plpgsql stable parallel safe as $$
declare here uuid := nullif(current_setting('small_hours.session', true), '')::uuid;
begin
  if current_setting('small_hours.who', true) = 'seat' then return here; end if;
  if current_setting('small_hours.who', true) <> 'facilitator' then return null; end if;
  if not exists (select from member_roles r where r.member_id = asked_by_member() and r.role = 'facilitator' and r.ended_at is null) then return null; end if;
  return (
    select s.id from group_sessions s left join session_covers c on c.session_id = s.id and c.member_id = asked_by_member()
    where s.id = here and (c.kind = 'covers' or (c.kind is null and exists (
      select from series_facilitators f where f.series_id = s.series_id and f.member_id = asked_by_member() and f.until is null))));
end $$;

create function asked_by_a_facilitator() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) = 'facilitator';
create function asked_by_who_keeps_groups() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) = 'group_coordinator';
-- The meeting whose seats a coordinator writes to; null when it is none.
create function session_kept() returns uuid language sql stable parallel safe
  return case when asked_by_who_keeps_groups() then nullif(current_setting('small_hours.session', true), '')::uuid end;

alter policy in_her_meeting on evening_lines
  using (session_id = (select asked_in_session()) and (not to_facilitators or seat_id = (select asked_by_seat()) or (select asked_by_a_facilitator())));

create policy kept on session_messages for select using (session_id = (select session_kept()));
-- What opens them.
create policy kept on evening_keys for select using (session_id = (select session_kept()));

create policy her_own on evening_reports for select using (member_id = (select asked_by_member()));
create policy second_reader on evening_reports for select using ((select asked_by_who_keeps_groups()) and read_at is null and (kind = 'incident' or wants_talk));
-- By what name she sat there who is worried: for whoever is shown her note.
create policy worried on seats for select using (id in (select seat_id from evening_reports));
