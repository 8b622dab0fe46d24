-- The forum: spaces of a network, topics in them, posts in those. Who wrote a post without her name stands sealed beside it alone.

-- How each is known there. Two are never told apart by a capital or an accent alone.
create table handles (
  member_id uuid primary key references members,
  handle text not null,
  plain text not null unique,
  taken_at timestamptz not null,
  -- The form that she joined by: sent twice, it is one place.
  join_key uuid not null unique,
  -- Content notes that she wants to read unfolded.
  unfolds text[] not null default '{}'
);

create table consents (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  kind text not null check (kind in ('rules', 'collect', 'share')),
  -- The sentence as she read it, so that a later wording changes nothing of what she said yes to.
  wording text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
-- Which consents of one member are in force?
create index consents_of on consents (member_id, kind);

create table spaces (
  id uuid primary key default gen_random_uuid(),
  language text not null check (language in ('en', 'es', 'both')),
  name_en text not null,
  name_es text not null,
  about_en text not null,
  about_es text not null,
  -- For those who share an experience, joined by saying so, never by proof; null is for everyone.
  shared_en text,
  shared_es text,
  mode text not null check (mode in ('read_first', 'held_for_new', 'watch')),
  made_by uuid references members,
  made_at timestamptz not null,
  closed_at timestamptz,
  check ((shared_en is null) = (shared_es is null))
);

create table space_pauses (
  id uuid primary key default gen_random_uuid(),
  space_id uuid not null references spaces,
  reason_en text not null,
  reason_es text not null,
  paused_by uuid not null references members,
  from_at timestamptz not null,
  until_at timestamptz not null,
  ended_at timestamptz
);
create index space_pauses_of on space_pauses (space_id, until_at);

create table space_members (
  space_id uuid not null references spaces,
  member_id uuid not null references members,
  joined_at timestamptz not null,
  primary key (space_id, member_id)
);
create index space_members_of on space_members (member_id);

create table topics (
  id uuid primary key,
  space_id uuid not null references spaces,
  title text not null,
  language text not null check (language in ('en', 'es')),
  -- What the author says it speaks of; each reader folds it or not.
  note text check (note in ('birth', 'loss', 'self_harm', 'violence', 'thoughts')),
  made_at timestamptz not null,
  -- When its first post could be read by others; until then it is its author's alone.
  shown_at timestamptz,
  last_at timestamptz not null,
  replies integer not null default 0
);
-- The topics of a space, the last moved first.
create index topics_in_space on topics (space_id, last_at desc, id) where shown_at is not null;
-- Which topics wait for a first reply?
create index topics_without_reply on topics (shown_at) where replies = 0 and shown_at is not null;

create table posts (
  id uuid primary key,
  topic_id uuid not null references topics,
  space_id uuid not null references spaces,
  seq bigint generated always as identity unique,
  opening boolean not null default false,
  -- Null where she wrote without her name, and where she left.
  author_id uuid references members,
  -- How she finds her own in this topic who wrote without her name: a keyed fingerprint of her and the topic.
  author_mark bytea,
  -- Who it was: opened by two people together.
  author_sealed bytea,
  wrapped_key bytea,
  alias text,
  quotes uuid references posts,
  words text not null,
  language text not null check (language in ('en', 'es')),
  state text not null check (state in ('held', 'shown', 'asked', 'removed', 'withdrawn', 'erased')),
  -- Why it waits, as its author reads it.
  held_for text[] not null default '{}',
  -- Sent twice, it is one.
  sent_key uuid not null unique,
  written_at timestamptz not null,
  shown_at timestamptz,
  edited_at timestamptz,
  -- Of the last decision that was carried out; an earlier one that comes late changes nothing.
  decided_at timestamptz,
  search tsvector generated always as (to_tsvector('simple', words)) stored,
  check (author_id is null or (author_mark is null and alias is null)),
  check ((author_mark is null) = (author_sealed is null))
);
-- A topic in order; what of it waits.
create index posts_in_topic on posts (topic_id, seq);
-- Everything one member wrote by her name.
create index posts_by on posts (author_id, written_at) where author_id is not null;
-- How long does reading take now?
create index posts_read_lately on posts (shown_at) where shown_at is not null and cardinality(held_for) > 0;
create index posts_found on posts using gin (search);

create table post_versions (
  id uuid primary key default gen_random_uuid(),
  post_id uuid not null references posts on delete cascade,
  words text not null,
  -- Until when these were its words. Kept for 30 days.
  until_at timestamptz not null
);
create index post_versions_of on post_versions (post_id, until_at);

-- Her own list of what she wrote without her name: each entry is sealed with her key, so that nobody else can make it.
create table unnamed_posts (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members,
  post_sealed bytea not null
);
create index unnamed_posts_of on unnamed_posts (member_id);

create table warm_acts (
  post_id uuid not null references posts on delete cascade,
  member_id uuid not null references members,
  kind text not null check (kind in ('me_too', 'thank_you', 'sitting_with_you')),
  at timestamptz not null,
  primary key (post_id, member_id, kind)
);
create index warm_acts_of on warm_acts (member_id);

create table follows (
  topic_id uuid not null references topics,
  member_id uuid not null references members,
  at timestamptz not null,
  -- Up to where she has read it.
  read_seq bigint not null default 0,
  primary key (topic_id, member_id)
);
create index follows_of on follows (member_id);

-- Which spaces are open to the member who asks: those for everyone, and those that she joined.
create function spaces_opened() returns uuid[] language plpgsql stable parallel safe as $$
begin
  if current_setting('small_hours.who', true) = 'moderator' then return array(select id from spaces); end if;
  if current_setting('small_hours.who', true) is distinct from 'member' then return '{}'; end if;
  return array(
    select s.id from spaces s
    where s.closed_at is null and (s.shared_en is null or exists (select from space_members m where m.space_id = s.id and m.member_id = asked_by_member())));
end $$;

create function asked_by_moderator() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) = 'moderator';
create function asked_in_the_community() returns boolean language sql stable parallel safe
  return current_setting('small_hours.who', true) in ('member', 'moderator');

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['handles', 'consents', 'spaces', 'space_pauses', 'space_members', 'topics', 'posts', 'post_versions', 'unnamed_posts', 'warm_acts', 'follows']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;

create policy open on handles for select using ((select asked_in_the_community()));
create policy her_own on consents for select using (member_id = (select asked_by_member()));
create policy open on spaces for select using ((select asked_in_the_community()));
create policy open on space_pauses for select using ((select asked_in_the_community()));
create policy her_own on space_members for select using (member_id = (select asked_by_member()));
create policy opened on topics for select using (space_id = any ((select spaces_opened())::uuid[]) and (shown_at is not null or (select asked_by_moderator())));
create policy her_own on topics for select using (id in (select p.topic_id from posts p where p.author_id = (select asked_by_member())));
create policy opened on posts for select using (space_id = any ((select spaces_opened())::uuid[]) and (state = 'shown' or (select asked_by_moderator())));
create policy her_own on posts for select using (author_id = (select asked_by_member()));
create policy kept on post_versions for select using ((select asked_by_moderator()));
create policy her_own on unnamed_posts for select using (member_id = (select asked_by_member()));
-- That somebody did is shown to all who read the post; who it was, to nobody but herself: the reads name no member.
create policy opened on warm_acts for select using (post_id in (select id from posts));
create policy her_own on follows for select using (member_id = (select asked_by_member()));
