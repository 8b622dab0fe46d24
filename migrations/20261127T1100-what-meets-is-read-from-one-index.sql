-- What meets from now on, in order, of which group, with how many seats? Rows of cancelled meetings and what else stands in a row are not read.
create index sessions_to_join on group_sessions (starts_at, id) include (series_id, seats) where cancelled_at is null;
