-- Two more roles: a member of the community, who works nowhere, and a moderator, who keeps it.
alter table member_roles drop constraint member_roles_role_check, add constraint member_roles_role_check check (role in ('member', 'volunteer', 'facilitator', 'moderator', 'supervisor', 'coordinator'));
