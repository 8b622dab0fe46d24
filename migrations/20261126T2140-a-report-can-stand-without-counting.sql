-- One network says only so much in a day that changes what others see at once; what it says beyond that waits for a person.
alter table listing_reports add column counts boolean not null default true;
