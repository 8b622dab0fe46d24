-- The second wall (decisions/0011) around what is anybody's in a group. Who asks with the key of a seat is shown the meeting of that seat and no other;
-- whoever else does not ask as the house is shown nothing: neither a parent of the helpline nor a member of the community nor the staff of either.

-- The seat that asks, and its meeting; null when it is none.
create function asked_by_seat() returns uuid language sql stable parallel safe
  return nullif(current_setting('small_hours.seat', true), '')::uuid;
create function asked_in_session() returns uuid language sql stable parallel safe
  return nullif(current_setting('small_hours.session', true), '')::uuid;

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['seats', 'seat_letters', 'calendar_feeds', 'evening_keys', 'evening_presence', 'evening_turns', 'evening_lines',
    'evening_sides', 'evening_marks', 'evening_small_rooms', 'evening_reports', 'session_messages']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
    -- What was sent of a seat, which seats are one hand's, and what the facilitators write afterwards: the house alone asks for these.
    if behind_the_wall not in ('seat_letters', 'calendar_feeds', 'evening_reports', 'evening_lines') then
      execute format('create policy in_her_meeting on %I for select using (session_id = (select asked_in_session()))', behind_the_wall);
    end if;
  end loop;
end $$;

-- A note to the facilitators is read by them, and by who wrote it.
create policy in_her_meeting on evening_lines for select
  using (session_id = (select asked_in_session()) and (not to_facilitators or seat_id = (select asked_by_seat())));
