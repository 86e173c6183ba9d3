-- Who saves lets the receivers of events stay until that is done, and PostgreSQL wants the right to change a row for it; the
-- rights are given after each migration.
COMMENT ON TABLE accord.event_receiver IS 'held by whoever tells something of a document';
