-- The drop box's own role on PostgreSQL: it may append and nothing else. Run once by the owner of the
-- intake's tables, after `migrate dropbox --database intake`; then INTAKE_URL in dropbox.env names
-- this role, the one in .env the owner.
--     psql "$INTAKE_URL" -v password="'…'" -f postgresql.sql
CREATE ROLE hop_thu LOGIN PASSWORD :password NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
GRANT USAGE ON SCHEMA public TO hop_thu;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM hop_thu;
GRANT INSERT ON dropbox_submission, dropbox_hit TO hop_thu;
