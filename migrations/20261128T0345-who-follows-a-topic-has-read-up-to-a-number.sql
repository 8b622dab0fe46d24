-- Up to which of a topic's numbers she has read: what comes later is new for her.
alter table follows drop column read_seq;
alter table follows add column read_number integer not null default 0;
update follows f set read_number = t.last_shown from topics t where t.id = f.topic_id;
