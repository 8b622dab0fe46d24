-- Which services can be found now, in the order of their ids, and how many? (with their end, the index alone answers)
drop index listings_by_service;
create index listings_by_service on listings (service_id, hidden_at);
-- Which went out of sight since? (HSDS modified_after)
create index listings_by_end on listings (hidden_at);
-- Which numbers are a contact's?
create index phones_by_contact on phones ((more ->> 'contact_id')) where more ? 'contact_id';
