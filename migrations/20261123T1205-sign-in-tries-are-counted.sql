-- How often somebody tried a door lately. The key is a keyed fingerprint, never a name or an address;
-- the columns are those that rate-limiter-flexible writes (expire: milliseconds since 1970).
create table sign_in_tries (
  key text primary key,
  points int not null default 0,
  expire bigint
);

-- A recovery code is a way in of its own.
alter table member_sessions drop constraint member_sessions_way_check;
alter table member_sessions add constraint member_sessions_way_check
  check (way in ('passkey', 'passphrase', 'email_link', 'recovery_code', 'invitation', 'setup', 'demo'));

-- The links that a demo prints open a desk at once; outside of a demo no link is made so.
alter table sign_in_links add column way text not null default 'email_link' check (way in ('email_link', 'demo'));
