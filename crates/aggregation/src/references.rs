//! What resources refer to.

use std::collections::BTreeSet;
use std::fmt;

use fhir::Target;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use url::Url;

use crate::about::is_same_base;

/// Types that are worth a request when something refers to them: whoever acts, what is given, and what the plan is made of.
///
/// Encounters, locations, devices and claims are left out: a plan does not show them, and there are hundreds.
const WANTED: &[&str] = &[
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "RelatedPerson",
    "Medication",
    "Condition",
    "Goal",
    "CarePlan",
    "CareTeam",
    "ServiceRequest",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "CommunicationRequest",
    "DeviceRequest",
    "RequestGroup",
    "Task",
    "Appointment",
    "Procedure",
    "Observation",
    "DiagnosticReport",
    "Immunization",
    "AllergyIntolerance",
    "RiskAssessment",
    "ClinicalImpression",
    "FamilyMemberHistory",
    "QuestionnaireResponse",
];

/// Types that act.
const ACTORS: &[&str] = &["Practitioner", "PractitionerRole", "Organization", "RelatedPerson"];

/// Type and id of what a resource refers to at its own source, as far as it is worth a request.
///
/// Goes through the text once without building a tree; `reference` is looked for wherever it stands, in extensions and
/// contained resources too. An address under another base is another server's matter (smart-launch T10).
///
/// What a Provenance is about is not asked for: it was asked for because of that.
pub(crate) fn of(kind: &str, raw: &str, base: &Url) -> BTreeSet<(String, String)> {
    let is_provenance = kind == "Provenance";
    let mut found = BTreeSet::new();
    // Text nested too deeply ends the walk; what was found until then is good.
    let mut deserializer = serde_json::Deserializer::from_str(raw);
    let mut take = |text: &str| {
        let (kind, id) = match Target::parse(text) {
            Target::Relative { kind, id, .. } => (kind, id),
            Target::Absolute { base: other, kind, id, .. } if is_same_base(base, &other) => (kind, id),
            _ => return,
        };
        if WANTED.contains(&kind.as_str()) && (!is_provenance || ACTORS.contains(&kind.as_str())) {
            found.insert((kind, id));
        }
    };
    let _nested_too_deeply = Walk { take: &mut take, is_reference: false }.deserialize(&mut deserializer);
    found
}

struct Walk<'a> {
    take: &'a mut dyn FnMut(&str),
    is_reference: bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.is_reference {
            (self.take)(text);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(is_reference) = map.next_key_seed(IsReference)? {
            map.next_value_seed(Walk { take: &mut *self.take, is_reference })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Walk { take: &mut *self.take, is_reference: false })?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

/// Reads a key and says whether it is `reference`, without keeping it.
struct IsReference;

impl<'de> DeserializeSeed<'de> for IsReference {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsReference {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == "reference")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn found(raw: &str) -> Vec<String> {
        let base = "https://ehr.example/fhir".parse().unwrap();
        of("CarePlan", raw, &base).into_iter().map(|(kind, id)| format!("{kind}/{id}")).collect()
    }

    #[test]
    fn references_are_found_wherever_they_stand() {
        let raw = r##"{"resourceType":"CarePlan","id":"1","author":{"reference":"Practitioner/a"},
            "extension":[{"valueReference":{"reference":"Goal/b"}}],"n":7.10,"x":[true,null,-1,"Practitioner/z"],
            "contained":[{"resourceType":"PractitionerRole","organization":{"reference":"Organization/c"}}],
            "addresses":[{"reference":"https://ehr.example/fhir/Condition/d/_history/2"},{"reference":"#e"}]}"##;
        assert_eq!(found(raw), ["Condition/d", "Goal/b", "Organization/c", "Practitioner/a"]);
    }

    #[test]
    fn other_servers_other_types_and_other_things_of_that_name_are_left_alone() {
        let raw = r##"{"a":{"reference":"https://other.example/fhir/Goal/1"},"b":{"reference":"Encounter/1"},
            "c":{"reference":"Patient/2"},"d":{"reference":["Goal/3"]},"e":{"reference":"urn:uuid:4"},"f":{"reference":5}}"##;
        assert_eq!(found(raw), Vec::<String>::new());
    }

    #[test]
    fn of_a_provenance_only_who_acted_is_asked_for() {
        let raw = r#"{"target":[{"reference":"Goal/1"}],"agent":[{"who":{"reference":"Practitioner/a"}}]}"#;
        let base = "https://ehr.example/fhir".parse().unwrap();
        assert_eq!(of("Provenance", raw, &base).into_iter().collect::<Vec<_>>(), [("Practitioner".into(), "a".into())]);
    }

    #[test]
    fn what_r5_refers_to_within_a_codeable_reference_is_found() {
        assert_eq!(found(r#"{"addresses":[{"reference":{"reference":"Condition/1"}}]}"#), ["Condition/1"]);
    }

    #[test]
    fn text_without_measure_ends_the_walk_and_nothing_else() {
        let deep = format!(r#"{{"a":{{"reference":"Goal/1"}},"b":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(found(&deep), ["Goal/1"]);
        assert_eq!(found("not JSON"), Vec::<String>::new());
    }
}
