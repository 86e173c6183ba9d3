//! The scopes that a launch asks for.

use std::collections::BTreeSet;

use super::{Level, Scope};
use crate::Discovery;

/// Types that the plan is made of: the minimum set of checklist section 4. No wildcard: some servers drop it silently.
const KINDS: [&str; 11] = [
    "Patient",
    "Condition",
    "Goal",
    "CarePlan",
    "CareTeam",
    "ServiceRequest",
    "Task",
    "Observation",
    "MedicationRequest",
    "Procedure",
    "Provenance",
];

/// Which launch context is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The one that the EHR has opened.
    Ehr,
    /// A patient that the user chooses at the source.
    Patient,
    /// The same, and the access lasts when the user has gone.
    StandingPatient,
    /// None: only who the user is.
    SignIn,
    /// None: no user is there at all.
    Backend,
}

/// Lists the scopes to ask for, in the generation that the source speaks, never both forms for one type.
pub fn asked(discovery: &Discovery, context: Context, extra: &[String]) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    if discovery.signs_in() && context != Context::Backend {
        list.extend(["openid".to_owned(), "fhirUser".to_owned()]);
    }
    match context {
        Context::Ehr => list.push("launch".to_owned()),
        Context::Patient => list.push("launch/patient".to_owned()),
        Context::StandingPatient => list.extend(["launch/patient".to_owned(), "offline_access".to_owned()]),
        Context::SignIn => return list,
        Context::Backend => {}
    }
    let reading = KINDS.map(|kind| data(Level::Patient, kind, "rs"));
    let extra = extra.iter().filter(|text| unaskable(text).is_none()).map(|text| Scope::parse(text));
    let wanted = reading.into_iter().chain(extra).filter_map(|scope| in_context(scope, context, discovery));
    for scope in merged(wanted) {
        for text in spelled(&scope, discovery.offers("permission-v2")) {
            if !list.contains(&text) {
                list.push(text);
            }
        }
    }
    list
}

/// A scope as it is asked for in a context; `None` where it has no place there.
fn in_context(scope: Scope, context: Context, discovery: &Discovery) -> Option<Scope> {
    match (scope, context) {
        // Nobody is signed in, so nothing is written: a change needs somebody who is known to the source.
        (Scope::Data { kind, letters, query, .. }, Context::Backend) => {
            let letters: String = letters.chars().filter(|letter| matches!(letter, 'r' | 's')).collect();
            (!letters.is_empty()).then_some(Scope::Data { level: Level::System, kind, letters, query })
        }
        // Nobody's record but the patient's, or what the user may see: a system scope is for backend services.
        (Scope::Data { level: Level::System, .. }, _) | (Scope::Other(_), Context::Backend) => None,
        (Scope::Other(word), _) if word == "offline_access" => None,
        (Scope::Other(word), _) if word == "online_access" && !discovery.offers("permission-online") => None,
        // One kind of refresh token is asked for, so that the one that comes is known to last.
        (Scope::Other(word), Context::StandingPatient) if word == "online_access" => None,
        (scope, _) => Some(scope),
    }
}

/// Why a scope is never asked for, in words for an operator; `None` for one that can be.
pub fn unaskable(text: &str) -> Option<&'static str> {
    // A space would make two of it (RFC 6749 section 3.3).
    let letter = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    if text.is_empty() || !text.bytes().all(letter) {
        return Some("is not one scope");
    }
    match Scope::parse(text) {
        Scope::Data { kind, .. } if kind == "*" => {
            Some("has a wildcard, which some servers drop silently; name the types")
        }
        Scope::Data { query: Some(query), .. } if is_experimental(&query) => {
            Some("narrows by a modifier, a chain or _filter, which SMART calls experimental")
        }
        Scope::Other(word) if word.contains('/') && !word.starts_with("launch/") && !word.contains("://") => {
            Some("does not follow the grammar, such as patient/Goal.rs")
        }
        Scope::Data { .. } | Scope::Other(_) => None,
    }
}

/// True where a parameter of a narrowed scope is more than a plain name.
fn is_experimental(query: &str) -> bool {
    let plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    query.split('&').any(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        !plain(name) || name == "_filter" || value.is_empty()
    })
}

fn data(level: Level, kind: &str, letters: &str) -> Scope {
    Scope::Data { level, kind: kind.to_owned(), letters: letters.to_owned(), query: None }
}

/// Joins scopes on one type into one, in the order of their first mention.
fn merged(scopes: impl Iterator<Item = Scope>) -> Vec<Scope> {
    let mut list: Vec<Scope> = Vec::new();
    for scope in scopes {
        let Scope::Data { level, kind, letters, query: None } = &scope else {
            list.push(scope);
            continue;
        };
        let same = list.iter_mut().find_map(|known| match known {
            Scope::Data { level: l, kind: k, letters, query: None } if l == level && k == kind => Some(letters),
            Scope::Data { .. } | Scope::Other(_) => None,
        });
        match same {
            Some(known) => {
                let all: BTreeSet<char> = known.chars().chain(letters.chars()).collect();
                *known = "cruds".chars().filter(|letter| all.contains(letter)).collect();
            }
            None => list.push(scope),
        }
    }
    list
}

