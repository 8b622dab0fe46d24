-- When she last showed in this session that it is she: what changes how she signs in asks for it again after ten minutes.
alter table member_sessions add column proved_at timestamptz;
update member_sessions set proved_at = made_at;
alter table member_sessions alter column proved_at set not null;
