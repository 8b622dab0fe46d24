-- A file that was handed in is read when somebody has seen what is in it and said so. Until then it waits, for two days.
alter table directory_imports add column asked_at timestamptz;
-- What was brought in last?
create index imports_by_start on directory_imports (started_at desc, id desc);
