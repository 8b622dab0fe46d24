-- Each process that does jobs writes here every two seconds. One whose sign stays the same is gone, and its jobs are freed.
create table job_workers (
  -- As graphile-worker notes it beside the jobs that it holds (locked_by).
  id text primary key,
  showed_at timestamptz not null
);
