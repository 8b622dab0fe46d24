-- Who interprets does so into one language, and who listens chooses one; those who lead an evening may listen, too.
delete from evening_marks where mark in ('interprets', 'interprets_aloud', 'hears_interpreter');
alter table evening_marks add column language text, add constraint in_a_language check ((mark in ('interprets', 'hears_interpreter')) = (language is not null));
alter table evening_presence add column hears text;
