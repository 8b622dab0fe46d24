-- A coordinator has another directory read no more. The row stays, so that its records find whose they were when it is added again.
alter table directory_sources add column taken_away_at timestamptz;
