-- Pictures of a post, where a space takes them: made anew from their pixels, and looked at by a person before others see them.
alter table spaces add column pictures boolean not null default false;

-- How many stand with it, so that a page asks for none where there are none.
alter table posts add column pictures smallint not null default 0;

create table post_pictures (
  id uuid primary key default gen_random_uuid(),
  post_id uuid not null references posts on delete cascade,
  seq bigint generated always as identity,
  -- What it shows, for who does not see it.
  shows text not null,
  -- A JPEG.
  bytes bytea not null,
  width integer not null,
  height integer not null,
  added_at timestamptz not null,
  -- She took it away, or took back her post: kept for 30 days for those who may have to answer a report.
  gone_at timestamptz,
  -- Sent twice, it is one.
  sent_key uuid not null unique
);
-- The pictures of a post, in the order in which they came.
create index post_pictures_of on post_pictures (post_id, seq);
-- Those that are to go for good.
create index post_pictures_gone on post_pictures (gone_at) where gone_at is not null;
alter table post_pictures alter column bytes set storage external;

alter table post_pictures enable row level security;
alter table post_pictures force row level security;
create policy the_house on post_pictures using ((select asked_by_the_house()));
create policy with_its_post on post_pictures for select using (exists (select from posts p where p.id = post_id) and (gone_at is null or (select asked_by_moderator())));
