-- A moderator reads the topic around a post as every member does; a box asked for leave that changed nothing.
update case_reasons set why = array_remove(why, 'with_before') where 'with_before' = any (why);
