-- Whoever leaves, or is a coordinator no more, looks after no place any more. Asked at the end of the transaction, since a role that is given
-- anew ends the one before it. A role that runs out by itself is no change: whoever counts seats asks who is a coordinator now.
create function end_seats_without_role() returns trigger language plpgsql as $$
declare
  member uuid := case tg_table_name when 'members' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'member_id')::uuid end;
  ended timestamptz := case tg_table_name when 'members' then (to_jsonb(new) ->> 'left_at')::timestamptz else (to_jsonb(new) ->> 'ended_at')::timestamptz end;
begin
  update coordinator_seats set until = ended where member_id = member and until is null and not exists (
    select from member_roles r join members m on m.id = r.member_id
    where r.member_id = member and r.role = 'coordinator' and r.ended_at is null and m.left_at is null);
  return null;
end
$$;
create constraint trigger seats_end_with_the_role after update of ended_at on member_roles deferrable initially deferred
  for each row when (new.role = 'coordinator' and new.ended_at is not null) execute function end_seats_without_role();
create constraint trigger seats_end_with_the_member after update of left_at on members deferrable initially deferred
  for each row when (new.left_at is not null) execute function end_seats_without_role();

-- Those of people who left or lost the role before.
update coordinator_seats s set until = now() where until is null and not exists (
  select from member_roles r join members m on m.id = r.member_id
  where r.member_id = s.member_id and r.role = 'coordinator' and r.ended_at is null and m.left_at is null);
