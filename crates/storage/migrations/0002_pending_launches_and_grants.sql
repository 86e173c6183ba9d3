-- Sign-ins that have left for a source and not come back. Found by the SHA-256 of `state`; sealed: verifier, nonce and the rest.
-- Retention: until the callback takes it (once), at most until `expires` (minutes); then purged.
CREATE TABLE pending_launch (
    state_hash BLOB   NOT NULL PRIMARY KEY CHECK (length(state_hash) = 32),
    expires    BIGINT NOT NULL,
    sealed     BLOB   NOT NULL
) WITHOUT ROWID;
CREATE INDEX pending_launch_expires ON pending_launch (expires);

-- What one source allowed one launch. Sealed: tokens, scopes, the Patient id there.
-- Retention: as long as the launch, and so the session, it belongs to.
CREATE TABLE source_grant (
    launch TEXT NOT NULL REFERENCES launch (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (launch, source)
) WITHOUT ROWID;
