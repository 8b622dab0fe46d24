-- `(searched_of(changed)).*` asked the function once for each of its seven columns: of a list that comes in, most of the work.
create or replace function keep_listing_search() returns trigger language plpgsql as $$
begin
  insert into listing_search select found.* from changed, lateral searched_of(changed) as found
  on conflict (id) do update set
    search = excluded.search, earth_point = excluded.earth_point, country = excluded.country,
    accepting_until = excluded.accepting_until, sinks_at = excluded.sinks_at, hidden_at = excluded.hidden_at
  where listing_search is distinct from excluded;
  return null;
end
$$;
