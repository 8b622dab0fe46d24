-- What is said of insurance, cost, languages or for whom can end while the listing itself is confirmed again and again. Who looks asks the
-- clock: beside its tokens a listing says which of them fall with which statement ({"i_medicaid": "i", "medicaid": "i"}), and its card until
-- when each statement is shown ({"i": 1780000000000}).
alter table listings add column fading jsonb not null default '{}';
-- The earliest of those moments, in milliseconds: before it nothing more need be asked of a row.
alter table listing_search add column fades_at bigint;

create or replace function searched_of(listing listings) returns listing_search language sql immutable as $$
  select listing.id,
    array_to_tsvector(case when listing.accepting = 'yes' then listing.tokens || 'a_yes'::text else listing.tokens end),
    case when listing.latitude is not null then ll_to_earth(listing.latitude, listing.longitude)::cube end,
    listing.country,
    case when listing.accepting = 'yes' then listing.accepting_until end,
    listing.sinks_at,
    listing.hidden_at,
    case when listing.fading <> '{}' then least(
      (listing.card -> 'until' ->> 'l')::bigint, (listing.card -> 'until' ->> 'c')::bigint,
      (listing.card -> 'until' ->> 'i')::bigint, (listing.card -> 'until' ->> 'w')::bigint) end
$$;

create or replace function keep_listing_search() returns trigger language plpgsql as $$
begin
  insert into listing_search select found.* from changed, lateral searched_of(changed) as found
  on conflict (id) do update set
    search = excluded.search, earth_point = excluded.earth_point, country = excluded.country,
    accepting_until = excluded.accepting_until, sinks_at = excluded.sinks_at, hidden_at = excluded.hidden_at, fades_at = excluded.fades_at
  where listing_search is distinct from excluded;
  return null;
end
$$;

-- What a listing may still be found by at a moment.
create function lasting(listing uuid, search tsvector, moment bigint) returns tsvector language sql stable as $$
  select ts_delete(search, array(
    select token from jsonb_each_text(listings.fading) as each (token, letters)
    where not exists (
      select from unnest(string_to_array(letters, null)) as letter
      where coalesce((listings.card -> 'until' ->> letter)::bigint, 9223372036854775807) > moment)))
  from listings where id = listing
$$;

-- Of the rows that are there: their facets at once, their words when they are next made anew.
update listings set
  changed_at = now(),
  fading = coalesce((select jsonb_object_agg(token, case when left(token, 1) in ('l', 'c', 'i') then left(token, 1) else 'w' end)
    from unnest(tokens) as token where token ~ '^[lciwstp]_'), '{}'),
  card = card || jsonb_build_object('until', (
    select jsonb_object_agg(letter, coalesce((
      select (extract(epoch from coalesce(verified_at, stated_at)) * 1000)::bigint
        + 2 * 86400000::bigint * case when own.field = 'insurance' then 90 when listings.kind = 'crisis_line' then 30 when listings.kind in ('warmline', 'group') then 60 else 90 end
      from listing_claims where service_id = listings.service_id and superseded_at is null and field in (own.field, 'about', 'contact')
      order by field = own.field desc, field = 'about' desc limit 1), 0))
    from (values ('l', 'languages'), ('c', 'cost'), ('i', 'insurance'), ('w', 'who'), ('a', 'place')) as own (letter, field)));
