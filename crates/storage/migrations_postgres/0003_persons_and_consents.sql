-- Persons, what they allowed, what is kept by it, and the audit log. Retention stands above each table as in SQLite's
-- migrations; columns are named as there, but for the tenant.

-- Accord's own id for one human, per tenant. The id is random.
-- Retention: as long as a link, standing or ended, is kept; then purged.
CREATE TABLE accord.person (
    tenant_id   TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    id          TEXT COLLATE "C" NOT NULL,
    created     BIGINT NOT NULL,
    joined_into TEXT COLLATE "C",
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX person_joined ON accord.person (tenant_id, id) WHERE joined_into IS NOT NULL;

-- Which Patient is whose. Sealed: the Patient id, how it is known, by whom; how it ended.
-- Retention: while it stands; 6 years after it ended, because which link was believed when decides what was shown to whom.
CREATE TABLE accord.person_link (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    id        TEXT COLLATE "C" NOT NULL,
    person    TEXT COLLATE "C" NOT NULL,
    source    TEXT COLLATE "C" NOT NULL,
    patient   BYTEA NOT NULL CHECK (octet_length(patient) = 32),
    made      BIGINT NOT NULL,
    ended     BIGINT,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person) REFERENCES accord.person (tenant_id, id) ON DELETE CASCADE
);
-- A Patient is at most one person's at a time, whoever asks at once.
CREATE UNIQUE INDEX person_link_standing ON accord.person_link (tenant_id, patient) WHERE ended IS NULL;
CREATE INDEX person_link_person ON accord.person_link (tenant_id, person);
-- Who else a Patient was ever taken for.
CREATE INDEX person_link_patient ON accord.person_link (tenant_id, patient);
CREATE INDEX person_link_ended ON accord.person_link (tenant_id, ended) WHERE ended IS NOT NULL;

-- What a person allowed, for one source and one purpose. Sealed: by whom, as what, and who took it back.
-- Retention: while in force; 6 years after it ended (45 CFR 164.530(j)).
CREATE TABLE accord.consent (
    tenant_id   TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    id          TEXT COLLATE "C" NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    source      TEXT COLLATE "C" NOT NULL,
    purpose     TEXT COLLATE "C" NOT NULL,
    given       BIGINT NOT NULL,
    valid_until BIGINT,
    revoked     BIGINT,
    sealed      BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person) REFERENCES accord.person (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX consent_person ON accord.consent (tenant_id, person);
-- The panel asks for everybody who shares with the care team.
CREATE INDEX consent_purpose ON accord.consent (tenant_id, purpose, given, id) WHERE revoked IS NULL;
CREATE INDEX consent_due ON accord.consent (tenant_id, valid_until) WHERE revoked IS NULL;
CREATE INDEX consent_ended ON accord.consent (tenant_id, coalesce(revoked, valid_until));

-- The consents that were neither revoked nor have ended. What rests on a consent refers to this table: when its row goes,
-- so does everything that rests on it.
-- Retention: until revoked, until `valid_until`; then purged.
CREATE TABLE accord.consent_in_force (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    consent   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, consent),
    FOREIGN KEY (tenant_id, consent) REFERENCES accord.consent (tenant_id, id) ON DELETE CASCADE
);

-- What a patient allowed beyond a launch. Sealed: tokens, scopes, the Patient id.
-- Retention: as long as the consent it rests on is in force.
CREATE TABLE accord.standing_grant (
    tenant_id     TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    person        TEXT COLLATE "C" NOT NULL,
    source        TEXT COLLATE "C" NOT NULL,
    consent       TEXT COLLATE "C" NOT NULL,
    refresh_until BIGINT,
    sealed        BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, person, source),
    FOREIGN KEY (tenant_id, consent) REFERENCES accord.consent_in_force (tenant_id, consent) ON DELETE CASCADE
);
CREATE INDEX standing_grant_consent ON accord.standing_grant (tenant_id, consent);

