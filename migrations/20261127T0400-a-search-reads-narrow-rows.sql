-- What a search reads and nothing else, kept by the database itself whenever `listings` changes. Beside their cards the rows took four times
-- the room: a walk from the nearest on, past thousands that lack a word, read all of it (decisions/0015).
create table listing_search (
  id uuid primary key,
  -- Words and facets of `listings.tokens`, and 'a_yes' where they said yes when last asked, so that one index narrows by all of it.
  search tsvector not null,
  earth_point cube,
  country text,
  -- Of a yes. It counts only before this, whatever the clock of a job says.
  accepting_until timestamptz,
  sinks_at timestamptz not null,
  hidden_at timestamptz
) with (fillfactor = 90);

create function searched_of(listing listings) returns listing_search language sql immutable as $$
  select listing.id,
    array_to_tsvector(case when listing.accepting = 'yes' then listing.tokens || 'a_yes'::text else listing.tokens end),
    case when listing.latitude is not null then ll_to_earth(listing.latitude, listing.longitude)::cube end,
    listing.country,
    case when listing.accepting = 'yes' then listing.accepting_until end,
    listing.sinks_at,
    listing.hidden_at
$$;

create function keep_listing_search() returns trigger language plpgsql as $$
begin
  insert into listing_search select (searched_of(changed)).* from changed
  on conflict (id) do update set
    search = excluded.search, earth_point = excluded.earth_point, country = excluded.country,
    accepting_until = excluded.accepting_until, sinks_at = excluded.sinks_at, hidden_at = excluded.hidden_at
  where listing_search is distinct from excluded;
  return null;
end
$$;

create function drop_listing_search() returns trigger language plpgsql as $$
begin
  delete from listing_search where id in (select id from gone);
  return null;
end
$$;

drop index listings_search, listings_near;
alter table listings drop column search, drop column earth_point;
create trigger searched_when_new after insert on listings referencing new table as changed for each statement execute function keep_listing_search();
create trigger searched_when_changed after update on listings referencing new table as changed for each statement execute function keep_listing_search();
create trigger searched_no_more after delete on listings referencing old table as gone for each statement execute function drop_listing_search();

insert into listing_search select (searched_of(listings)).* from listings;

-- Which match these words and facets?
create index listing_search_words on listing_search using gin (search);
-- Which of those that match are nearest? The words stand in this index too, so that a walk passes what lacks one without fetching it;
-- as an expression, so that only a query that says `strip` takes this way (it changes nothing of a vector without positions).
create index listing_search_near on listing_search using gist (earth_point, strip(search));
