-- On whom a document hangs now, where that is not the person for whom it was made (`person`, which every version is sealed
-- with and which never changes): persons turn out to be one, or two. `moves` counts how often that was settled, and names
-- the row of `document_whose` that says so; a document in doubt is shown to nobody until a user has said whose it is.
-- Retention: as the document.
ALTER TABLE accord.document
    ADD COLUMN hangs_on TEXT COLLATE "C",
    ADD COLUMN in_doubt BIGINT NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
    ADD COLUMN moves BIGINT NOT NULL DEFAULT 0 CHECK (moves >= 0);
CREATE INDEX document_hangs_on ON accord.document (tenant_id, coalesce(hangs_on, person), kind, id);

-- Each time it was settled, or came to be in doubt, whose a document is. Sealed: who, why, and the Patients that left.
-- The row opens only among the columns beside it, so nobody hangs a plan on another person by an `UPDATE`.
-- Retention: as the document. Never changed: the application's role may only read and insert.
CREATE TABLE accord.document_whose (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    kind      TEXT COLLATE "C" NOT NULL,
    document  TEXT COLLATE "C" NOT NULL,
    move      BIGINT NOT NULL CHECK (move > 0),
    person    TEXT COLLATE "C" NOT NULL,
    in_doubt  BIGINT NOT NULL CHECK (in_doubt IN (0, 1)),
    made      BIGINT NOT NULL,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, move),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);

-- Which documents came to be in doubt when a Patient left, found by a mark that names nobody: so that the one who left
-- is told that something of theirs may wait.
-- Retention: as the document.
CREATE TABLE accord.document_left (
    tenant_id TEXT COLLATE "C" NOT NULL CHECK (tenant_id <> ''),
    mark      BYTEA NOT NULL CHECK (octet_length(mark) = 32),
    kind      TEXT COLLATE "C" NOT NULL,
    document  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, mark, kind, document),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES accord.document (tenant_id, kind, id)
);

ALTER TABLE accord.document_whose ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_whose FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_whose USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
ALTER TABLE accord.document_left ENABLE ROW LEVEL SECURITY;
ALTER TABLE accord.document_left FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON accord.document_left USING (tenant_id = current_setting('app.tenant', true))
    WITH CHECK (tenant_id = current_setting('app.tenant', true));