-- Which launches read by a standing grant, so that their screens can be cleared. It lies where the launch lies, under the
-- installation, so that it ends with the launch however that ends; `tenant` says whose the grant is. With the grant it is
-- deleted by the step that deletes the grant.
-- Retention: as long as both.
CREATE TABLE accord.standing_use (
    tenant_id TEXT COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    launch    TEXT COLLATE "C" NOT NULL,
    tenant    TEXT COLLATE "C" NOT NULL,
    person    TEXT COLLATE "C" NOT NULL,
    source    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, launch, tenant, person, source),
    FOREIGN KEY (tenant_id, launch) REFERENCES accord.launch (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX standing_use_grant ON accord.standing_use (tenant_id, tenant, person, source);

-- What of a source outlasts the launch that read it. Found by a mark of its name; sealed.
-- Retention: until `valid_until`, at most as long as its consent is in force; then purged.
CREATE TABLE accord.kept_item (
    tenant_id   TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    person      TEXT COLLATE "C" NOT NULL,
    source      TEXT COLLATE "C" NOT NULL,
    name        BYTEA NOT NULL CHECK (octet_length(name) = 32),
    consent     TEXT COLLATE "C" NOT NULL,
    valid_until BIGINT NOT NULL,
    sealed      BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, person, source, name),
    FOREIGN KEY (tenant_id, consent) REFERENCES accord.consent_in_force (tenant_id, consent) ON DELETE CASCADE
);
CREATE INDEX kept_item_consent ON accord.kept_item (tenant_id, consent);
CREATE INDEX kept_item_valid_until ON accord.kept_item (tenant_id, valid_until);

-- Who did what with whose record. Never changed: the application may not, and the owner's change shows. Sealed: the event;
-- found by a mark of the Patient. `chain` is a keyed mark over the row and the `chain` before it, so that a changed,
-- missing or added row shows.
-- Retention: 6 years (45 CFR 164.316(b)(2)(i)), then purged from the front.
CREATE TABLE accord.audit_event (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    number    BIGINT NOT NULL,
    recorded  BIGINT NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    outcome   TEXT COLLATE "C" NOT NULL,
    patient   BYTEA,
    sealed    BYTEA NOT NULL,
    chain     BYTEA NOT NULL CHECK (octet_length(chain) = 32),
    PRIMARY KEY (tenant_id, number)
);
CREATE INDEX audit_event_patient ON accord.audit_event (tenant_id, patient, number);
CREATE INDEX audit_event_recorded ON accord.audit_event (tenant_id, recorded);

-- Where each tenant's log begins: the last event that a purge took, and its `chain`; before the first purge, number 0.
-- Whoever appends holds this row, so that of writers in many processes one appends at a time.
-- Retention: as long as the log.
CREATE TABLE accord.audit_start (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    number    BIGINT NOT NULL,
    chain     BYTEA NOT NULL,
    mark      BYTEA NOT NULL,
    PRIMARY KEY (tenant_id)
);

-- Events recorded before this time may be deleted. One row a tenant; only the purge moves it, and only forward.
CREATE TABLE accord.audit_retention (
    tenant_id TEXT COLLATE "C" NOT NULL DEFAULT current_setting('app.tenant', true) CHECK (tenant_id <> ''),
    only_row  BIGINT NOT NULL CHECK (only_row = 1),
    kept_from BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, only_row)
);

CREATE FUNCTION accord.audit_event_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an audit event is never changed';
END $$;
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON accord.audit_event
    FOR EACH ROW EXECUTE FUNCTION accord.audit_event_is_never_changed();

CREATE FUNCTION accord.audit_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.recorded >= coalesce(
        (SELECT kept_from FROM accord.audit_retention WHERE tenant_id = OLD.tenant_id), OLD.recorded) THEN
        RAISE EXCEPTION 'an audit event is kept for its retention';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON accord.audit_event
    FOR EACH ROW EXECUTE FUNCTION accord.audit_event_is_kept();

CREATE FUNCTION accord.audit_event_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <= coalesce((SELECT max(number) FROM accord.audit_event WHERE tenant_id = NEW.tenant_id), 0) THEN
        RAISE EXCEPTION 'an audit event is put at the end';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_is_appended BEFORE INSERT ON accord.audit_event
    FOR EACH ROW EXECUTE FUNCTION accord.audit_event_is_appended();

CREATE FUNCTION accord.audit_retention_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kept_from < OLD.kept_from THEN
        RAISE EXCEPTION 'the retention of audit events moves forward';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_retention_moves_forward BEFORE UPDATE ON accord.audit_retention
    FOR EACH ROW EXECUTE FUNCTION accord.audit_retention_moves_forward();

-- One tenant's rows only, whoever asks, the owner too.
DO $$
DECLARE
    walled TEXT;
BEGIN
    FOREACH walled IN ARRAY ARRAY[
        'person', 'person_link', 'consent', 'consent_in_force', 'standing_grant', 'standing_use', 'kept_item',
        'audit_event', 'audit_start', 'audit_retention'
    ] LOOP
        EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', walled);
        EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', walled);
        EXECUTE format('CREATE POLICY own_tenant ON accord.%I USING (tenant_id = current_setting(''app.tenant'', true)) '
            'WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', walled);
    END LOOP;
END
$$;
