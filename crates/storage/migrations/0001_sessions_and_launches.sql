-- Times are microseconds since 1970-01-01 UTC. Columns named `sealed` are encrypted by the Sealer, bound to table and row.

-- Browsers that have signed in. The cookie's value is not here, only its SHA-256.
-- Retention: until sign-out, 60 minutes without use or 12 hours in all; then purged with everything that hangs on it.
CREATE TABLE session (
    hash      BLOB   NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    created   BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_last_seen ON session (last_seen);

-- One person's record opened by one user in one tab. Sealed: the Patient id and who the user is.
-- Retention: as long as the session it belongs to.
CREATE TABLE launch (
    id           TEXT   NOT NULL PRIMARY KEY,
    session_hash BLOB   NOT NULL REFERENCES session (hash) ON DELETE CASCADE,
    tenant       TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    created      BIGINT NOT NULL,
    sealed       BLOB   NOT NULL
);
CREATE INDEX launch_session ON launch (session_hash);
