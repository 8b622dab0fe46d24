-- A volunteer who signed out, or whose role ended, is off duty.
alter table shifts drop constraint shifts_end_reason_check;
alter table shifts add constraint shifts_end_reason_check check (end_reason in ('went_off', 'time_over', 'connection_gone', 'signed_out'));
