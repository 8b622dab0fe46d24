-- Whom somebody asks about what is kept of her, and what a network says of its own beside what the program says.
alter table network
  add column privacy_contact text not null default '',
  add column complain_to text not null default '',
  add column privacy_more_en text not null default '',
  add column privacy_more_es text not null default '';
