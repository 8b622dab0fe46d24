-- In a meeting somebody interprets for those who listen to her.
alter table evening_marks drop constraint evening_marks_mark_check, add constraint evening_marks_mark_check check (mark in ('muted', 'reads_captions', 'writes_captions', 'interprets', 'interprets_aloud', 'hears_interpreter'));