/// Spells a scope for a source; SMART 1.0 knows only reading and writing, and no narrowing.
fn spelled(scope: &Scope, v2: bool) -> Vec<String> {
    match scope {
        Scope::Data { level, kind, letters, .. } if !v2 => {
            let form = |word: &str| format!("{level}/{kind}.{word}");
            let reads = letters.contains(['r', 's']).then(|| form("read"));
            let writes = letters.contains(['c', 'u', 'd']).then(|| form("write"));
            reads.into_iter().chain(writes).collect()
        }
        Scope::Data { .. } | Scope::Other(_) => vec![scope.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ask(capabilities: &[&str], context: Context, extra: &[&str]) -> String {
        let discovery = Discovery::for_tests(capabilities);
        asked(&discovery, context, &extra.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn q3_q11_the_second_generation_is_asked_for_where_it_is_offered() {
        let text = ask(&["permission-v2"], Context::Ehr, &["patient/Goal.u"]);
        assert_eq!(
            text,
            "openid fhirUser launch patient/Patient.rs patient/Condition.rs patient/Goal.rus patient/CarePlan.rs \
             patient/CareTeam.rs patient/ServiceRequest.rs patient/Task.rs patient/Observation.rs \
             patient/MedicationRequest.rs patient/Procedure.rs patient/Provenance.rs"
        );
    }

    #[test]
    fn q3_the_first_generation_is_asked_for_else_and_never_mixed() {
        let text = ask(&[], Context::Patient, &["patient/Goal.u"]);
        assert!(text.starts_with("openid fhirUser launch/patient patient/Patient.read "), "{text}");
        assert!(text.contains("patient/Goal.read patient/Goal.write"), "{text}");
        assert!(!text.contains(".rs") && !text.contains('*'), "{text}");
    }

    #[test]
    fn a_sign_in_asks_for_no_record() {
        assert_eq!(ask(&["permission-v2"], Context::SignIn, &["patient/Goal.u"]), "openid fhirUser");
    }

    #[test]
    fn t4_a_backend_service_asks_for_system_scopes_only() {
        let text = ask(&["permission-v2"], Context::Backend, &["patient/Goal.u", "offline_access", "launch/patient"]);
        assert!(text.starts_with("system/Patient.rs ") && text.contains("system/Goal.rs "), "{text}");
        assert!(text.split(' ').all(|scope| scope.starts_with("system/")), "{text}");
    }

    #[test]
    fn t6_access_that_outlasts_the_user_is_asked_for_only_where_the_user_agreed() {
        let extra = ["offline_access", "online_access"];
        for context in [Context::Ehr, Context::Patient] {
            assert!(!ask(&["permission-v2"], context, &extra).contains("line_access"), "{context:?}");
        }
        assert!(ask(&["permission-online"], Context::Ehr, &extra).ends_with(" online_access"));
        let standing = ask(&["permission-online"], Context::StandingPatient, &extra);
        assert!(
            standing.contains("launch/patient offline_access ") && !standing.contains("online_access"),
            "{standing}"
        );
    }

    #[test]
    fn q4_a_narrowed_scope_is_asked_for_as_it_is_and_its_experimental_forms_never() {
        let vital =
            "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";
        assert!(ask(&["permission-v2"], Context::Ehr, &[vital]).ends_with(vital));
        for strange in [
            "patient/Observation.rs?code:in=x",
            "patient/Observation.rs?subject.name=x",
            "patient/Observation.rs?_filter=x",
            "patient/Observation.rs?",
            "patient/Observation.rs?a=b&:c=d",
        ] {
            assert!(unaskable(strange).is_some(), "{strange}");
            assert!(!ask(&["permission-v2"], Context::Ehr, &[strange]).contains('?'), "{strange}");
        }
    }

    #[test]
    fn q4_a_narrowed_scope_with_a_space_in_it_is_not_asked_for_as_two() {
        for strange in ["patient/Goal.rs?a=b c", "patient/Goal.rs?a=\u{a0}", "patient/Goal.rs?a=\"", "openid\n", ""] {
            assert_eq!(unaskable(strange), Some("is not one scope"), "{strange:?}");
        }
        let text = ask(&["permission-v2"], Context::Ehr, &["patient/Goal.rs?a=b user/*.cruds"]);
        assert!(!text.contains("cruds"), "{text}");
    }

    #[test]
    fn q6_a_wildcard_is_never_asked_for() {
        let wild = ["patient/*.rs", "user/*.*", "system/*.read", "patient/Goal.sr", "two words/x"];
        for v in [&["permission-v2"][..], &[]] {
            let text = ask(v, Context::Ehr, &wild);
            assert!(!text.contains('*') && !text.contains("sr ") && !text.contains("words"), "{text}");
        }
        assert!(wild.iter().all(|text| unaskable(text).is_some()));
        assert!(
            ["openid", "launch/encounter", "patient/Goal.cruds", "https://ehr.example/scope"]
                .iter()
                .all(|text| unaskable(text).is_none())
        );
    }

    proptest! {
        #[test]
        fn q3_no_request_holds_both_forms_of_a_type(v2 in any::<bool>(), extra in prop::collection::vec("(patient|user|system)/(Goal|Task|\\*)\\.(read|write|c?r?u?d?s?)", 0..8)) {
            let capabilities: &[&str] = if v2 { &["permission-v2"] } else { &[] };
            let extra: Vec<&str> = extra.iter().map(String::as_str).collect();
            let text = ask(capabilities, Context::Ehr, &extra);
            let old = |scope: &&str| scope.ends_with(".read") || scope.ends_with(".write");
            let data: Vec<&str> = text.split(' ').filter(|scope| scope.contains('.')).collect();
            prop_assert_eq!(data.iter().filter(|scope| old(scope)).count(), if v2 { 0 } else { data.len() });
        }
    }
}
