//! FHIR Bundles: the envelope, the resources in it, and the views of these.
//!
//! Law: no entry is lost; a resource keeps the letters it came as, and reads the same again; an id can stand in an address.

use fhir::{Bundle, EntryMode, Resource, SourceId, Target as Reference};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::Target;

pub const TARGET: Target = Target {
    name: "bundle",
    words: &[
        "resourceType",
        "Bundle",
        "type",
        "searchset",
        "total",
        "link",
        "relation",
        "next",
        "url",
        "entry",
        "fullUrl",
        "search",
        "mode",
        "match",
        "include",
        "outcome",
        "resource",
        "id",
        "meta",
        "versionId",
        "lastUpdated",
        "identifier",
        "Goal",
        "Patient",
        "Observation",
        "Condition",
        "MedicationRequest",
        "subject",
        "reference",
        "Patient/1/_history/2",
        "https://ehr.example/fhir/Patient/1",
        "#contained",
        "2026",
        "2026-11",
        "2026-11-21",
        "2026-11-21T10:00:00+01:00",
        "0000-00-00",
        "_history",
        "..",
        "target",
        "dueDate",
        "code",
        "coding",
        "extension",
    ],
    tries: 1_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    dates_and_references(&text);
    let bundle = match Bundle::parse(&text) {
        Ok(bundle) => bundle,
        Err(fhir::BundleError::NotJson(_)) => return "no JSON".to_owned(),
        Err(fhir::BundleError::Other(_)) => return "no Bundle".to_owned(),
    };
    if let Ok(value) = serde_json::from_str::<Value>(&text) {
        let sent = match &value["entry"] {
            Value::Null => 0,
            Value::Array(list) => list.len(),
            _ => 1,
        };
        assert_eq!(bundle.entries.len(), sent, "an entry was lost");
    }
    let source = SourceId::new("valley-ehr");
    let mut read = 0;
    for raw in bundle.entries.iter().filter_map(|entry| entry.resource) {
        let Ok(resource) = Resource::parse(&source, raw) else { continue };
        assert_eq!(resource.raw(), raw, "a resource lost its letters");
        assert!(!resource.id().contains(['/', '?', '#', '%', ' ']) && !matches!(resource.id(), "." | ".."));
        // Half of a letter (`\ud800`) is JSON and fits no text of ours: such a resource is kept and cannot be a tree.
        let tree = resource.to_value();
        assert!(!tree.is_null() || raw.contains("\\u"), "a resource that is no tree");
        let again = Resource::parse(&source, &tree.to_string());
        let again = again.as_ref().map_or(resource.key(), Resource::key);
        assert_eq!(again, resource.key(), "it is another one now");
        views(&resource);
        read += 1;
    }
    let matches = bundle.entries.iter().filter(|entry| entry.mode == EntryMode::Match).count();
    format!(
        "{} entries, {read} read, {} matches, next {}",
        bundle.entries.len().min(5),
        matches.min(3),
        bundle.next.is_some()
    )
}

/// Every view reads every resource, whatever its type.
fn views(resource: &Resource) {
    let _: (fhir::Patient, fhir::Goal, fhir::CarePlan) = (resource.read(), resource.read(), resource.read());
    let _: (fhir::Condition, fhir::Observation, fhir::CareTeam) = (resource.read(), resource.read(), resource.read());
    let _: (fhir::Request, fhir::Linkage) = (resource.read(), resource.read());
}

fn dates_and_references(text: &str) {
    for word in text.split('"') {
        if let Some(date) = fhir::FhirDate::parse(word) {
            let days = (date.first_day(&TimeZone::UTC), date.last_day(&TimeZone::UTC));
            assert!(days.0 <= days.1, "a date that ends before it begins");
            let _ = date.sort_key();
        }
        if let Reference::Relative { id, .. } | Reference::Absolute { id, .. } = Reference::parse(word) {
            assert!(!id.contains('/'), "an id of two segments");
        }
    }
}
