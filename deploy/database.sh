#!/bin/sh
# Runs once, when the database's volume is empty: the application gets a user of its own, which is not a superuser, so that
# row-level security holds for it; and the one extension that only a superuser may add.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$DATABASE_PASSWORD" -U "$POSTGRES_USER" -d postgres <<'SQL'
create role small_hours login password :'password';
create database small_hours owner small_hours;
\connect small_hours
create extension if not exists earthdistance cascade;
SQL
