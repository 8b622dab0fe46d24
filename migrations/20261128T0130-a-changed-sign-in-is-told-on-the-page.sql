-- What changed in how somebody signs in who can be sent no letter: said on her next page, in every session but the one that did it.
create table change_notices (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members on delete cascade,
  change text not null,
  -- Null where somebody else did it.
  by_session uuid,
  at timestamptz not null
);
-- What is this member to be told?
create index change_notices_by_member on change_notices (member_id);

create table change_notices_seen (
  notice_id uuid not null references change_notices on delete cascade,
  session_id uuid not null references member_sessions on delete cascade,
  primary key (notice_id, session_id)
);
