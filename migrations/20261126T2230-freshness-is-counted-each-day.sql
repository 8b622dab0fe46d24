-- How true the directory was, day by day: of the whole network (area '') and of each area with its parts. A day's row is counted again until it is over.
create table ledger_days (
  day date not null,
  area_id text not null,
  shown int not null,
  verified_30 int not null,
  verified_90 int not null,
  -- Days since the confirmation of the listings that are shown and confirmed; null where there are none.
  median_age_days real,
  in_doubt int not null,
  open_reports int not null,
  hidden_expired int not null,
  never_confirmed int not null,
  counted_at timestamptz not null,
  primary key (area_id, day)
);
-- All areas of one day.
create index ledger_days_by_day on ledger_days (day);
