-- HSDS has no field for four things that we know. They travel as attributes of a small taxonomy of our own, the value being the fact.
insert into taxonomies (id, name, description, version) values
  ('63f2607f-bc8f-5b43-a99f-17281dd4de6d', 'small-hours-facts', 'Facts that HSDS has no field for; the attribute''s value is the fact.', '1');
insert into taxonomy_terms (id, code, name, description, taxonomy, taxonomy_id, language) values
  ('299fb61e-27b6-5d2b-a23a-de99e29c628f', 'kind', 'What it is', 'Of a service: crisis_line, warmline, group, provider or resource.', 'small-hours-facts', '63f2607f-bc8f-5b43-a99f-17281dd4de6d', 'en'),
  ('0310d003-a90c-5bf4-9a4e-e2b78d6a15e2', 'time_zone', 'Time zone', 'Of a location or a schedule: the IANA name of the zone in which its times are meant.', 'small-hours-facts', '63f2607f-bc8f-5b43-a99f-17281dd4de6d', 'en'),
  ('e93946b6-0c08-5e0c-9907-7eebb71c3694', 'dial', 'As it is dialled', 'Of a phone: the country, a space, and the number in E.164 ("US +12135550123"), or a short code that works in that country alone ("US 988").', 'small-hours-facts', '63f2607f-bc8f-5b43-a99f-17281dd4de6d', 'en'),
  ('d9bac7c4-363e-5010-95e9-46d0ae78d7e4', 'wait_days', 'Days to wait', 'Of a service: about how many days until a first appointment or meeting.', 'small-hours-facts', '63f2607f-bc8f-5b43-a99f-17281dd4de6d', 'en');
