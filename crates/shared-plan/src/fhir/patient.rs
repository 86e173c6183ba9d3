//! Patient: the person on whom a plan hangs.

use access::PersonId;
use serde_json::{Map, Value};

use super::ResourceKind;

/// The person, with no more than their id, and what is handed in of them: the elements of a Patient of some source.
///
/// The shared plan keeps no demographics; sources do.
pub fn patient(person: &PersonId, demographics: Option<&Map<String, Value>>) -> Value {
    let mut patient = Map::new();
    patient.insert("resourceType".to_owned(), ResourceKind::Patient.name().into());
    patient.insert("id".to_owned(), person.as_str().into());
    let told = demographics.into_iter().flatten();
    // Type, id and meta are of the source's own Patient.
    let told = told.filter(|(name, _)| !matches!(name.as_str(), "resourceType" | "id" | "meta"));
    patient.extend(told.map(|(name, value)| (name.clone(), value.clone())));
    Value::Object(patient)
}
