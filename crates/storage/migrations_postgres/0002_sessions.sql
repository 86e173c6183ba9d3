-- What is found before its tenant is known: by a cookie, by the id of a launch, by `state`. It lies under a tenant that no
-- organisation has, the installation's (`storage::INSTALLATION`). Whoever asks as an organisation sees none of it.
--
-- The statements of these tables name no tenant, as SQLite's tables have none: `tenant_id` fills itself from the step, and
-- the policy narrows each statement to it.

-- Browsers that have signed in. The cookie's value is not here, only its SHA-256.
-- Retention: until sign-out, 60 minutes without use or 12 hours in all; then purged with everything that hangs on it.
CREATE TABLE accord.session (
    tenant_id TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    hash      BYTEA  NOT NULL CHECK (octet_length(hash) = 32),
    created   BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX session_last_seen ON accord.session (tenant_id, last_seen);
CREATE INDEX session_created ON accord.session (tenant_id, created);

-- Cookies that a sign-in has replaced, by their SHA-256. Requests of other tabs may still be on their way with them.
-- Retention: 30 seconds; then purged, and at once when the session ends.
CREATE TABLE accord.former_cookie (
    tenant_id    TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    hash         BYTEA  NOT NULL CHECK (octet_length(hash) = 32),
    session_hash BYTEA  NOT NULL,
    replaced     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, session_hash) REFERENCES accord.session (tenant_id, hash) ON DELETE CASCADE
);
CREATE INDEX former_cookie_session ON accord.former_cookie (tenant_id, session_hash);
CREATE INDEX former_cookie_replaced ON accord.former_cookie (tenant_id, replaced);

-- Users who have signed in without a person: coordinators and staff. Sealed: who the user is.
-- Retention: as long as the session it belongs to, and until another user signs in at the same browser.
CREATE TABLE accord.sign_in (
    tenant_id    TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    session_hash BYTEA  NOT NULL,
    tenant       TEXT   COLLATE "C" NOT NULL,
    source       TEXT   COLLATE "C" NOT NULL,
    created      BIGINT NOT NULL,
    sealed       BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, session_hash, tenant),
    FOREIGN KEY (tenant_id, session_hash) REFERENCES accord.session (tenant_id, hash) ON DELETE CASCADE
);

-- One person's record opened by one user in one tab. Sealed: the Patient id and who the user is.
-- Retention: as long as the session it belongs to.
CREATE TABLE accord.launch (
    tenant_id    TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    id           TEXT   COLLATE "C" NOT NULL,
    session_hash BYTEA  NOT NULL,
    tenant       TEXT   COLLATE "C" NOT NULL,
    source       TEXT   COLLATE "C" NOT NULL,
    created      BIGINT NOT NULL,
    sealed       BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, session_hash) REFERENCES accord.session (tenant_id, hash) ON DELETE CASCADE
);
CREATE INDEX launch_session ON accord.launch (tenant_id, session_hash);

-- What one source allowed one launch. Sealed: tokens, scopes, the Patient id there. `refresh_until`: by when the turn to
-- refresh ends of itself, where somebody has it.
-- Retention: as long as the launch, and so the session, it belongs to.
CREATE TABLE accord.source_grant (
    tenant_id     TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    launch        TEXT   COLLATE "C" NOT NULL,
    source        TEXT   COLLATE "C" NOT NULL,
    refresh_until BIGINT,
    sealed        BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, launch, source),
    FOREIGN KEY (tenant_id, launch) REFERENCES accord.launch (tenant_id, id) ON DELETE CASCADE
);

-- Sign-ins that have left for a source and not come back. Found by the SHA-256 of `state`; sealed: verifier, nonce and the
-- rest.
-- Retention: until the callback takes it (once), at most until `expires` (minutes); then purged.
CREATE TABLE accord.pending_launch (
    tenant_id  TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    state_hash BYTEA  NOT NULL CHECK (octet_length(state_hash) = 32),
    expires    BIGINT NOT NULL,
    sealed     BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, state_hash)
);
CREATE INDEX pending_launch_expires ON accord.pending_launch (tenant_id, expires);

-- Edits, stored before the first byte goes to the source that owns the resource. Sealed: the whole edit, which holds
-- clinical text. No foreign key on the launch: an accepted edit outlives the session that made it.
-- Retention: while open, until its outcome is known. Once saved, the content is emptied at once. Closed without being
-- saved, the content stays for 7 days, so that what was typed can be found again. The bare row: 30 days after closing.
CREATE TABLE accord.write_intent (
    tenant_id TEXT   COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    id        TEXT   COLLATE "C" NOT NULL,
    launch    TEXT   COLLATE "C" NOT NULL,
    source    TEXT   COLLATE "C" NOT NULL,
    opened    BIGINT NOT NULL,
    closed    BIGINT,
    outcome   TEXT   COLLATE "C",
    sealed    BYTEA,
    PRIMARY KEY (tenant_id, id),
    CHECK ((closed IS NULL) = (outcome IS NULL)),
    CHECK (closed IS NOT NULL OR sealed IS NOT NULL)
);
CREATE INDEX write_intent_open ON accord.write_intent (tenant_id, opened) WHERE closed IS NULL;
CREATE INDEX write_intent_closed ON accord.write_intent (tenant_id, closed) WHERE closed IS NOT NULL;

-- One tenant's rows only, whoever asks, the owner too.
DO $$
DECLARE
    walled TEXT;
BEGIN
    FOREACH walled IN ARRAY ARRAY[
        'session', 'former_cookie', 'sign_in', 'launch', 'source_grant', 'pending_launch', 'write_intent'
    ] LOOP
        EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', walled);
        EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', walled);
        EXECUTE format('CREATE POLICY own_tenant ON accord.%I USING (tenant_id = current_setting(''app.tenant'', true)) '
            'WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', walled);
    END LOOP;
END
$$;
