-- Who did what with whose record. Never changed. Sealed: the event; found by a mark of the Patient. `chain` is a keyed
-- mark over the row and the `chain` before it, so that a changed, missing or added row shows.
-- Retention: 6 years (45 CFR 164.316(b)(2)(i)), then purged from the front.
CREATE TABLE audit_event (
    tenant    TEXT   NOT NULL,
    number    BIGINT NOT NULL,
    recorded  BIGINT NOT NULL,
    operation TEXT   NOT NULL,
    outcome   TEXT   NOT NULL,
    patient   BLOB,
    sealed    BLOB   NOT NULL,
    chain     BLOB   NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (tenant, number)
) WITHOUT ROWID;
CREATE INDEX audit_event_patient ON audit_event (tenant, patient);
CREATE INDEX audit_event_recorded ON audit_event (recorded);

-- Where each tenant's log begins after a purge: the last event that went, and its `chain`.
-- Retention: as long as the log.
CREATE TABLE audit_start (
    tenant TEXT   NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    chain  BLOB   NOT NULL,
    mark   BLOB   NOT NULL
) WITHOUT ROWID;

-- Events recorded before this time may be deleted. One row; only the purge moves it, and only forward.
CREATE TABLE audit_retention (
    only_row  BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    kept_from BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO audit_retention (only_row, kept_from) VALUES (1, 0);

CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'an audit event is never changed');
END;
CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
WHEN OLD.recorded >= (SELECT kept_from FROM audit_retention)
BEGIN
    SELECT RAISE(ABORT, 'an audit event is kept for its retention');
END;
-- Also against INSERT OR REPLACE, which deletes without asking the trigger above.
CREATE TRIGGER audit_event_is_appended BEFORE INSERT ON audit_event
WHEN NEW.number <= coalesce((SELECT max(number) FROM audit_event WHERE tenant = NEW.tenant), 0)
BEGIN
    SELECT RAISE(ABORT, 'an audit event is put at the end');
END;
CREATE TRIGGER audit_retention_moves_forward BEFORE UPDATE ON audit_retention
WHEN NEW.kept_from < OLD.kept_from
BEGIN
    SELECT RAISE(ABORT, 'the retention of audit events moves forward');
END;
