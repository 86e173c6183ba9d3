//! What the scopes of a token allow here (SMART App Launch 2.2, "Scopes and Launch Context").

use shared_plan::fhir::ResourceKind;
use smart::{Level, Scope};

use crate::People;
use crate::identity::Scopes;

/// What a request wants of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// `read`, `vread` and the history of a resource.
    Read,
    /// `search-type`.
    Search,
    /// To come along with a search: either will do.
    Along,
}

/// True where a scope allows it.
///
/// - A `patient/` scope is bound to one person: to a caller who reaches everybody it gives nothing.
/// - A scope narrowed by a query gives nothing here: what it leaves out could not be told from what does not exist.
pub(super) fn allow(scopes: &Scopes, people: &People, kind: ResourceKind, want: Want) -> bool {
    let letters: &[char] = match want {
        Want::Read => &['r'],
        Want::Search => &['s'],
        Want::Along => &['r', 's'],
    };
    scopes.iter().any(|scope| match Scope::parse(scope) {
        Scope::Data { level, kind: granted, letters: given, query: None } => {
            let bound = match level {
                Level::Patient => matches!(people, People::Only(_)),
                Level::User | Level::System => true,
            };
            bound && (granted == "*" || granted == kind.name()) && letters.iter().any(|letter| given.contains(*letter))
        }
        Scope::Data { query: Some(_), .. } | Scope::Other(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use access::PersonId;

    use super::*;

    fn one() -> People {
        People::Only(PersonId::from_random([1; 16]))
    }

    fn goals(scopes: &str, people: &People, want: Want) -> bool {
        allow(&Scopes::parse(scopes), people, ResourceKind::Goal, want)
    }

    #[test]
    fn both_notations_and_all_levels_are_read() {
        for scopes in ["patient/Goal.rs", "patient/*.read", "user/Goal.cruds", "system/*.*", "openid user/Goal.read"] {
            assert!(goals(scopes, &one(), Want::Read) && goals(scopes, &one(), Want::Search), "{scopes}");
        }
        assert!(goals("user/Goal.r", &one(), Want::Read) && !goals("user/Goal.r", &one(), Want::Search));
        assert!(goals("user/Goal.s", &one(), Want::Along) && !goals("user/Goal.s", &one(), Want::Read));
    }

    #[test]
    fn what_is_of_another_type_or_writes_or_is_narrowed_or_is_no_scope_allows_nothing() {
        for scopes in
            ["", "user/Task.rs", "user/Goal.write", "user/Goal.rs?category=dietary", "goal.rs", "user/Goal.sr"]
        {
            assert!(!goals(scopes, &one(), Want::Along), "{scopes}");
        }
    }

    #[test]
    fn a_scope_of_a_patient_gives_nothing_to_who_reaches_everybody() {
        assert!(!goals("patient/*.rs", &People::All, Want::Read));
        assert!(goals("patient/*.rs user/Goal.rs", &People::All, Want::Read));
    }
}
