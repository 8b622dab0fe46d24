-- What she typed and has not sent: one for each place, hers alone, sealed with her key. It goes when it is sent, and after thirty days.
create table drafts (
  member_id uuid not null references members,
  -- A topic that she began in this space, or an answer in this topic.
  space_id uuid references spaces,
  topic_id uuid references topics,
  place_id uuid not null generated always as (coalesce(space_id, topic_id)) stored,
  said_sealed bytea not null,
  kept_at timestamptz not null,
  primary key (member_id, place_id),
  check (num_nonnulls(space_id, topic_id) = 1)
);
-- Which have been kept long enough?
create index drafts_kept on drafts (kept_at);

alter table drafts enable row level security;
alter table drafts force row level security;
create policy the_house on drafts using ((select asked_by_the_house()));
create policy her_own on drafts for select using (current_setting('small_hours.who', true) = 'member' and member_id = (select asked_by_member()));
