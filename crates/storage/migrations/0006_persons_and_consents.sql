-- Keys for what outlasts a session: one that seals, one that makes marks. Sealed by the key file, so that a rotation of
-- the key file seals two rows anew and not six years of them. A mark is HMAC-SHA256 of what a row is found by: it finds
-- the row and does not say whom it is about.
-- Retention: as long as the database.
CREATE TABLE kept_key (
    purpose TEXT NOT NULL PRIMARY KEY,
    sealed  BLOB NOT NULL
) WITHOUT ROWID;

-- Accord's own id for one human, per tenant. The id is random.
-- Retention: as long as a link, standing or ended, is kept; then purged.
CREATE TABLE person (
    tenant      TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    created     BIGINT NOT NULL,
    joined_into TEXT,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

-- Which Patient is whose. Sealed: the Patient id, how it is known, by whom; how it ended.
-- Retention: while it stands; 6 years after it ended, because which link was believed when decides what was shown to whom.
CREATE TABLE person_link (
    tenant  TEXT   NOT NULL,
    id      TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    source  TEXT   NOT NULL,
    patient BLOB   NOT NULL CHECK (length(patient) = 32),
    made    BIGINT NOT NULL,
    ended   BIGINT,
    sealed  BLOB   NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id) ON DELETE CASCADE
) WITHOUT ROWID;
-- A Patient is at most one person's at a time, whoever asks at once.
CREATE UNIQUE INDEX person_link_standing ON person_link (tenant, patient) WHERE ended IS NULL;
CREATE INDEX person_link_person ON person_link (tenant, person);

-- What a person allowed, for one source and one purpose. Sealed: by whom, as what, and who took it back.
-- Retention: while in force; 6 years after it ended (45 CFR 164.530(j)).
CREATE TABLE consent (
    tenant     TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    source     TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,
    given      BIGINT NOT NULL,
    valid_until BIGINT,
    revoked    BIGINT,
    sealed     BLOB   NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX consent_person ON consent (tenant, person);

-- The consents that were neither revoked nor have ended. What rests on a consent refers to this table: when its row goes,
-- so does everything that rests on it.
-- Retention: until revoked, until `valid_until`; then purged.
CREATE TABLE consent_in_force (
    tenant  TEXT NOT NULL,
    consent TEXT NOT NULL,
    PRIMARY KEY (tenant, consent),
    FOREIGN KEY (tenant, consent) REFERENCES consent (tenant, id) ON DELETE CASCADE
) WITHOUT ROWID;

-- What a patient allowed beyond a launch. Sealed: tokens, scopes, the Patient id.
-- Retention: as long as the consent it rests on is in force.
CREATE TABLE standing_grant (
    tenant        TEXT NOT NULL,
    person        TEXT NOT NULL,
    source        TEXT NOT NULL,
    consent       TEXT NOT NULL,
    refresh_until BIGINT,
    sealed        BLOB NOT NULL,
    PRIMARY KEY (tenant, person, source),
    FOREIGN KEY (tenant, consent) REFERENCES consent_in_force (tenant, consent) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX standing_grant_consent ON standing_grant (tenant, consent);

-- Which launches read by a standing grant, so that their screens can be cleared.
-- Retention: as long as both.
CREATE TABLE standing_use (
    launch TEXT NOT NULL REFERENCES launch (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (launch, tenant, person, source),
    FOREIGN KEY (tenant, person, source) REFERENCES standing_grant (tenant, person, source) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX standing_use_grant ON standing_use (tenant, person, source);

-- What of a source outlasts the launch that read it. Found by a mark of its name; sealed.
-- Retention: until `valid_until`, at most as long as its consent is in force; then purged.
CREATE TABLE kept_item (
    tenant  TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    source  TEXT   NOT NULL,
    name    BLOB   NOT NULL CHECK (length(name) = 32),
    consent TEXT   NOT NULL,
    valid_until BIGINT NOT NULL,
    sealed  BLOB   NOT NULL,
    PRIMARY KEY (tenant, person, source, name),
    FOREIGN KEY (tenant, consent) REFERENCES consent_in_force (tenant, consent) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX kept_item_consent ON kept_item (tenant, consent);
