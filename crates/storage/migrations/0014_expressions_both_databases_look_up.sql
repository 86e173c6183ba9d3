-- Behind a policy PostgreSQL looks nothing up by `coalesce`, but by `CASE`; both databases run the same statements.
DROP INDEX document_hangs_on;
CREATE INDEX document_hangs_on
    ON document (tenant_id, CASE WHEN hangs_on IS NULL THEN person ELSE hangs_on END, kind, id);
DROP INDEX consent_ended;
CREATE INDEX consent_ended ON consent (tenant, CASE WHEN revoked IS NULL THEN valid_until ELSE revoked END);
-- What was said of the former ones has gone with them.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('document', 'document_hangs_on', '200000 100000 5 3 1'),
    ('consent', 'consent_ended', '80000 40000 5');
ANALYZE sqlite_schema;
