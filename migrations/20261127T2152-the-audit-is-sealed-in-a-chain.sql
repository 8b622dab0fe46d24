-- Each entry of the audit, in the order in which it was sealed, with a hash over itself and the one before: a row that was changed or taken out
-- later is found. A job seals what is new, so that nobody who writes an entry waits for another.
create table audit_chain (
  seq bigint primary key,
  entry_id bigint not null unique,
  entry_at timestamptz not null,
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null
);
