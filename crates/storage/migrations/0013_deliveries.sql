-- Receivers of events who have a queue of their own.
-- Retention: as long as the configuration names them; what waits for one goes with it.
CREATE TABLE event_receiver (
    tenant_id TEXT NOT NULL,
    receiver  TEXT NOT NULL CHECK (receiver <> ''),
    PRIMARY KEY (tenant_id, receiver)
) WITHOUT ROWID;

-- What a receiver is still to get: a copy of the row of the outbox, put in the same step, with a state of its own, so that a
-- receiver that is away holds back nobody. Sealed as in the outbox, under the same place.
-- Retention: until the receiver has it, and 7 days after that; then purged. A dead letter stays until somebody lets it wait
-- again, or the receiver goes.
CREATE TABLE delivery (
    tenant_id  TEXT   NOT NULL,
    receiver   TEXT   NOT NULL,
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
    PRIMARY KEY (tenant_id, receiver, event),
    UNIQUE (tenant_id, receiver, kind, document, seat),
    FOREIGN KEY (tenant_id, receiver) REFERENCES event_receiver (tenant_id, receiver) ON DELETE CASCADE,
    CHECK ((state = 'dead') = (dead_since IS NOT NULL)),
    CHECK ((state = 'handed-on') = (handed_on IS NOT NULL))
);
CREATE INDEX delivery_on_its_way ON delivery (tenant_id, receiver, kind, document, seat) WHERE state <> 'handed-on';
CREATE INDEX delivery_waiting ON delivery (tenant_id, receiver, kept, kind, document) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (tenant_id, receiver, dead_since) WHERE state = 'dead';
CREATE INDEX delivery_handed_on ON delivery (tenant_id, handed_on) WHERE state = 'handed-on';

-- What was changed lately, for the screens of every process.
CREATE INDEX document_changed ON document (tenant_id, kind, changed);
