-- On whom a document hangs now, where that is not the person for whom it was made (`person`, which every version is sealed
-- with and which never changes): persons turn out to be one, or two. `moves` counts how often that was settled, and names
-- the row of `document_whose` that says so; a document in doubt is shown to nobody until a user has said whose it is.
-- Retention: as the document.
ALTER TABLE document ADD COLUMN hangs_on TEXT;
ALTER TABLE document ADD COLUMN in_doubt BIGINT NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1));
ALTER TABLE document ADD COLUMN moves BIGINT NOT NULL DEFAULT 0 CHECK (moves >= 0);
CREATE INDEX document_hangs_on ON document (tenant_id, coalesce(hangs_on, person), kind, id);

-- Each time it was settled, or came to be in doubt, whose a document is. Sealed: who, why, and the Patients that left.
-- The row opens only among the columns beside it, so nobody hangs a plan on another person by an `UPDATE`.
-- Retention: as the document. Never changed.
CREATE TABLE document_whose (
    tenant_id TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    move      BIGINT NOT NULL CHECK (move > 0),
    person    TEXT   NOT NULL,
    in_doubt  BIGINT NOT NULL CHECK (in_doubt IN (0, 1)),
    made      BIGINT NOT NULL,
    sealed    BLOB   NOT NULL,
    PRIMARY KEY (tenant_id, kind, document, move),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
);
CREATE TRIGGER document_whose_is_never_changed BEFORE UPDATE ON document_whose
BEGIN
    SELECT RAISE(ABORT, 'whose a document was is never changed');
END;
CREATE TRIGGER document_whose_is_kept BEFORE DELETE ON document_whose
BEGIN
    SELECT RAISE(ABORT, 'whose a document was is kept');
END;

-- Which documents came to be in doubt when a Patient left, found by a mark that names nobody: so that the one who left
-- is told that something of theirs may wait.
-- Retention: as the document.
CREATE TABLE document_left (
    tenant_id TEXT NOT NULL,
    mark      BLOB NOT NULL CHECK (length(mark) = 32),
    kind      TEXT NOT NULL,
    document  TEXT NOT NULL,
    PRIMARY KEY (tenant_id, mark, kind, document),
    FOREIGN KEY (tenant_id, kind, document) REFERENCES document (tenant_id, kind, id)
) WITHOUT ROWID;

-- Who else a Patient was ever taken for.
CREATE INDEX person_link_patient ON person_link (tenant, patient);
