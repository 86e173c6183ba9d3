-- The shared plan. Columns are named as in PostgreSQL (`migrations_postgres/`), because both run the same statements.
-- `events` counts what was ever told of a document, so that what it tells has an order.
-- Retention: as long as the tenant keeps its records. No document is ever deleted; one made by mistake says so.
CREATE TABLE document (
    tenant_id TEXT   NOT NULL CHECK (tenant_id <> ''),
    kind      TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    version   BIGINT NOT NULL CHECK (version > 0),
    status    TEXT   NOT NULL,
    changed   BIGINT NOT NULL,
    events    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, id)
) WITHOUT ROWID;
CREATE INDEX document_person ON document (tenant_id, person, kind, id);

-- Every version there ever was. Sealed: the content; and apart from it who made the version and why, so that the list of
-- versions is read without their content.
-- Retention: as the document. Never changed.
CREATE TABLE document_version (
    tenant_id  TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    document   TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    status     TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    sealed     BLOB   NOT NULL,
    sealed_who BLOB   NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, version),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
);
CREATE TRIGGER document_version_is_never_changed BEFORE UPDATE ON document_version
BEGIN
    SELECT RAISE(ABORT, 'a version is never changed');
END;
CREATE TRIGGER document_version_is_kept BEFORE DELETE ON document_version
BEGIN
    SELECT RAISE(ABORT, 'a version is kept');
END;

-- Which document holds a goal, an activity, a team.
-- Retention: as the document. A part that was once there stays findable.
CREATE TABLE document_part (
    tenant_id TEXT NOT NULL,
    part_kind TEXT NOT NULL,
    part      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    document  TEXT NOT NULL,
    PRIMARY KEY (tenant_id, part_kind, part),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
) WITHOUT ROWID;
CREATE INDEX document_part_document ON document_part (tenant_id, kind, document);

-- Days to watch that were not told yet: after `day` (ISO 8601, of the tenant's time zone) the part is late.
-- Retention: until the document's next version, or until it was told.
CREATE TABLE document_due (
    tenant_id TEXT NOT NULL,
    kind      TEXT NOT NULL,
    document  TEXT NOT NULL,
    what      TEXT NOT NULL,
    part      TEXT NOT NULL,
    day       TEXT NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, what, part, day),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
) WITHOUT ROWID;
CREATE INDEX document_due_day ON document_due (tenant_id, day);

-- Days that were told, so that none is told twice.
-- Retention: as the document: the same day may be put again at any time.
CREATE TABLE document_due_told (
    tenant_id TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    what      TEXT   NOT NULL,
    part      TEXT   NOT NULL,
    day       TEXT   NOT NULL,
    told      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, what, part, day),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
) WITHOUT ROWID;

-- What was asked once is not done twice. Key and question are marks: the key holds who asked, the question is clinical.
-- Retention: 7 days; then purged.
CREATE TABLE idempotency_key (
    tenant_id TEXT   NOT NULL,
    mark      BLOB   NOT NULL CHECK (length(mark) = 32),
    asked     BLOB   NOT NULL CHECK (length(asked) = 32),
    kind      TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    made      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, mark)
) WITHOUT ROWID;
CREATE INDEX idempotency_key_made ON idempotency_key (tenant_id, made);

-- What others are told, kept in the step of the change. Sealed: the event. `seat` is its place among all events of its
-- document. It may be taken from `free_from` on: the end of a lease, or of a wait after a failure.
-- Retention: until it is handed on, and 7 days after that, because a broker may lose what it acknowledged; then purged.
-- A dead letter stays until somebody lets it wait again.
CREATE TABLE outbox (
    tenant_id  TEXT   NOT NULL,
    event      TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    document   TEXT   NOT NULL,
    seat       BIGINT NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('waiting', 'handed-on', 'dead')),
    kept       BIGINT NOT NULL,
    free_from  BIGINT NOT NULL,
    failures   BIGINT NOT NULL,
    why        TEXT,
    dead_since BIGINT,
    handed_on  BIGINT,
    sealed     BLOB   NOT NULL,
    PRIMARY KEY (tenant_id, event),
    UNIQUE (tenant_id, kind, document, seat),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id),
    CHECK ((state = 'dead') = (dead_since IS NOT NULL)),
    CHECK ((state = 'handed-on') = (handed_on IS NOT NULL))
);
CREATE INDEX outbox_on_its_way ON outbox (tenant_id, kind, document, seat) WHERE state <> 'handed-on';
CREATE INDEX outbox_waiting ON outbox (tenant_id, kept, kind, document) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (tenant_id, dead_since) WHERE state = 'dead';
CREATE INDEX outbox_handed_on ON outbox (tenant_id, handed_on) WHERE state = 'handed-on';

-- Which process looks for what is late.
-- Retention: one row a tenant, written over at each turn.
CREATE TABLE turn (
    tenant_id  TEXT   NOT NULL PRIMARY KEY,
    holder     TEXT   NOT NULL,
    held_until BIGINT NOT NULL
) WITHOUT ROWID;
