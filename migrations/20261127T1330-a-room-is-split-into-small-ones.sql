-- The room is split for a while: who is in which small room, a seat or a facilitator who visits. Whoever is in none is with the group.
create table evening_small_rooms (
  session_id uuid not null references group_sessions on delete cascade,
  room int not null check (room between 1 and 4),
  seat_id uuid references seats on delete cascade,
  member_id uuid references members on delete cascade,
  since timestamptz not null,
  constraint one_of_both check (num_nonnulls(seat_id, member_id) = 1),
  unique (session_id, seat_id),
  unique (session_id, member_id)
);
-- What was written in a small room is read in it alone. 0: that one is no more, and its words are gone.
alter table evening_lines add column small_room int check (small_room between 0 and 4);
