//! Provenance: who made a version of a resource, when and why.

use access::PersonId;
use serde_json::{Value, json};

use super::ResourceKind;
use super::concept::words;
use super::element::Element;
use super::reference::Bases;
use crate::Version;
use crate::ports::VersionHead;

/// A version of a resource of the shared plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its type; never Provenance or Patient.
    pub kind: ResourceKind,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: Version,
}

impl Made {
    /// The id of the Provenance of this version.
    pub fn provenance_id(&self) -> String {
        format!("{}.{}.{}", self.kind.name(), self.id, self.version)
    }

    /// Reads what [`Made::provenance_id`] wrote; any other text is the id of none.
    pub fn parse(id: &str) -> Option<Self> {
        let mut parts = id.split('.');
        let (kind, id, version) = (parts.next()?, parts.next()?, parts.next()?);
        let kind = ResourceKind::parse(kind)?;
        let versioned = !matches!(kind, ResourceKind::Provenance | ResourceKind::Patient);
        let version: u64 = version.parse().ok().filter(|number: &u64| number.to_string() == version)?;
        (versioned && parts.next().is_none()).then(|| Self { kind, id: id.to_owned(), version: Version(version) })
    }
}

/// Who made this version. It names the version that it is about, and never changes itself.
pub fn provenance(made: &Made, head: &VersionHead, person: &PersonId, bases: Bases<'_>) -> Value {
    let (does, display) = if made.version == Version::FIRST { ("CREATE", "create") } else { ("UPDATE", "revise") };
    let target = format!("{}/{}/_history/{}", made.kind.name(), made.id, made.version);
    let activity = json!({ "coding": [
        { "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation", "code": does, "display": display }] });
    let author = json!({ "coding": [
        { "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "author", "display": "Author" }] });
    Element::resource(ResourceKind::Provenance)
        .with("id", made.provenance_id())
        .with("meta", json!({ "versionId": "1", "lastUpdated": head.at.to_string() }))
        .with("target", json!([{ "reference": target, "type": made.kind.name() }]))
        .with("recorded", head.at.to_string())
        .with_list("reason", head.reason.as_deref().map(words).into_iter().collect())
        .with("activity", activity)
        .with("agent", json!([{ "type": author, "who": bases.who(&head.by, person) }]))
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_provenance_names_type_id_and_version_and_reads_back() {
        let made = Made { kind: ResourceKind::CareTeam, id: "ab".repeat(16), version: Version(12) };
        let id = made.provenance_id();
        assert!(fhir::resource::is_id(&id), "{id}");
        assert_eq!(Made::parse(&id), Some(made));
        for text in
            ["", "Goal", "Goal.x", "Goal.x.y", "Goal.x.01", "Goal.x.1.2", "Plan.x.1", "Patient.x.1", "Goal.x.-1"]
        {
            assert_eq!(Made::parse(text), None, "{text}");
        }
    }
}
