//! What the application's role may do with each table, and nothing else: no version and no event of the audit log is ever
//! changed by it, no document is deleted by it, and `TRUNCATE`, which asks no policy, is nobody's but the owner's.

/// Tables with the rights on them, area by area.
pub(super) const RIGHTS: [&[(&str, &str)]; 1] = [&SHARED_PLAN];

const SHARED_PLAN: [(&str, &str); 9] = [
    ("kept_key", "SELECT, INSERT, UPDATE"),
    ("document", "SELECT, INSERT, UPDATE"),
    ("document_version", "SELECT, INSERT"),
    ("document_part", "SELECT, INSERT"),
    ("document_due", "SELECT, INSERT, DELETE"),
    ("document_due_told", "SELECT, INSERT"),
    ("idempotency_key", "SELECT, INSERT, DELETE"),
    ("outbox", "SELECT, INSERT, UPDATE, DELETE"),
    ("turn", "SELECT, INSERT, UPDATE"),
];
