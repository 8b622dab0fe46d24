-- What an open page of a topic has not seen yet: each time a post comes to be read by others it is given the next number of its topic, in the order of commits.
alter table topics add column last_shown integer not null default 0;
alter table posts add column shown_number integer;
update posts p set shown_number = n.number from (select id, row_number() over (partition by topic_id order by seq) as number from posts where shown_at is not null) n where n.id = p.id;
update topics t set last_shown = n.last from (select topic_id, max(shown_number) as last from posts where shown_number is not null group by topic_id) n where n.topic_id = t.id;
