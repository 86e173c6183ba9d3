-- Two roles and a database for trying Accord with PostgreSQL on a machine of your own.
CREATE ROLE accord_owner LOGIN PASSWORD 'demo';
CREATE ROLE accord_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD 'demo';
CREATE DATABASE accord OWNER accord_owner;
\connect accord
REVOKE ALL ON DATABASE accord FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE accord TO accord_app;
