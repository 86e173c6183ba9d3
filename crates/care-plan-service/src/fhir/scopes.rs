//! What the scopes of a token allow here (SMART App Launch 2.2, "Scopes and Launch Context").

use fhir_server::Failure;
use shared_plan::fhir::ResourceKind;

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

impl Want {
    /// The letter that names it in a scope.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Read => 'r',
            Self::Search | Self::Along => 's',
        }
    }
}

/// Why a request is not answered.
#[derive(Debug)]
pub(super) enum Refused {
    /// Another scope is needed than the path shows.
    Scope(ResourceKind, Want),
    /// Any other reason.
    Other(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

/// True where a scope allows it.
pub(super) fn allow(scopes: &Scopes, people: &People, kind: ResourceKind, want: Want) -> bool {
    let by = |letter| scopes.allow(people, kind.name(), letter);
    match want {
        Want::Read | Want::Search => by(want.letter()),
        Want::Along => by('r') || by('s'),
    }
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
    fn both_notations_are_read() {
        for scopes in ["patient/Goal.rs", "patient/*.read", "user/Goal.cruds", "user/*.*", "openid user/Goal.read"] {
            assert!(goals(scopes, &one(), Want::Read) && goals(scopes, &one(), Want::Search), "{scopes}");
        }
        assert!(goals("system/*.rs", &People::All, Want::Read) && !goals("system/*.rs", &one(), Want::Read));
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
    fn a_scope_of_a_patient_gives_nothing_to_who_has_named_nobody() {
        assert!(!goals("patient/*.rs", &People::ByWay, Want::Read));
        assert!(goals("patient/*.rs user/Goal.rs", &People::ByWay, Want::Read));
    }
}
