-- Tokens of sources and edits on their way lie with the tenant of their launch. What was there is sealed, so it says at first
-- that it is nobody's, 'accord:installation', until it is brought home when the database is opened
-- (`storage::Store::bring_home`).

-- What one source allowed one launch. Sealed: tokens, scopes, the Patient id there. `refresh_until`: by when the turn to
-- refresh ends of itself, where somebody has it.
-- Retention: as long as the launch, and so the session, it belongs to.
CREATE TABLE tenants_source_grant (
    tenant_id     TEXT   NOT NULL CHECK (tenant_id <> ''),
    launch        TEXT   NOT NULL REFERENCES launch (id) ON DELETE CASCADE,
    source        TEXT   NOT NULL,
    refresh_until BIGINT,
    sealed        BLOB   NOT NULL,
    PRIMARY KEY (launch, tenant_id, source)
) WITHOUT ROWID;
INSERT INTO tenants_source_grant (tenant_id, launch, source, refresh_until, sealed)
    SELECT 'accord:installation', launch, source, refresh_until, sealed FROM source_grant;
DROP TABLE source_grant;
ALTER TABLE tenants_source_grant RENAME TO source_grant;

-- Edits, stored before the first byte goes to the source that owns the resource. Sealed: the whole edit, which holds
-- clinical text. No foreign key on the launch: an accepted edit outlives the session that made it.
-- Retention: while open, until its outcome is known. Once saved, the content is emptied at once. Closed without being
-- saved, the content stays for 7 days, so that what was typed can be found again. The bare row: 30 days after closing.
CREATE TABLE tenants_write_intent (
    tenant_id TEXT   NOT NULL CHECK (tenant_id <> ''),
    id        TEXT   NOT NULL,
    launch    TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    opened    BIGINT NOT NULL,
    closed    BIGINT,
    outcome   TEXT,
    sealed    BLOB,
    PRIMARY KEY (tenant_id, id),
    CHECK ((closed IS NULL) = (outcome IS NULL)),
    CHECK (closed IS NOT NULL OR sealed IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO tenants_write_intent (tenant_id, id, launch, source, opened, closed, outcome, sealed)
    SELECT 'accord:installation', id, launch, source, opened, closed, outcome, sealed FROM write_intent;
DROP TABLE write_intent;
ALTER TABLE tenants_write_intent RENAME TO write_intent;
CREATE INDEX write_intent_open ON write_intent (tenant_id, opened) WHERE closed IS NULL;
CREATE INDEX write_intent_closed ON write_intent (tenant_id, closed) WHERE closed IS NOT NULL;
