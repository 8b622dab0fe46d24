-- Who asked to be told, once a day or a week, that there is something new for her: nothing else is said.
create table news_asks (
  member_id uuid primary key references members,
  every text not null check (every in ('day', 'week')),
  asked_at timestamptz not null,
  -- Of the link by which she ends it without signing in.
  stop_hash bytea not null unique check (octet_length(stop_hash) = 32),
  told_at timestamptz
);

alter table news_asks enable row level security;
alter table news_asks force row level security;
create policy the_house on news_asks using ((select asked_by_the_house()));
create policy her_own on news_asks for select using (current_setting('small_hours.who', true) = 'member' and member_id = (select asked_by_member()));
