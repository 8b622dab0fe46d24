-- One installation is one network: this table has one row or, before set-up, none.
create table network (
  only_one boolean primary key default true check (only_one),
  name text not null check (length(name) between 1 and 80),
  host_organisation text not null check (length(host_organisation) between 1 and 120),
  country text not null check (country ~ '^[A-Z]{2}$'),
  zone text not null,
  languages text[] not null check (array_length(languages, 1) >= 1),
  -- Days that a conversation is kept after its end. After them its key is destroyed; the numbers stay.
  conversation_days int not null default 30 check (conversation_days between 1 and 365),
  contact_days int not null default 14 check (contact_days between 1 and 90),
  audit_days int not null default 730 check (audit_days between 90 and 3650),
  set_up_at timestamptz not null default now()
);

-- The one-time link with which the first visitor sets the network up. Only its hash is kept.
create table setup_links (
  token_hash bytea primary key,
  made_at timestamptz not null default now(),
  used_at timestamptz
);

-- What this installation makes for itself on first start (the key pair for web push), sealed with the master key.
create table installation_secrets (
  name text primary key,
  wrapped_key bytea not null,
  sealed bytea not null
);

-- Members of staff: the name that parents see, and how each signs in (other tables).
create table members (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 60),
  -- Lower case; how she signs in with a passphrase. Never shown to a parent.
  sign_in_name text not null unique check (sign_in_name ~ '^[a-z0-9._-]{3,40}$'),
  language text not null default 'en',
  zone text not null,
  wrapped_key bytea not null,
  -- Sealed with her key; the fingerprint finds her for an e-mail link.
  email_sealed bytea,
  email_fingerprint bytea unique,
  joined_at timestamptz not null default now(),
  left_at timestamptz
);

-- A role is held from one instant to another. Ending one is a row's end, never a deletion.
create table member_roles (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members on delete cascade,
  role text not null check (role in ('volunteer', 'supervisor', 'coordinator')),
  given_by uuid references members on delete set null,
  given_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references members on delete set null
);
-- Which roles does this member hold now?
create index member_roles_by_member on member_roles (member_id) where ended_at is null;

create table invitations (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  for_name text not null,
  roles text[] not null,
  roles_expire_at timestamptz,
  invited_by uuid references members on delete set null,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_by uuid references members on delete set null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);

create table passphrases (
  member_id uuid primary key references members on delete cascade,
  -- argon2id, with its parameters.
  hash text not null,
  set_at timestamptz not null default now()
);

create table passkeys (
  id text primary key,
  member_id uuid not null references members on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkeys_by_member on passkeys (member_id);

-- A challenge that a passkey must answer; used once.
create table passkey_challenges (
  id uuid primary key default gen_random_uuid(),
  member_id uuid references members on delete cascade,
  purpose text not null check (purpose in ('register', 'sign_in', 'second_step')),
  challenge text not null,
  expires_at timestamptz not null
);

-- The second step by an authenticator app; not in force until the first code was right.
create table authenticator_apps (
  member_id uuid primary key references members on delete cascade,
  secret_sealed bytea not null,
  confirmed_at timestamptz,
  -- The last 30-second step that was accepted, so that a code counts once.
  last_step bigint
);

create table recovery_codes (
  code_hash bytea primary key,
  member_id uuid not null references members on delete cascade,
  used_at timestamptz
);
create index recovery_codes_by_member on recovery_codes (member_id);

create table sign_in_links (
  token_hash bytea primary key,
  member_id uuid not null references members on delete cascade,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table member_sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  member_id uuid not null references members on delete cascade,
  way text not null check (way in ('passkey', 'passphrase', 'email_link', 'invitation', 'setup', 'demo')),
  -- "Firefox on Android": enough to know one's own device by.
  device text not null,
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  two_step_at timestamptz,
  revoked_at timestamptz
);
-- Which sessions does this member have? (her list; "make everyone else leave")
create index member_sessions_by_member on member_sessions (member_id) where revoked_at is null;

create table push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  made_at timestamptz not null default now()
);

-- Who did or opened what, and when. Never what was said. Written once; the program has no way to change a row.
create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  member_id uuid references members on delete set null,
  act text not null,
  subject_kind text not null,
  subject_id text,
  reason text
);
-- Who opened this conversation? What did this member open?
create index audit_entries_by_subject on audit_entries (subject_kind, subject_id, at desc);
create index audit_entries_by_member on audit_entries (member_id, at desc);
