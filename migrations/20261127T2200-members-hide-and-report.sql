-- From the first minute of a place: what she does not want to see, and what she tells a moderator of.

create table hidden_members (
  member_id uuid not null references members,
  hidden_id uuid not null references members,
  -- Of a block neither reads the other; of a mute she does not read her.
  kind text not null check (kind in ('block', 'mute')),
  at timestamptz not null,
  primary key (member_id, hidden_id)
);
-- Who has blocked her whose page this is?
create index hidden_members_by_whom on hidden_members (hidden_id) where kind = 'block';

-- Whoever wrote under an alias is hidden in that topic alone: more would tell who it was.
create table hidden_aliases (
  member_id uuid not null references members,
  topic_id uuid not null references topics,
  mark bytea not null,
  alias text not null,
  at timestamptz not null,
  primary key (member_id, topic_id, mark)
);

create table muted_topics (
  member_id uuid not null references members,
  topic_id uuid not null references topics,
  at timestamptz not null,
  primary key (member_id, topic_id)
);

create table muted_words (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  word_sealed bytea not null,
  at timestamptz not null
);
create index muted_words_of on muted_words (member_id);

create table post_reports (
  id uuid primary key,
  post_id uuid not null references posts,
  reporter_id uuid not null references members,
  reason text not null check (reason in ('hurts', 'method', 'sells', 'names', 'untrue', 'worried', 'other')),
  -- What she added, for who reads the report.
  words_sealed bytea,
  wrapped_key bytea,
  sent_key uuid not null unique,
  reported_at timestamptz not null,
  outcome text check (outcome in ('removed', 'changed', 'left', 'looked_after')),
  outcome_at timestamptz
);
-- What came of hers, and how many lately; what is open of one post.
create index post_reports_by on post_reports (reporter_id, reported_at desc);
create index post_reports_open on post_reports (post_id) where outcome is null;

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['hidden_members', 'hidden_aliases', 'muted_topics', 'muted_words', 'post_reports']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;

-- That she is blocked a statement must know to leave out what she is not to read; no page says so.
create policy her_own on hidden_members for select using (member_id = (select asked_by_member()) or (kind = 'block' and hidden_id = (select asked_by_member())));
create policy her_own on hidden_aliases for select using (member_id = (select asked_by_member()));
create policy her_own on muted_topics for select using (member_id = (select asked_by_member()));
create policy her_own on muted_words for select using (member_id = (select asked_by_member()));
create policy her_own on post_reports for select using (reporter_id = (select asked_by_member()));
create policy kept on post_reports for select using ((select asked_by_moderator()));
