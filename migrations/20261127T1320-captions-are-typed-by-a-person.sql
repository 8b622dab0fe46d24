-- What is said, typed by a person for who reads along; it is sealed and goes with the other lines of the evening.
alter table evening_lines add column caption boolean not null default false;
alter table evening_marks drop constraint evening_marks_mark_check, add constraint evening_marks_mark_check check (mark in ('muted', 'reads_captions', 'writes_captions'));
