#!/bin/sh
# Runs once, when the data volume is empty: one role per owner, so that Temporal cannot read the books.
set -eu

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" \
  --set checkout_password="$CHECKOUT_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role checkout login password :'checkout_password';
create role temporal login password :'temporal_password';
create database checkout owner checkout;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database checkout, temporal, temporal_visibility from public;
SQL
