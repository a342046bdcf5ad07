-- The database and the two roles of the Policy Commitment Tracker. Run once, as a PostgreSQL superuser:
--
--     psql -d postgres -v ON_ERROR_STOP=1 -f deploy/roles.sql
--
-- then give both roles a password (in psql: \password tracker_owner), or another way to log in (pg_hba.conf).
--   tracker_owner  owns the tables and runs `manage.py migrate`; nothing else uses it.
--   tracker_app    is what the web, worker, beat and sweeper processes use: it reads and writes rows,
--                  and can neither change nor empty a table.
-- Before PostgreSQL 17, leave the line LOCALE_PROVIDER out.

CREATE ROLE tracker_owner LOGIN;
CREATE ROLE tracker_app LOGIN;

-- Text sorts by code point, the same on every machine and after every upgrade of the operating system.
CREATE DATABASE tracker OWNER tracker_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'
;

REVOKE ALL ON DATABASE tracker FROM PUBLIC;
GRANT CONNECT ON DATABASE tracker TO tracker_app;

\connect tracker

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO tracker_owner;
GRANT USAGE ON SCHEMA public TO tracker_app;

-- For every table and sequence that migrations will make.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tracker_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO tracker_app;
