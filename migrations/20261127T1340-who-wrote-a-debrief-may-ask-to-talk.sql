-- A debrief is its writer's own. Where she says that she wants to talk with somebody, a coordinator reads it too.
alter table evening_reports add column wants_talk boolean not null default false;
drop index evening_reports_unread;
-- What waits for a second reader?
create index evening_reports_unread on evening_reports (written_at) where read_at is null and (kind = 'incident' or wants_talk);
-- What did she write?
create index evening_reports_by_writer on evening_reports (member_id, written_at);
