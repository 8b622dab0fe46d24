-- A facilitator leads groups; always two.
alter table member_roles drop constraint member_roles_role_check, add constraint member_roles_role_check check (role in ('volunteer', 'facilitator', 'supervisor', 'coordinator'));

-- Who a group is for is data: a network adds its own. What is not said in a language is said in the other.
create table group_kinds (
  id text primary key check (id ~ '^[a-z][a-z-]{1,40}$'),
  name_en text not null,
  name_es text not null,
  -- Whom it is for, and for whom another place is better.
  who_en text not null,
  who_es text not null,
  not_for_en text,
  not_for_es text,
  place int not null default 100,
  ended_at timestamptz
);

-- A group that meets by a plan: wall time of one zone, never an instant (features/groups/calendar).
create table series (
  id uuid primary key default gen_random_uuid(),
  kind text not null references group_kinds,
  language text not null check (language in ('en', 'es')),
  -- What happens in it, in its facilitators' words, and who may come besides what the kind says; shown as it is.
  about text,
  rhythm jsonb not null,
  starts_on date not null,
  at time not null,
  zone text not null,
  minutes int not null check (minutes between 15 and 240),
  until date,
  count int check (count between 1 and 500),
  seats int not null check (seats between 2 and 16),
  camera text not null default 'welcome' check (camera in ('off', 'welcome', 'hello')),
  partners boolean not null default true,
  -- Where its room is; the address of an organisation's own is sealed, and shown only to an admitted seat.
  room text not null default 'embedded' check (room in ('embedded', 'janus', 'livekit', 'link')),
  room_sealed bytea,
  wrapped_key bytea,
  proposed_by uuid references members on delete set null,
  proposed_at timestamptz not null default now(),
  approved_by uuid references members on delete set null,
  approved_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references members on delete set null,
  end_reason text,
  constraint a_link_has_an_address check ((room = 'link') = (room_sealed is not null))
);
-- Which groups meet, and which wait for a coordinator's yes?
create index series_in_force on series (approved_at) where ended_at is null;

-- A day that its rule gives and that is left out, or has another day and hour; the rule's day is its name for good.
create table series_exceptions (
  series_id uuid not null references series on delete cascade,
  day date not null,
  kind text not null check (kind in ('skipped', 'moved')),
  moved_on date,
  moved_at time,
  reason text check (reason in ('holiday', 'facilitator', 'other')),
  decided_by uuid references members on delete set null,
  decided_at timestamptz not null default now(),
  primary key (series_id, day),
  check ((kind = 'moved') = (moved_on is not null and moved_at is not null))
);

create table series_facilitators (
  series_id uuid not null references series on delete cascade,
  member_id uuid not null references members on delete cascade,
  since timestamptz not null default now(),
  until timestamptz,
  primary key (series_id, member_id, since)
);
-- Which groups does she lead?
create unique index series_facilitators_now on series_facilitators (member_id, series_id) where until is null;

-- She has been trained to lead groups; without it nobody opens one.
create table facilitator_trainings (
  member_id uuid not null references members on delete cascade,
  trained_on date not null,
  recorded_by uuid references members on delete set null,
  recorded_at timestamptz not null default now(),
  primary key (member_id, trained_on)
);

-- One meeting, written down ahead of time. `zones` is the time-zone database that it was reckoned with: another one reckons anew, compares, and tells.
create table group_sessions (
  id uuid primary key default gen_random_uuid(),
  series_id uuid not null references series on delete cascade,
  day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  shifted boolean not null default false,
  moved boolean not null default false,
  zones text not null,
  seats int not null,
  -- Grows with every change that calendars must hear of (RFC 5545, 3.8.7.4).
  sequence int not null default 0,
  changed_at timestamptz not null default now(),
  cancelled_at timestamptz,
  cancelled_by uuid references members on delete set null,
  cancel_reason text check (cancel_reason in ('holiday', 'facilitator', 'too_few', 'technical', 'other')),
  opened_at timestamptz,
  closed_at timestamptz,
  -- From here on, seats of those who did not come were given on.
  released_at timestamptz,
  unique (series_id, day),
  unique (id, seats)
);
-- What meets this week?
create index sessions_by_start on group_sessions (starts_at);

-- Who leads one meeting in the place of, or beside, those of its series; and who of those can't that day.
create table session_covers (
  session_id uuid not null references group_sessions on delete cascade,
  member_id uuid not null references members on delete cascade,
  kind text not null check (kind in ('covers', 'absent')),
  at timestamptz not null default now(),
  primary key (session_id, member_id)
);

