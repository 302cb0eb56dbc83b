-- Which statements take the time, for people and for the exporter; see docs/operations.md.
create extension if not exists pg_stat_statements;
