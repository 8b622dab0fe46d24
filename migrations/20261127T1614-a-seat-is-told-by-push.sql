-- A browser's push subscription is a third way to tell her of her seat; sealed where an address would stand, and gone with it.
alter table seats drop constraint seats_way_check, add constraint seats_way_check check (way in ('email', 'text', 'push'));
