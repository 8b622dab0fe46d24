-- She signed in on a device that others use: the session ends when nobody does anything for half an hour.
alter table member_sessions add column shared boolean not null default false;
