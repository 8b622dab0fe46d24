-- When the room of this evening got another address: an organization's own room keeps whoever knows the old one. Those who are inside are told.
alter table group_sessions add column room_moved_at timestamptz;
