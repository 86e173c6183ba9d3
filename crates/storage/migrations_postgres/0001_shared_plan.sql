-- The tables of what several processes and tenants share, owned by the role that runs this; `accord` connects as another,
-- which owns nothing. Retention stands above each table as in SQLite's migrations.
--
-- Row level security is forced, and every key begins with the tenant. The tenant is said at the beginning of each
-- transaction; where it is not said, or empty, no row is seen and none is put: no tenant's name is empty.
CREATE SCHEMA accord;

-- Keys, two for each tenant: one that seals, one that makes marks. Sealed by the key file.
-- Retention: as long as the tenant.
CREATE TABLE accord.kept_key (
    tenant_id TEXT  COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    purpose   TEXT  COLLATE "C" NOT NULL,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, purpose)
);

-- A document of the shared plan: its latest version is in `document_version`.
-- `events` counts what was ever told of a document, so that what it tells has an order.
-- Retention: as long as the tenant keeps its records. No document is ever deleted; one made by mistake says so.
CREATE TABLE accord.document (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    kind       TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    person     TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL CHECK (version > 0),
    status     TEXT COLLATE "C" NOT NULL,
    changed    BIGINT NOT NULL,
    events     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, id)
);
CREATE INDEX document_person ON accord.document (tenant_id, person, kind, id);

-- Every version there ever was. Sealed: the content; and apart from it who made the version and why, so that the list of
-- versions is read without their content.
-- Retention: as the document. Never changed: the application's role may only read and insert.
CREATE TABLE accord.document_version (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    status     TEXT COLLATE "C" NOT NULL,
    made       BIGINT NOT NULL,
    sealed     BYTEA NOT NULL,
    sealed_who BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, version),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);

-- Which document holds a goal, an activity, a team.
-- Retention: as the document. A part that was once there stays findable.
CREATE TABLE accord.document_part (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    part_kind  TEXT COLLATE "C" NOT NULL,
    part       TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, part_kind, part),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);
CREATE INDEX document_part_document ON accord.document_part (tenant_id, kind, document);

-- Days to watch that were not told yet: after `day` (ISO 8601, of the tenant's time zone) the part is late.
-- Retention: until the document's next version, or until it was told.
CREATE TABLE accord.document_due (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    what       TEXT COLLATE "C" NOT NULL,
    part       TEXT COLLATE "C" NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, what, part, day),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);
CREATE INDEX document_due_day ON accord.document_due (tenant_id, day);

-- Days that were told, so that none is told twice.
-- Retention: as the document: the same day may be put again at any time.
CREATE TABLE accord.document_due_told (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    what       TEXT COLLATE "C" NOT NULL,
    part       TEXT COLLATE "C" NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    told       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, what, part, day),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);

-- What was asked once is not done twice. Key and question are marks: the key holds who asked, the question is clinical.
-- Retention: 7 days; then purged.
CREATE TABLE accord.idempotency_key (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    mark       BYTEA NOT NULL CHECK (octet_length(mark) = 32),
    asked      BYTEA NOT NULL CHECK (octet_length(asked) = 32),
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    made       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, mark)
);
CREATE INDEX idempotency_key_made ON accord.idempotency_key (tenant_id, made);

-- What others are told, kept in the step of the change. Sealed: the event. `seat` is its place among all events of its
-- document. It may be taken from `free_from` on: the end of a lease, or of a wait after a failure.
-- Retention: until it is handed on, and 7 days after that, because a broker may lose what it acknowledged; then purged.
-- A dead letter stays until somebody lets it wait again.
CREATE TABLE accord.outbox (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    event      TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    seat       BIGINT NOT NULL,
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'handed-on', 'dead')),
    kept       BIGINT NOT NULL,
    free_from  BIGINT NOT NULL,
    failures   BIGINT NOT NULL,
    why        TEXT COLLATE "C",
    dead_since BIGINT,
    handed_on  BIGINT,
    sealed     BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, event),
    UNIQUE (tenant_id, kind, document, seat),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id),
    CHECK ((state = 'dead') = (dead_since IS NOT NULL)),
    CHECK ((state = 'handed-on') = (handed_on IS NOT NULL))
);
CREATE INDEX outbox_on_its_way ON accord.outbox (tenant_id, kind, document, seat) WHERE state <> 'handed-on';
CREATE INDEX outbox_waiting ON accord.outbox (tenant_id, kept, kind, document) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON accord.outbox (tenant_id, dead_since) WHERE state = 'dead';
CREATE INDEX outbox_handed_on ON accord.outbox (tenant_id, handed_on) WHERE state = 'handed-on';

-- Which process looks for what is late.
-- Retention: one row a tenant, written over at each turn.
CREATE TABLE accord.turn (
    tenant_id  TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> '') PRIMARY KEY,
    holder     TEXT COLLATE "C" NOT NULL,
    held_until BIGINT NOT NULL
);

-- One tenant's rows only, whoever asks, the owner too.
ALTER TABLE accord.kept_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.kept_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.kept_key USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_version FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_version USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_part FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_part USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_due FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_due USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document_due_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_due_told FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_due_told USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.idempotency_key USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.outbox USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.turn FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.turn USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
