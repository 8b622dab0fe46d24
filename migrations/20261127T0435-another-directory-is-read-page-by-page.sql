-- What another directory's API has answered so far. Kept until all of it is there, so that a reading that was cut goes on where it was.
create table directory_pages (
  import_id uuid not null references directory_imports on delete cascade,
  nth int not null,
  -- JSON, packed (gzip).
  body bytea not null,
  primary key (import_id, nth)
);
-- What this reading asked for: changes since then; none: everything.
alter table directory_imports add column since timestamptz;
-- When everything was last asked for. Some servers do not say what is gone; then only that tells.
alter table directory_sources add column whole_read_at timestamptz;
