-- What the purge looks for, so that it reads no whole table.
CREATE INDEX audit_event_when ON audit_event (tenant, recorded);
DROP INDEX audit_event_recorded;

-- How the tables fill, for the planner: SQLite knows nothing of it by itself, and then takes the tenant alone for as good a
-- key as the tenant with the person, so that whoever opens one plan would read those of all. Each line is an index with
-- its rows, and how many of them one value of the first column has, of the first two, and so on; roughly, and the same
-- everywhere, so that a statement is planned the same everywhere.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('person', 'person', '100000 50000 1'),
    ('person', 'person_joined', '1000 500 1'),
    ('person_link', 'person_link', '200000 100000 1'),
    ('person_link', 'person_link_person', '200000 100000 2'),
    ('person_link', 'person_link_patient', '200000 100000 2'),
    ('person_link', 'person_link_standing', '150000 75000 1'),
    ('person_link', 'person_link_ended', '50000 25000 2'),
    ('consent', 'consent', '100000 50000 1'),
    ('consent', 'consent_person', '100000 50000 3'),
    ('consent', 'consent_purpose', '100000 50000 20000'),
    ('consent', 'consent_due', '20000 10000 5'),
    ('consent', 'consent_ended', '80000 40000 5'),
    ('consent_in_force', 'consent_in_force', '20000 10000 1'),
    ('standing_grant', 'standing_grant', '20000 10000 2 1'),
    ('standing_grant', 'standing_grant_consent', '20000 10000 1'),
    ('standing_use', 'standing_use', '1000 3 3 3 1'),
    ('standing_use', 'standing_use_grant', '1000 500 3 1'),
    ('kept_item', 'kept_item', '50000 25000 5 2 1'),
    ('kept_item', 'kept_item_consent', '50000 25000 3'),
    ('kept_item', 'kept_item_valid_until', '50000 25000 2'),
    ('audit_event', 'audit_event', '1000000 500000 1'),
    ('audit_event', 'audit_event_patient', '1000000 500000 100'),
    ('audit_event', 'audit_event_when', '1000000 500000 2'),
    ('document', 'document', '200000 100000 40000 1'),
    ('document', 'document_person', '200000 100000 5 3 1'),
    ('document', 'document_hangs_on', '200000 100000 5 3 1'),
    ('document_left', 'document_left', '1000 500 2 2 1');
-- Read again by this connection; whoever opens the file later reads it anyway.
ANALYZE sqlite_schema;
