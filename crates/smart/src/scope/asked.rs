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
pub(crate) enum Context {
    /// The one that the EHR has opened.
    Ehr,
    /// A patient that the user chooses at the source.
    Patient,
    /// None: only who the user is.
    SignIn,
}

/// Lists the scopes to ask for, in the generation that the source speaks, never both forms for one type.
pub(crate) fn asked(discovery: &Discovery, context: Context, extra: &[String]) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    if discovery.signs_in() {
        list.extend(["openid".to_owned(), "fhirUser".to_owned()]);
    }
    match context {
        Context::Ehr => list.push("launch".to_owned()),
        Context::Patient => list.push("launch/patient".to_owned()),
        Context::SignIn => return list,
    }
    let reading = KINDS.map(|kind| data(Level::Patient, kind, "rs"));
    for scope in merged(reading.into_iter().chain(extra.iter().map(|text| Scope::parse(text)))) {
        for text in spelled(&scope, discovery.offers("permission-v2")) {
            if !list.contains(&text) {
                list.push(text);
            }
        }
    }
    list
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
    use super::*;

    fn ask(capabilities: &[&str], context: Context, extra: &[&str]) -> String {
        let discovery = Discovery::for_tests(capabilities);
        asked(&discovery, context, &extra.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn the_second_generation_is_asked_for_where_it_is_offered() {
        let text = ask(&["permission-v2"], Context::Ehr, &["patient/Goal.u", "offline_access"]);
        assert_eq!(
            text,
            "openid fhirUser launch patient/Patient.rs patient/Condition.rs patient/Goal.rus patient/CarePlan.rs \
             patient/CareTeam.rs patient/ServiceRequest.rs patient/Task.rs patient/Observation.rs \
             patient/MedicationRequest.rs patient/Procedure.rs patient/Provenance.rs offline_access"
        );
    }

    #[test]
    fn the_first_generation_is_asked_for_else_and_never_mixed() {
        let text = ask(&[], Context::Patient, &["patient/Goal.u"]);
        assert!(text.starts_with("openid fhirUser launch/patient patient/Patient.read "), "{text}");
        assert!(text.contains("patient/Goal.read patient/Goal.write"), "{text}");
        assert!(!text.contains(".rs") && !text.contains('*'), "{text}");
    }

    #[test]
    fn a_sign_in_asks_for_no_record() {
        assert_eq!(ask(&["permission-v2"], Context::SignIn, &["patient/Goal.u"]), "openid fhirUser");
    }
}
