-- A coordinator's answer to a proposal that is not a yes yet: what she would like to be otherwise. Sent again later than this, it waits again.
create table series_answers (
  id uuid primary key default gen_random_uuid(),
  series_id uuid not null references series on delete cascade,
  said text not null check (length(said) between 1 and 2000),
  answered_by uuid references members on delete set null,
  answered_at timestamptz not null default now()
);
-- What was said of this proposal, and is it the proposer's turn?
create index series_answers_by_series on series_answers (series_id, answered_at);
