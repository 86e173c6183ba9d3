//! References: to parts of the shared plan, to what lies at a source, and to people.

use std::fmt;

use access::{PersonId, Role};
use fhir::resource::is_id;
use serde_json::{Value, json};

use super::element::Element;
use super::{OWN, ResourceKind};
use crate::plan::About;
use crate::{Foreign, Who};

/// The system of identifiers that are URIs (R4 datatypes.html#Identifier).
const URIS: &str = "urn:ietf:rfc:3986";

/// Tells the base address of the source at which a resource lies, where it is known.
#[derive(Clone, Copy)]
pub struct Bases<'a>(pub &'a (dyn Fn(&Foreign) -> Option<String> + Send + Sync));

impl fmt::Debug for Bases<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bases")
    }
}

impl Bases<'_> {
    /// A reference to a resource at a source: its whole address, else an identifier that names source, type and id.
    pub(super) fn foreign(&self, foreign: &Foreign) -> Value {
        let path = format!("{}/{}", foreign.kind, foreign.id);
        let own = foreign.source == OWN && ResourceKind::parse(&foreign.kind).is_some() && is_named(foreign);
        let address = if own { Some(path) } else { self.address(foreign) };
        let identifier = address.is_none().then(|| unaddressed(foreign));
        Element::new()
            .with_some("reference", address)
            .with_some("type", is_type(&foreign.kind).then(|| foreign.kind.clone()))
            .with_some("identifier", identifier)
            .with_some("display", foreign.display.clone())
            .done()
    }

    /// The whole address of a resource at a source, where it is known.
    fn address(&self, foreign: &Foreign) -> Option<String> {
        let base = (self.0)(foreign).filter(|_| is_named(foreign))?;
        Some(format!("{}/{}/{}", base.trim_end_matches('/'), foreign.kind, foreign.id))
    }

    /// An identifier of a resource at a source: its whole address, else the name that [`Bases::foreign`] gives it.
    pub(super) fn identifier(&self, foreign: &Foreign) -> Value {
        let address = self.address(foreign);
        address.map_or_else(|| unaddressed(foreign), |address| json!({ "system": URIS, "value": address }))
    }

    /// A reference to what a part of the plan is about.
    pub(super) fn about(&self, about: &About) -> Value {
        match about {
            About::Concern(id) => own(ResourceKind::Condition, id),
            About::Goal(id) => own(ResourceKind::Goal, id),
            About::Activity(id) => own(ResourceKind::Task, id),
            About::Foreign(foreign) => self.foreign(foreign),
        }
    }

    /// A reference to somebody who did something. In the role of the patient that is the person whose plan it is.
    pub(super) fn who(&self, who: &Who, person: &PersonId) -> Value {
        let display = Some(who.name.clone());
        match (&who.resource, who.role) {
            (_, Some(Role::Patient)) => Element::new()
                .with("reference", path(ResourceKind::Patient, person))
                .with("type", ResourceKind::Patient.name())
                .with_some("display", display)
                .done(),
            (Some(foreign), _) => self.foreign(&Foreign { display, ..foreign.clone() }),
            (None, role) => Element::new().with("type", type_of(role)).with_some("display", display).done(),
        }
    }
}

/// A reference to a resource of the shared plan.
pub(super) fn own(kind: ResourceKind, id: impl fmt::Display) -> Value {
    json!({ "reference": path(kind, id), "type": kind.name() })
}

/// The person whose plan it is.
pub(super) fn subject(person: &PersonId) -> Value {
    own(ResourceKind::Patient, person)
}

/// The type of what a part of the plan is about.
pub(super) fn kind_of(about: &About) -> &str {
    match about {
        About::Concern(_) => "Condition",
        About::Goal(_) => "Goal",
        About::Activity(_) => "Task",
        About::Foreign(foreign) => &foreign.kind,
    }
}

fn path(kind: ResourceKind, id: impl fmt::Display) -> String {
    format!("{}/{id}", kind.name())
}

/// The identifier of a part of the shared plan, the same wherever it is shown: whoever keeps a copy can say of what.
pub(super) fn everywhere(id: impl fmt::Display) -> Value {
    let id = id.to_string();
    let groups: Vec<&str> = [0..8, 8..12, 12..16, 16..20, 20..32].into_iter().filter_map(|part| id.get(part)).collect();
    json!({ "system": URIS, "value": format!("urn:uuid:{}", groups.join("-")) })
}

/// A name of its own for what lies at a source whose address is not known; `.invalid` leads nowhere (RFC 6761).
fn unaddressed(foreign: &Foreign) -> Value {
    let system = format!("https://{}.invalid", host(&foreign.source));
    json!({ "system": system, "value": format!("{}/{}", foreign.kind, foreign.id) })
}

fn is_named(foreign: &Foreign) -> bool {
    is_type(&foreign.kind) && is_id(&foreign.id)
}

/// What somebody is of whom only the name is known.
fn type_of(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Clinician | Role::Coordinator) => "Practitioner",
        Some(Role::Carer) => "RelatedPerson",
        Some(Role::Patient) => "Patient",
        // The clock.
        None => "Device",
    }
}

fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The id of a source as a host's name may be written.
fn host(source: &str) -> String {
    source.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bases(foreign: &Foreign) -> Option<String> {
        (foreign.source == "valley").then(|| "https://valley.example/fhir/".to_owned())
    }

    fn at(source: &str, kind: &str, id: &str) -> Value {
        let display = Some("Diabetes".to_owned());
        let foreign = Foreign { source: source.into(), kind: kind.into(), id: id.into(), version: None, display };
        Bases(&bases).foreign(&foreign)
    }

    #[test]
    fn what_lies_at_a_known_source_is_named_by_its_whole_address() {
        let wanted = json!({ "reference": "https://valley.example/fhir/Condition/17", "type": "Condition", "display": "Diabetes" });
        assert_eq!(at("valley", "Condition", "17"), wanted);
    }

    #[test]
    fn what_cannot_be_addressed_is_named_by_an_identifier_and_never_by_a_made_up_address() {
        for (source, kind, id) in
            [("gone", "Condition", "17"), ("valley", "Condition", "../x"), ("valley", "a/b", "17")]
        {
            let reference = at(source, kind, id);
            assert_eq!(reference.get("reference"), None, "{reference}");
            assert_eq!(reference["identifier"]["value"], format!("{kind}/{id}"));
            assert_eq!(reference["display"], "Diabetes");
        }
    }

    #[test]
    fn another_part_of_the_shared_plan_is_named_relatively() {
        assert_eq!(at(OWN, "CarePlan", "17")["reference"], "CarePlan/17");
    }

    #[test]
    fn the_patient_is_the_person_and_somebody_without_a_resource_is_a_name() {
        let person = PersonId::from_random([7; 16]);
        let who = |role, resource| Who { user: None, role, name: "Ada".into(), resource };
        let elsewhere = Foreign {
            source: "valley".into(),
            kind: "Practitioner".into(),
            id: "9".into(),
            version: None,
            display: None,
        };
        let reference = |who: &Who| Bases(&bases).who(who, &person);
        assert_eq!(reference(&who(Some(Role::Patient), None))["reference"], format!("Patient/{person}"));
        assert_eq!(reference(&who(Some(Role::Coordinator), None)), json!({ "type": "Practitioner", "display": "Ada" }));
        let known = reference(&who(Some(Role::Clinician), Some(elsewhere)));
        assert_eq!(
            (&known["reference"], &known["display"]),
            (&json!("https://valley.example/fhir/Practitioner/9"), &json!("Ada"))
        );
        assert_eq!(reference(&Who::clock())["type"], "Device");
    }
}
