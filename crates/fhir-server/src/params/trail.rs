//! Where statements come from, and what belongs together: Provenance, Linkage, List.

use super::{
    ANY, BY_SUBJECT, CODE, IDENTIFIER, IN_ENCOUNTER, PATIENT, STATUS, SUBJECT, Type, date, reference, text, token,
};

pub(super) const TYPES: &[Type] = &[
    Type {
        name: "Provenance",
        params: &[
            reference("target", &["target"], ANY),
            reference("patient", &["target"], PATIENT),
            reference("agent", &["agent.who"], ANY),
            token("agent-role", &["agent.role"]),
            token("agent-type", &["agent.type"]),
            reference("entity", &["entity.what"], ANY),
            reference("location", &["location"], &["Location"]),
            date("recorded", &["recorded"]),
            date("when", &["occurredDateTime", "occurredPeriod"]),
            token("signature-type", &["signature.type"]),
        ],
    },
    Type {
        name: "Linkage",
        params: &[
            reference("author", &["author"], ANY),
            reference("item", &["item.resource"], ANY),
            reference("source", &["item[type=source].resource"], ANY),
        ],
    },
    Type {
        name: "List",
        params: &[
            BY_SUBJECT,
            SUBJECT,
            IDENTIFIER,
            STATUS,
            CODE,
            IN_ENCOUNTER,
            date("date", &["date"]),
            text("title", &["title"]),
            reference("source", &["source"], ANY),
            reference("item", &["entry.item"], ANY),
            token("empty-reason", &["emptyReason"]),
            text("notes", &["note.text"]),
        ],
    },
    Type {
        name: "AuditEvent",
        params: &[
            date("date", &["recorded"]),
            token("type", &["type"]),
            token("subtype", &["subtype"]),
            token("action", &["action"]),
            token("outcome", &["outcome"]),
            reference("agent", &["agent.who"], ANY),
            reference("entity", &["entity.what"], ANY),
            reference("patient", &["agent.who", "entity.what"], PATIENT),
        ],
    },
];
