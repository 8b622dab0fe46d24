-- A coordinator names a part of a region by how its postal codes begin, in both languages, and ends it again. Regions and countries have no end.
alter table areas
  -- Of a part: `name` is the English one.
  add column name_es text,
  add column since timestamptz,
  add column until timestamptz;

-- As it is looked up: capitals and digits alone.
alter table listings add column postcode text generated always as (nullif(regexp_replace(upper(card ->> 'postalCode'), '[^A-Z0-9]', '', 'g'), '')) stored;
-- Which listings of a region lie in a part of it?
create index listings_by_postcode on listings (area_id, postcode text_pattern_ops) where postcode is not null;
