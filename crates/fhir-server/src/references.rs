//! References as a server sees them: which are its own, and how they are rewritten.

use std::collections::HashMap;

use fhir::Target;
use serde_json::Value;

/// A resource of this server, by type and logical id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local {
    /// Resource type.
    pub kind: String,
    /// Logical id.
    pub id: String,
}

/// The address under which a server's resources stand, without a last slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Takes the address with or without its last slash.
    pub fn new(address: &str) -> Self {
        Self(address.trim_end_matches('/').to_owned())
    }

    /// The address without a last slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The resource of this server that a reference names; a version it names is left aside.
    pub fn local(&self, reference: &str) -> Option<Local> {
        match Target::parse(reference) {
            Target::Relative { kind, id, .. } => Some(Local { kind, id }),
            Target::Absolute { base, kind, id, .. } if base == self.0 => Some(Local { kind, id }),
            _ => None,
        }
    }
}

/// The resource that a reference names at whatever server: for an index that is checked again afterwards.
impl Local {
    /// Type and id of a relative or absolute reference, whoever's it is.
    pub fn anywhere(reference: &str) -> Option<Self> {
        match Target::parse(reference) {
            Target::Relative { kind, id, .. } | Target::Absolute { kind, id, .. } => Some(Self { kind, id }),
            _ => None,
        }
    }
}

/// Replaces each reference that is a key of `known`, such as the `urn:uuid:` of a new resource, by its value.
///
/// Besides `Reference.reference` this reaches every text that is exactly the key, as the transaction rules ask
/// (R4 http.html#trules: elements of type uri, url, oid and uuid).
pub fn rewrite_references(value: &mut Value, known: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = known.get(text.as_str()) {
                *text = new.clone();
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| rewrite_references(member, known)),
        Value::Object(members) => members.values_mut().for_each(|member| rewrite_references(member, known)),
        _ => {}
    }
}

/// The conditional references in a resource, such as `Organization?identifier=system|value`.
pub fn conditional_references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each_reference(value, &mut |reference| {
        let kind = reference.split_once('?').map(|(kind, _)| kind);
        if kind.is_some_and(crate::is_kind) && !found.iter().any(|known| known == reference) {
            found.push(reference.to_owned());
        }
    });
    found
}

/// The references of a resource that name an entry of the same Bundle and nothing else.
pub fn urn_references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each_reference(value, &mut |reference| {
        if reference.starts_with("urn:uuid:") || reference.starts_with("urn:oid:") {
            found.push(reference.to_owned());
        }
    });
    found
}

/// Calls `found` with the text of every `reference` in the tree.
pub(crate) fn each_reference<'a>(value: &'a Value, found: &mut dyn FnMut(&'a str)) {
    match value {
        Value::Array(members) => members.iter().for_each(|member| each_reference(member, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "reference" => found(text),
                    Value::Array(_) | Value::Object(_) => each_reference(member, found),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

impl Local {
    /// Every resource that a resource refers to, at whatever server.
    pub fn all_in(value: &Value) -> Vec<Self> {
        let mut found = Vec::new();
        each_reference(value, &mut |reference| found.extend(Self::anywhere(reference)));
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_references_under_the_own_base_are_local() {
        let base = Base::new("http://127.0.0.1:4001/fhir/");
        let local = Some(Local { kind: "Goal".into(), id: "g1".into() });
        assert_eq!(base.local("Goal/g1"), local);
        assert_eq!(base.local("Goal/g1/_history/2"), local);
        assert_eq!(base.local("http://127.0.0.1:4001/fhir/Goal/g1"), local);
        for foreign in ["http://elsewhere.test/fhir/Goal/g1", "urn:uuid:1", "#g1", "", "Goal", "Goal?identifier=1"] {
            assert_eq!(base.local(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_urn_is_rewritten_wherever_it_stands_and_other_text_stays() {
        let mut resource = json!({"subject": {"reference": "urn:uuid:1"}, "note": [{"text": "about urn:uuid:1"}]});
        rewrite_references(&mut resource, &HashMap::from([("urn:uuid:1".into(), "Patient/1".into())]));
        assert_eq!(resource, json!({"subject": {"reference": "Patient/1"}, "note": [{"text": "about urn:uuid:1"}]}));
    }

    #[test]
    fn conditional_references_are_found_once() {
        let resource = json!({"a": [{"reference": "Organization?identifier=s|1"}, {"reference": "Organization?identifier=s|1"}],
            "b": {"reference": "https://x.test/?q=1"}});
        assert_eq!(conditional_references(&resource), ["Organization?identifier=s|1"]);
    }
}
