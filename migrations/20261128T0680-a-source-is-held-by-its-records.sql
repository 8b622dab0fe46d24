-- What hangs on an organization, a service or a place comes from the source of that record, which the record itself holds. To ask for the
-- source once more at each address, number, opening hour and term was 4 µs a row, and 3 s of an import of 100,000 services (decisions/0018).
alter table addresses drop constraint addresses_source_id_fkey;
alter table services_at_locations drop constraint services_at_locations_source_id_fkey;
alter table phones drop constraint phones_source_id_fkey;
alter table schedules drop constraint schedules_source_id_fkey;
alter table languages drop constraint languages_source_id_fkey;
alter table attributes drop constraint attributes_source_id_fkey;
