-- From which browser a conversation was opened: a keyed fingerprint of it and its connection, never an address. It stays one day,
-- since so long a volunteer may block that browser for what it wrote.
create table conversation_origins (
  conversation_id uuid primary key references conversations on delete cascade,
  fingerprint bytea not null,
  seen_at timestamptz not null
);
-- Which are a day old and go?
create index conversation_origins_by_age on conversation_origins (seen_at);

-- The earlier table of this name was never written to.
drop table blocks;

-- Somebody who hurt a volunteer opens no new conversation for a time: who decided it, why, and until when.
create table blocks (
  id uuid primary key default gen_random_uuid(),
  -- Null once the block is over, so that nothing finds that browser again.
  fingerprint bytea,
  conversation_id uuid not null references conversations on delete cascade,
  made_by uuid references members on delete set null,
  made_at timestamptz not null,
  reason text not null check (reason in ('abuse', 'sexual', 'again', 'other')),
  expires_at timestamptz not null,
  lifted_by uuid references members on delete set null,
  lifted_at timestamptz
);
-- Is this browser blocked now?
create index blocks_by_fingerprint on blocks (fingerprint) where lifted_at is null;

do $$
declare behind_the_wall text;
begin
  foreach behind_the_wall in array array['conversation_origins', 'blocks']
  loop
    execute format('alter table %I enable row level security', behind_the_wall);
    execute format('alter table %I force row level security', behind_the_wall);
    execute format('create policy the_house on %I using ((select asked_by_the_house()))', behind_the_wall);
  end loop;
end $$;
