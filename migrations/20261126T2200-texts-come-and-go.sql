-- Which texts of the provider have been read, so that one that is posted again does nothing. Neither number nor words.
create table received_texts (
  provider_id text primary key,
  at timestamptz not null
);

-- How far texts of ours have come. A report of a lower rank changes nothing.
create table sent_texts (
  provider_id text primary key,
  status text not null check (status in ('queued', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read')),
  rank int not null,
  at timestamptz not null
);

-- Where nobody is written to any more, as they asked: a keyed fingerprint of an e-mail address or a number.
create table stopped_addresses (
  fingerprint bytea primary key,
  stopped_at timestamptz not null
);
