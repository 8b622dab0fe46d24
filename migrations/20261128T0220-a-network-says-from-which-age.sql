-- From which age somebody takes a place in the forum; null asks nobody. Nothing of the answer is kept.
alter table network add column least_age smallint default 13 check (least_age in (13, 16, 18));
