//! References (R4 search.html#reference).

use serde_json::Value;

use super::escape::plain;
use crate::references::{Base, Local};

/// What a reference search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pointer {
    /// A bare id: of any of the types the parameter may point at.
    Id(String),
    /// Type and id at this server.
    Here(Local),
    /// An address elsewhere, to the letter.
    Elsewhere(String),
}

impl Pointer {
    /// Reads `id`, `Type/id` or an address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        if fhir::resource::is_id(&text) {
            return Some(Self::Id(text));
        }
        if text.starts_with("http://") || text.starts_with("https://") || text.starts_with("urn:") {
            return Some(Self::Elsewhere(text));
        }
        match fhir::Target::parse(&text) {
            fhir::Target::Relative { kind, id, .. } if crate::is_kind(&kind) => Some(Self::Here(Local { kind, id })),
            _ => None,
        }
    }

    /// Narrows a bare id to one type (`subject:Patient=17`); a reference to another type cannot be narrowed.
    pub(super) fn narrowed(self, to: &str) -> Option<Self> {
        match self {
            Self::Id(id) => Some(Self::Here(Local { kind: to.to_owned(), id })),
            Self::Here(local) if local.kind == to => Some(Self::Here(local)),
            Self::Here(_) => None,
            elsewhere => Some(elsewhere),
        }
    }

    /// True where the element, a Reference or a canonical, points there. `targets` empty means any type.
    pub(super) fn matches(&self, element: &Value, targets: &[&str], base: &Base) -> bool {
        let Some(text) = element.get("reference").unwrap_or(element).as_str() else { return false };
        let found = base.local(text);
        let allowed = |local: &Local| targets.is_empty() || targets.contains(&local.kind.as_str());
        match self {
            Self::Id(id) => found.is_some_and(|found| allowed(&found) && found.id == *id),
            Self::Here(wanted) => found.is_some_and(|found| allowed(&found) && found == *wanted),
            Self::Elsewhere(address) => match base.local(address) {
                Some(wanted) => found.is_some_and(|found| allowed(&found) && found == wanted),
                None => text == address,
            },
        }
    }

    /// The id under which it may mean a resource of a type here.
    pub(super) fn id_of(&self, kind: &str, base: &Base) -> Option<String> {
        match self {
            Self::Id(id) => Some(id.clone()),
            Self::Here(local) => (local.kind == kind).then(|| local.id.clone()),
            Self::Elsewhere(address) => base.local(address).filter(|local| local.kind == kind).map(|local| local.id),
        }
    }

    /// The resources it can only mean, for a look-up in an index; none where that is not certain.
    pub(super) fn candidates(&self, targets: &[&str]) -> Option<Vec<Local>> {
        match self {
            Self::Id(id) if !targets.is_empty() => {
                Some(targets.iter().map(|kind| Local { kind: (*kind).to_owned(), id: id.clone() }).collect())
            }
            Self::Id(_) => None,
            Self::Here(local) => Some(vec![local.clone()]),
            Self::Elsewhere(address) => Local::anywhere(address).map(|local| vec![local]),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_a_typed_id_and_an_own_address_mean_the_same() {
        let base = Base::new("http://127.0.0.1/fhir");
        let element = json!({"reference": "Patient/17"});
        for query in ["17", "Patient/17", "http://127.0.0.1/fhir/Patient/17"] {
            assert!(Pointer::parse(query).expect(query).matches(&element, &["Patient"], &base), "{query}");
        }
        for query in ["18", "Group/17", "http://elsewhere.test/fhir/Patient/17"] {
            assert!(!Pointer::parse(query).expect(query).matches(&element, &["Patient"], &base), "{query}");
        }
        assert!(!Pointer::parse("17").expect("an id").matches(&json!({"reference": "Group/17"}), &["Patient"], &base));
    }

    #[test]
    fn what_points_nowhere_is_refused() {
        for text in ["", "Patient/", "/17", "Plan/17", "a b", "Patient/17/x"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
    }
}
