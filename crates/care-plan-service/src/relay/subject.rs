//! The names under which events are published at a broker.

use access::TenantId;
use shared_plan::EventKind;

/// Every subject that is published to, with NATS' wildcards.
pub const ALL_SUBJECTS: &str = "accord.*.care-plan.>";

/// The subject of an event: `accord.{tenant}.care-plan.{event}`.
///
/// Letters, digits, `-` and `_` of the tenant stand as they are; every other byte as `=` and two hex digits, so that no
/// tenant's name can be another's, a wildcard or two tokens.
pub fn subject(tenant: &TenantId, what: EventKind) -> String {
    format!("accord.{}.care-plan.{}", token(&tenant.0), what.code())
}

fn token(text: &str) -> String {
    if text.is_empty() {
        return "=".into();
    }
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("={other:02x}"),
        })
        .collect()
}

/// True where a subscription to `wide` gets everything that one to `narrow` gets.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    let (mut wide, mut narrow) = (wide.split('.'), narrow.split('.'));
    loop {
        match (wide.next(), narrow.next()) {
            (None, None) | (Some(">"), Some(_)) => return true,
            (Some("*"), Some(token)) if token != ">" => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use access::TenantId;
    use shared_plan::EventKind;

    use super::{ALL_SUBJECTS, covers, subject};

    #[test]
    fn a_tenants_name_is_one_token_and_no_other_tenants() {
        let names = [
            "valley",
            "",
            "=",
            "a.b",
            "a=2eb",
            "*",
            ">",
            "a b",
            "A",
            "a",
            "ä",
            "a\n",
            "accord.x.care-plan.goal-changed",
        ];
        let subjects: HashSet<String> =
            names.iter().map(|name| subject(&TenantId::new(*name), EventKind::GoalOverdue)).collect();
        assert_eq!(subjects.len(), names.len());
        for subject in &subjects {
            let tokens: Vec<&str> = subject.split('.').collect();
            assert!(
                matches!(tokens[..], ["accord", tenant, "care-plan", "goal-overdue"]
                if !tenant.is_empty() && !tenant.contains(['*', '>', ' ', '\n'])),
                "{subject}"
            );
            assert!(covers(ALL_SUBJECTS, subject));
        }
        assert!(subjects.contains("accord.valley.care-plan.goal-overdue"));
    }

    #[test]
    fn a_subject_covers_what_its_wildcards_say() {
        for (wide, narrow, does) in [
            ("accord.>", ALL_SUBJECTS, true),
            (">", ALL_SUBJECTS, true),
            (ALL_SUBJECTS, ALL_SUBJECTS, true),
            ("accord.valley.>", ALL_SUBJECTS, false),
            ("accord.*.care-plan.*", ALL_SUBJECTS, false),
            ("accord.*", "accord.>", false),
            ("accord", "accord.x", false),
            ("accord.>", "accord", false),
        ] {
            assert_eq!(covers(wide, narrow), does, "{wide} {narrow}");
        }
    }
}
