//! What the application's role may do with each table, and nothing else: no version and no event of the audit log is ever
//! changed by it, no document is deleted by it, and `TRUNCATE`, which asks no policy, is nobody's but the owner's.

/// Tables with the rights on them, area by area.
pub(super) const RIGHTS: &[&[(&str, &str)]] = &[&SHARED_PLAN, &SESSIONS, &PERSONS, &AUDIT, &DELIVERIES];

const SHARED_PLAN: [(&str, &str); 11] = [
    ("kept_key", "SELECT, INSERT, UPDATE"),
    ("document", "SELECT, INSERT, UPDATE"),
    ("document_version", "SELECT, INSERT"),
    ("document_part", "SELECT, INSERT"),
    ("document_whose", "SELECT, INSERT"),
    ("document_left", "SELECT, INSERT"),
    ("document_due", "SELECT, INSERT, DELETE"),
    ("document_due_told", "SELECT, INSERT"),
    ("idempotency_key", "SELECT, INSERT, DELETE"),
    ("outbox", "SELECT, INSERT, UPDATE, DELETE"),
    ("turn", "SELECT, INSERT, UPDATE"),
];

/// Receivers are changed by nobody, but only who may change a row may see to it that it stays.
const DELIVERIES: [(&str, &str); 2] =
    [("event_receiver", "SELECT, INSERT, UPDATE, DELETE"), ("delivery", "SELECT, INSERT, UPDATE, DELETE")];

const SESSIONS: [(&str, &str); 7] = [
    ("session", "SELECT, INSERT, UPDATE, DELETE"),
    ("former_cookie", "SELECT, INSERT, UPDATE, DELETE"),
    ("sign_in", "SELECT, INSERT, UPDATE, DELETE"),
    ("launch", "SELECT, INSERT, UPDATE, DELETE"),
    ("source_grant", "SELECT, INSERT, UPDATE, DELETE"),
    ("pending_launch", "SELECT, INSERT, DELETE"),
    ("write_intent", "SELECT, INSERT, UPDATE, DELETE"),
];

const PERSONS: [(&str, &str); 7] = [
    ("person", "SELECT, INSERT, UPDATE, DELETE"),
    ("person_link", "SELECT, INSERT, UPDATE, DELETE"),
    ("consent", "SELECT, INSERT, UPDATE, DELETE"),
    ("consent_in_force", "SELECT, INSERT, DELETE"),
    ("standing_grant", "SELECT, INSERT, UPDATE, DELETE"),
    ("standing_use", "SELECT, INSERT, DELETE"),
    ("kept_item", "SELECT, INSERT, UPDATE, DELETE"),
];

/// Events are deleted by the purge, and what is to be kept is kept by the table itself.
const AUDIT: [(&str, &str); 3] = [
    ("audit_event", "SELECT, INSERT, DELETE"),
    ("audit_start", "SELECT, INSERT, UPDATE"),
    ("audit_retention", "SELECT, INSERT, UPDATE"),
];
