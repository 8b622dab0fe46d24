-- Who reported, sealed under the report's own key: `by_whom` is good for one listing alone, and two that turn out to be one had two of them.
-- Opened only then, to tell one person from two; gone when the report is handled.
alter table listing_reports add column who_sealed bytea;
