-- One thread with one parent. What anybody wrote is sealed with `wrapped_key`; erasing destroys that key.
create table conversations (
  id uuid primary key default gen_random_uuid(),
  -- Null once it is erased: nothing that it sealed can be read again.
  wrapped_key bytea,
  -- Made by her browser before she sends, so that a second tap opens no second conversation.
  opening_key uuid not null unique,
  language text not null,
  about text check (about in ('me', 'someone_else')),
  stage text check (stage in ('pregnant', 'after_birth', 'after_loss', 'other')),
  nickname_sealed bytea,
  zone text,
  -- She said yes to the safety question, or a volunteer raised a concern.
  risk boolean not null default false,
  opened_at timestamptz not null,
  -- Since when she waits for a person; null while a volunteer is with her or it has ended.
  waiting_since timestamptz,
  -- Returned or raised conversations go before others: 0 danger, 1 returned, 2 new.
  place smallint not null default 2,
  ended_at timestamptz,
  ended_by text check (ended_by in ('parent', 'volunteer', 'nobody_came')),
  erased_at timestamptz,
  erased_by text check (erased_by in ('parent', 'retention')),
  parent_seen_at timestamptz not null,
  parent_read_seq int not null default 0,
  desk_read_seq int not null default 0,
  last_seq int not null default 0
);
-- The queue: who waits, in order?
create index conversations_waiting on conversations (place, waiting_since) where waiting_since is not null;
-- Which ended conversations are due for their key to go?
create index conversations_to_erase on conversations (ended_at) where erased_at is null;
-- How many parents are here?
create index conversations_here on conversations (parent_seen_at);

-- A parent's keys to her conversation: one a phone or browser that she opened it on. Hashes alone; gone with the erasure.
create table conversation_keys (
  link_hash bytea primary key,
  -- Her six words say the same as her link; this finds them.
  code_fingerprint bytea not null unique,
  conversation_id uuid not null references conversations on delete cascade
);
create index conversation_keys_by_conversation on conversation_keys (conversation_id);

-- Everything that happened in a conversation, in its own unbroken order: the stream's cursor is `seq`.
create table entries (
  conversation_id uuid not null references conversations on delete cascade,
  seq int not null,
  kind text not null check (kind in ('message', 'note', 'joined', 'returned', 'handed_over', 'invited', 'ended', 'raised', 'called_back', 'referred', 'helped')),
  author text not null check (author in ('parent', 'staff', 'house')),
  member_id uuid references members on delete set null,
  body_sealed bytea,
  -- Facts about the entry that are no one's words: a reason, a name of ours.
  detail text,
  -- Made by the sender before sending; the same key again is the same message.
  idempotency_key uuid,
  at timestamptz not null,
  primary key (conversation_id, seq),
  unique (conversation_id, idempotency_key)
);

-- A volunteer takes a conversation. At most one holds it: the index, not the code, is the judge of a race.
create table claims (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversations on delete cascade,
  member_id uuid not null references members,
  taken_at timestamptz not null,
  answered_at timestamptz,
  released_at timestamptz,
  release_reason text check (release_reason in ('ended', 'unanswered', 'shift_ended', 'connection_gone', 'handed_over', 'erased'))
);
create unique index one_claim_a_conversation on claims (conversation_id) where released_at is null;
-- What does this volunteer hold now, and how many?
create index claims_by_member on claims (member_id) where released_at is null;

-- A volunteer is on duty from one instant to another.
create table shifts (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members on delete cascade,
  languages text[] not null,
  cap smallint not null check (cap between 1 and 10),
  started_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('went_off', 'time_over', 'connection_gone')),
  -- The last sign of life of her desk.
  seen_at timestamptz not null
);
create unique index one_shift_a_member on shifts (member_id) where ended_at is null;

create table handovers (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversations on delete cascade,
  from_member uuid not null references members,
  -- Null: to the queue.
  to_member uuid references members,
  note_sealed bytea not null,
  made_at timestamptz not null,
  accepted_at timestamptz
);
create index handovers_by_conversation on handovers (conversation_id, made_at desc);

