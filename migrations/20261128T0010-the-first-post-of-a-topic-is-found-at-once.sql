-- A list of topics shows how each begins: without this, all answers to a topic are read to find the one post that opened it.
create unique index posts_opening on posts (topic_id) where opening;
