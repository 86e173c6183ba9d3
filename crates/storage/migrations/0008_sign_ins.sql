-- Users who have signed in without a person: coordinators and staff. Sealed: who the user is.
-- Retention: as long as the session it belongs to, and until another user signs in at the same browser.
CREATE TABLE sign_in (
    session_hash BLOB   NOT NULL REFERENCES session (hash) ON DELETE CASCADE,
    tenant       TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    created      BIGINT NOT NULL,
    sealed       BLOB   NOT NULL,
    PRIMARY KEY (session_hash, tenant)
) WITHOUT ROWID;

-- The panel asks for everybody who shares with the care team.
CREATE INDEX consent_purpose ON consent (tenant, purpose);