-- A supervisor was asked in, or came in by herself; she may read and write beside the volunteer.
create table invitations_in (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversations on delete cascade,
  invited_by uuid not null references members,
  invited_at timestamptz not null,
  joined_by uuid references members,
  joined_at timestamptz,
  left_at timestamptz
);
create index invitations_in_open on invitations_in (conversation_id) where left_at is null;

-- A promise to write or call back, with a due time and an owner.
create table call_backs (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null unique references conversations on delete cascade,
  -- 'here': we write in this conversation, and she comes back to read it.
  way text not null check (way in ('here', 'text', 'call', 'email')),
  contact_sealed bytea,
  safe_way text check (safe_way in ('text_only', 'may_name_us', 'never_name_us')),
  best_time text check (best_time in ('any', 'morning', 'afternoon', 'evening')),
  promised_at timestamptz not null,
  due_at timestamptz not null,
  -- A promise has an owner from its first moment: a coordinator, until a volunteer takes it.
  owner_id uuid references members,
  done_at timestamptz,
  outcome text check (outcome in ('reached', 'declined', 'three_tries', 'talked_here', 'withdrawn'))
);
create index call_backs_open on call_backs (due_at) where done_at is null;

create table call_back_tries (
  id uuid primary key default gen_random_uuid(),
  call_back_id uuid not null references call_backs on delete cascade,
  member_id uuid not null references members,
  reached boolean not null,
  at timestamptz not null
);

-- A safeguarding concern: the worksheet is sealed; it closes only whole.
create table concerns (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversations on delete cascade,
  raised_by uuid references members,
  source text not null check (source in ('parent_said', 'volunteer')),
  worksheet_sealed bytea,
  step text check (step in ('stay_and_listen', 'safety_plan', 'someone_near', 'crisis_line_together', 'emergency_by_her', 'emergency_by_us')),
  raised_at timestamptz not null,
  acknowledged_by uuid references members,
  acknowledged_at timestamptz,
  closed_by uuid references members,
  closed_at timestamptz
);
create index concerns_open on concerns (raised_at) where closed_at is null;
create unique index one_open_concern_a_conversation on concerns (conversation_id) where closed_at is null;

-- Each supervisor paged for a concern, one after the other until one acknowledges.
create table concern_pages (
  id uuid primary key default gen_random_uuid(),
  concern_id uuid not null references concerns on delete cascade,
  member_id uuid not null references members on delete cascade,
  paged_at timestamptz not null,
  acknowledged_at timestamptz
);

create table referrals (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversations on delete cascade,
  member_id uuid not null references members,
  line text not null,
  at timestamptz not null
);

-- How it ended, for the helpline's own numbers: no words of anybody.
create table closures (
  conversation_id uuid primary key references conversations on delete cascade,
  member_id uuid not null references members,
  outcome text not null check (outcome in ('listened', 'referred', 'followed_up', 'crisis_help', 'ended_early')),
  reasons text[] not null,
  follow_up_on date,
  at timestamptz not null
);

-- After a hard one: the volunteer's own debrief, sealed with her key. Only she and, if she asks, a supervisor read it.
create table debriefs (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid references conversations on delete set null,
  member_id uuid not null references members on delete cascade,
  how text not null check (how in ('fine', 'shaken', 'not_ok')),
  words_sealed bytea,
  wants_talk boolean not null,
  at timestamptz not null,
  answered_by uuid references members,
  answered_at timestamptz
);

create table phrases (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  en text not null,
  es text not null,
  edited_by uuid references members on delete set null,
  edited_at timestamptz not null default now(),
  removed_at timestamptz
);

-- When volunteers usually answer, in the network's zone; a day may have several spans.
create table opening_hours (
  id uuid primary key default gen_random_uuid(),
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null
);

create table opening_exceptions (
  on_day date primary key,
  opens time,
  closes time,
  check ((opens is null) = (closes is null))
);

-- Who asked for too much: a keyed fingerprint of a network prefix, never the address, and when the block ends.
create table blocks (
  fingerprint bytea primary key,
  made_by uuid references members on delete set null,
  made_at timestamptz not null,
  expires_at timestamptz not null
);
