-- Edits, stored before the first byte goes to the source that owns the resource. Sealed: the whole edit, which holds
-- clinical text. No foreign key on the launch: an accepted edit outlives the session that made it.
-- Retention: while open, until its outcome is known. Once saved, the content is emptied at once. Closed without being
-- saved, the content stays for 7 days, so that what was typed can be found again. The bare row: 30 days after closing.
CREATE TABLE write_intent (
    id      TEXT   NOT NULL PRIMARY KEY,
    launch  TEXT   NOT NULL,
    source  TEXT   NOT NULL,
    opened  BIGINT NOT NULL,
    closed  BIGINT,
    outcome TEXT,
    sealed  BLOB,
    CHECK ((closed IS NULL) = (outcome IS NULL)),
    CHECK (closed IS NOT NULL OR sealed IS NOT NULL)
);
CREATE INDEX write_intent_open ON write_intent (opened) WHERE closed IS NULL;
CREATE INDEX write_intent_closed ON write_intent (closed) WHERE closed IS NOT NULL;