-- A seat, or a place on the waitlist. `person` is the same hand in the same series, and tells nothing across series.
-- A held seat and an open offer have a place of their own: no two of a session have the same, and none is beyond its last.
create table seats (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  key_hash bytea not null unique,
  person bytea not null,
  alias text not null check (length(alias) between 1 and 24),
  language text not null check (language in ('en', 'es')),
  zone text not null,
  asked_at timestamptz not null,
  of_seats int not null,
  place int,
  held_at timestamptz,
  offered_at timestamptz,
  offered_until timestamptz,
  offers_missed int not null default 0,
  -- Before the start and without a seat, she says that she is here and would take one that is left.
  standby_at timestamptz,
  lobby_at timestamptz,
  admitted_at timestamptz,
  came_at timestamptz,
  left_at timestamptz,
  released_at timestamptz,
  released_why text check (released_why in ('given_back', 'no_show', 'removed', 'session_cancelled')),
  -- How to reach her, sealed with a key of this seat alone.
  way text check (way in ('email', 'text')),
  contact_sealed bytea,
  -- The key of the seat itself, for the link in what she is sent.
  key_sealed bytea,
  wrapped_key bytea,
  next_day boolean not null default false,
  leaving text check (leaving in ('lighter', 'same', 'heavier', 'talk')),
  foreign key (session_id, of_seats) references group_sessions (id, seats) on update cascade on delete cascade,
  constraint a_place_is_one_of_the_seats check (place between 1 and of_seats),
  constraint who_has_a_place_holds_or_is_offered_it check ((place is not null) = (released_at is null and (held_at is not null or offered_until is not null))),
  constraint a_contact_has_a_way_and_a_key check ((contact_sealed is null) = (way is null) and (contact_sealed is null) = (wrapped_key is null) and (contact_sealed is null) = (key_sealed is null))
);
create unique index seats_one_hand_a_place on seats (session_id, place) where place is not null;
create unique index seats_one_a_person on seats (session_id, person) where released_at is null;
-- How often has this hand come lately?
create index seats_by_person on seats (person);

-- What was sent of one seat, so that a second run sends nothing again.
create table seat_letters (
  seat_id uuid not null references seats on delete cascade,
  kind text not null,
  at timestamptz not null default now(),
  primary key (seat_id, kind)
);

-- What stays when attendance is gone: numbers of one meeting, nobody's name.
create table session_totals (
  session_id uuid primary key references group_sessions on delete cascade,
  held int not null,
  came int not null,
  waited int not null,
  no_shows int not null,
  came_back int not null
);

comment on table group_kinds is 'brought by migrations';
insert into group_kinds (id, name_en, name_es, who_en, who_es, not_for_en, not_for_es, place) values
  ('after-birth', 'Pregnancy and after birth', 'Embarazo y después del parto', 'Parents who are pregnant or have a baby under two, and are not well.', 'Madres y padres en el embarazo o con un bebé de menos de dos años, que no están bien.', 'If you lost a baby, the group for loss is quieter for you.', 'Si perdiste a un bebé, el grupo de pérdida es más tranquilo para ti.', 10),
  ('anxiety', 'Anxiety and frightening thoughts', 'Ansiedad y pensamientos que asustan', 'Parents whose head does not stop, or who have thoughts that frighten them.', 'Madres y padres a quienes la cabeza no les da descanso, o con pensamientos que asustan.', null, null, 20),
  ('fathers', 'Fathers', 'Papás', 'Fathers and other dads, whether they or their partner are not well.', 'Papás, tanto si ellos no están bien como si es su pareja.', null, null, 30),
  ('partners', 'Partners and family', 'Parejas y familia', 'Whoever stands beside a parent who is not well.', 'Quienes acompañan a una madre o un padre que no está bien.', 'This group is without the parent whom you stand beside.', 'Este grupo es sin la persona a quien acompañas.', 40),
  ('loss', 'After a loss', 'Después de una pérdida', 'Parents whose baby died, in pregnancy or after.', 'Madres y padres cuyo bebé murió, en el embarazo o después.', null, null, 50),
  ('pregnant-after-loss', 'Pregnant after a loss', 'Embarazo después de una pérdida', 'Parents who are pregnant again after a baby died.', 'Madres y padres que esperan otro bebé después de una pérdida.', null, null, 60),
  ('nicu', 'A baby in intensive care', 'Un bebé en cuidados intensivos', 'Parents whose baby is, or was, in intensive care.', 'Madres y padres cuyo bebé está o estuvo en cuidados intensivos.', null, null, 70),
  ('hard-birth', 'After a hard birth', 'Después de un parto difícil', 'Parents whose birth still comes back at night.', 'Madres y padres cuyo parto todavía vuelve por las noches.', null, null, 80),
  ('psychosis', 'After postpartum psychosis', 'Después de una psicosis posparto', 'Parents who had a psychosis after birth and are on their way back.', 'Madres y padres que tuvieron una psicosis después del parto y se están recuperando.', 'If it is happening now, a doctor is needed today, and a group can wait.', 'Si está pasando ahora, hoy hace falta atención médica; el grupo puede esperar.', 90),
  ('adoption-birth-mothers', 'Birth mothers who chose adoption', 'Madres que eligieron la adopción', 'Mothers who placed a child for adoption, lately or long ago.', 'Madres que dieron un hijo en adopción, hace poco o hace mucho.', 'For adoptive parents there is another group.', 'Para madres y padres adoptivos hay otro grupo.', 100),
  ('adoptive-parents', 'Adoptive parents', 'Madres y padres adoptivos', 'Parents who adopted, and for whom it is harder than they thought.', 'Madres y padres que adoptaron y a quienes les cuesta más de lo que pensaban.', null, null, 110),
  ('military', 'Military families', 'Familias militares', 'Parents who serve, or whose partner does.', 'Madres y padres que sirven en las fuerzas armadas, o cuya pareja sirve.', null, null, 120),
  ('lgbtq', 'LGBTQ+ parents', 'Madres y padres LGBTQ+', 'LGBTQ+ parents, pregnant or with a baby.', 'Madres y padres LGBTQ+, en el embarazo o con un bebé.', null, null, 130),
  ('twins', 'Twins and more', 'Gemelos y más', 'Parents of two or more at once.', 'Madres y padres de dos o más a la vez.', null, null, 140);
