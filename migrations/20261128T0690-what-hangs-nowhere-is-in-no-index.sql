-- A number, an opening hour or a language hangs on one of four records, and stood in the indexes of the other three as nothing; a claim that
-- nobody has confirmed ends never, and stood in the index of ends. Nobody asks for those there.
drop index phones_by_service, phones_by_location, phones_by_organization, phones_by_service_at_location, schedules_by_service, schedules_by_location,
  schedules_by_service_at_location, languages_by_service, languages_by_location, languages_by_phone, claims_by_end;
create index phones_by_service on phones (service_id) where service_id is not null;
create index phones_by_location on phones (location_id) where location_id is not null;
create index phones_by_organization on phones (organization_id) where organization_id is not null;
create index phones_by_service_at_location on phones (service_at_location_id) where service_at_location_id is not null;
create index schedules_by_service on schedules (service_id) where service_id is not null;
create index schedules_by_location on schedules (location_id) where location_id is not null;
create index schedules_by_service_at_location on schedules (service_at_location_id) where service_at_location_id is not null;
create index languages_by_service on languages (service_id) where service_id is not null;
create index languages_by_location on languages (location_id) where location_id is not null;
create index languages_by_phone on languages (phone_id) where phone_id is not null;
create index claims_by_end on listing_claims (expires_at) where superseded_at is null and expires_at is not null;
