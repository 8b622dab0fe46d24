-- Of each kind, which confirmations ended longest ago, or end next?
create index listings_by_kind_and_end on listings (kind, fresh_until);
