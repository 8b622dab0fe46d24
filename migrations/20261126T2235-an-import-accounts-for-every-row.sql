-- An account says of a row that came in what was mended or left out, and may say several things of one row.
alter table directory_import_rows drop constraint directory_import_rows_fate_check;
alter table directory_import_rows add constraint directory_import_rows_fate_check check (fate in ('merged', 'refused', 'noted'));
alter table directory_import_rows drop constraint directory_import_rows_pkey;
alter table directory_import_rows alter column detail set default '';
update directory_import_rows set detail = '' where detail is null;
alter table directory_import_rows alter column detail set not null;
alter table directory_import_rows add primary key (import_id, file, line, reason, detail);

-- Where the places and numbers of a source are, when they do not say.
alter table directory_sources add column country text;
-- Of one that is read again and again: when it was read last and will be next, and what is wrong with it (a key of words) since when.
alter table directory_sources add column read_at timestamptz;
alter table directory_sources add column next_read_at timestamptz;
alter table directory_sources add column trouble text;
alter table directory_sources add column trouble_since timestamptz;
-- What the other side said of itself the last time (HTTP ETag), so that it can say that nothing is new.
alter table directory_sources add column etag text;
create unique index one_source_a_name on directory_sources (lower(name));

alter table directory_imports add column file_name text;
-- Where the file lies until it has been read.
alter table directory_imports add column upload text;
alter table directory_imports add column written int;
alter table directory_imports add column duplicates int;
alter table directory_imports add column conflicts int;
alter table directory_imports add column refused_detail text;

-- A source says something else than what one of ours, or the owner, has said since. Hers stays on screen; both are kept until a person decides.
create table listing_conflicts (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references services on delete cascade,
  field text not null,
  source_id uuid not null references directory_sources,
  -- The table and row that it is about; `theirs` is the row as the source has it: column by column, and the whole of `more`.
  record_table text not null,
  record_id uuid not null,
  theirs jsonb not null,
  digest bytea not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references members on delete set null,
  decision text check (decision in ('ours', 'theirs')),
  -- The same row of a source is proposed once, however often it is read.
  unique (record_id, field, digest)
);
create index conflicts_open on listing_conflicts (service_id) where decided_at is null;
