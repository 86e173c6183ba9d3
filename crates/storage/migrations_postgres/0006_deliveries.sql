-- Receivers of events who have a queue of their own.
-- Retention: as long as the configuration names them; what waits for one goes with it.
CREATE TABLE accord.event_receiver (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    receiver  TEXT COLLATE "C" NOT NULL CHECK (receiver <> ''),
    PRIMARY KEY (tenant_id, receiver)
);

-- What a receiver is still to get: a copy of the row of the outbox, put in the same step, with a state of its own, so that a
-- receiver that is away holds back nobody. Sealed as in the outbox, under the same place.
-- Retention: until the receiver has it, and 7 days after that; then purged. A dead letter stays until somebody lets it wait
-- again, or the receiver goes.
CREATE TABLE accord.delivery (
    tenant_id  TEXT   COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    receiver   TEXT   COLLATE "C" NOT NULL,
    event      TEXT   COLLATE "C" NOT NULL,
    kind       TEXT   COLLATE "C" NOT NULL,
    document   TEXT   COLLATE "C" NOT NULL,
    seat       BIGINT NOT NULL,
    state      TEXT   COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'handed-on', 'dead')),
    kept       BIGINT NOT NULL,
    free_from  BIGINT NOT NULL,
    failures   BIGINT NOT NULL,
    why        TEXT   COLLATE "C",
    dead_since BIGINT,
    handed_on  BIGINT,
    sealed     BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, receiver, event),
    UNIQUE (tenant_id, receiver, kind, document, seat),
    FOREIGN KEY (tenant_id, receiver) REFERENCES accord.event_receiver (tenant_id, receiver) ON DELETE CASCADE,
    CHECK ((state = 'dead') = (dead_since IS NOT NULL)),
    CHECK ((state = 'handed-on') = (handed_on IS NOT NULL))
);
CREATE INDEX delivery_on_its_way ON accord.delivery (tenant_id, receiver, kind, document, seat) WHERE state <> 'handed-on';
CREATE INDEX delivery_waiting ON accord.delivery (tenant_id, receiver, kept, kind, document) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON accord.delivery (tenant_id, receiver, dead_since) WHERE state = 'dead';
CREATE INDEX delivery_handed_on ON accord.delivery (tenant_id, handed_on) WHERE state = 'handed-on';

-- What was changed lately, for the screens of every process.
CREATE INDEX document_changed ON accord.document (tenant_id, kind, changed);

ALTER TABLE accord.event_receiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.event_receiver FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.event_receiver USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.delivery USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
