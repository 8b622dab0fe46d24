-- The second wall behind the gates (decisions/0011). Every statement of the program says for whom it asks: `small_hours.who`, with
-- `small_hours.member` and `small_hours.conversation`. One that says nothing is shown nothing, the owner of the tables included.

-- The program itself: gates, jobs, sweeps, counts, backups.
create function asked_by_the_house() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) = 'house';

-- The member of staff who asks; null when it is none.
create function asked_by_member() returns uuid language sql stable parallel safe
  return nullif(current_setting('small_hours.member', true), '')::uuid;

-- The one conversation that is asked about; null when it is none.
create function asked_in_conversation() returns uuid language sql stable parallel safe
  return nullif(current_setting('small_hours.conversation', true), '')::uuid;

-- A desk looks at the queue, and is in no conversation.
create function asked_of_the_queue() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) in ('volunteer', 'supervisor') and asked_in_conversation() is null;

-- The conversations whose words are open to who asks: a parent's own; any one that a supervisor is in; those that she holds, or was asked in to.
create function conversations_opened() returns uuid[] language plpgsql stable parallel safe as $$
begin
  if current_setting('small_hours.who', true) = 'parent' then return array[asked_in_conversation()]; end if;
  if current_setting('small_hours.who', true) = 'supervisor' and asked_in_conversation() is not null then return array[asked_in_conversation()]; end if;
  if asked_by_member() is null then return '{}'; end if;
  return array(
    select k.conversation_id from claims k
    where k.member_id = asked_by_member() and k.released_at is null and k.conversation_id = coalesce(asked_in_conversation(), k.conversation_id)
    union all
    select i.conversation_id from invitations_in i
    where i.joined_by = asked_by_member() and i.left_at is null and i.conversation_id = coalesce(asked_in_conversation(), i.conversation_id));
end $$;

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['conversations', 'conversation_keys', 'entries', 'claims', 'handovers', 'invitations_in', 'call_backs',
    'call_back_tries', 'concerns', 'concern_pages', 'referrals', 'closures', 'debriefs']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;

-- What nobody but the house asks for has no other policy: conversation_keys, call_back_tries.
-- Each question is a sub-select, so that it is put once a statement and not once a row.

create policy opened on conversations for select using (id = any ((select conversations_opened())::uuid[]));
-- Who waits, to whoever may take her. What she wrote is in `entries`, and stays closed.
create policy waiting on conversations for select using (waiting_since is not null and (select asked_of_the_queue()));
create policy written on conversations for update using (id = any ((select conversations_opened())::uuid[]));

create policy opened on entries for select using (conversation_id = any ((select conversations_opened())::uuid[]));
create policy written on entries for insert with check (conversation_id = any ((select conversations_opened())::uuid[]));

create policy opened on handovers for select using (conversation_id = any ((select conversations_opened())::uuid[]));
create policy opened on call_backs for select using (conversation_id = any ((select conversations_opened())::uuid[]));
create policy opened on concerns for select using (conversation_id = any ((select conversations_opened())::uuid[]));
create policy opened on concern_pages for select using (concern_id in (select id from concerns));
create policy opened on referrals for select using (conversation_id = any ((select conversations_opened())::uuid[]));
create policy opened on closures for select using (conversation_id = any ((select conversations_opened())::uuid[]));

-- Who is with her. These rows open a conversation to a member, so nobody but the house adds one or takes one back, and they ask nothing of themselves.
create policy opened on claims for select using (conversation_id = (select asked_in_conversation()) or member_id = (select asked_by_member()));
create policy answered on claims for update using (member_id = (select asked_by_member()) and released_at is null);
create policy opened on invitations_in for select using (conversation_id = (select asked_in_conversation()) or joined_by = (select asked_by_member()));

-- Her own, whichever conversation it was.
create policy her_own on debriefs for select using (member_id = (select asked_by_member()));
