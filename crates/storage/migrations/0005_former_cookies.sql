-- Cookies that a sign-in has replaced, by their SHA-256. Requests of other tabs may still be on their way with them.
-- Retention: 30 seconds; then purged, and at once when the session ends.
CREATE TABLE former_cookie (
    hash         BLOB   NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    session_hash BLOB   NOT NULL REFERENCES session (hash) ON DELETE CASCADE,
    replaced     BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX former_cookie_session ON former_cookie (session_hash);
