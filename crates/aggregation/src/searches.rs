//! The searches of the first wave (mcc-digest section 10).
//!
//! Each type is asked for with the person alone, which most servers allow and which brings everything. Where a server
//! refuses that (400), the floor that every US Core server must offer is asked for instead.
//! With the Patient, the CapabilityStatement and the Linkages these are 19 requests at a source that takes the broad ones.

use fhir_client::Query;

/// A search of the first wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    /// Asks for the whole type.
    pub(crate) broad: Query,
    /// Asks for less, where the server refuses the broad one. Each with the name of the part, where it is not the whole.
    pub(crate) floor: Vec<(Option<&'static str>, Query)>,
}

/// Types of the first wave with the parameter that names the person, the slow ones first.
const TYPES: &[&str] = &[
    // What was measured, asked and scored: the outcomes.
    "Observation",
    // Health concerns.
    "Condition",
    "Goal",
    "CarePlan",
    "CareTeam",
    // Interventions, planned …
    "ServiceRequest",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "CommunicationRequest",
    "Task",
    "Appointment",
    // … and performed.
    "Procedure",
    "Immunization",
    "DiagnosticReport",
    // Safety: shown beside every plan.
    "AllergyIntolerance",
];

/// Types that come along because those above refer to them.
const REFERRED: &[&str] =
    &["Patient", "Linkage", "Medication", "Organization", "Practitioner", "PractitionerRole", "RelatedPerson"];

/// Every type that a reading asks for: what a grant should cover.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    TYPES.iter().chain(REFERRED).copied()
}

/// Categories of Observation: HL7's, then those of US Core.
const OBSERVATION_CATEGORIES: &[&str] = &[
    "vital-signs",
    "laboratory",
    "survey",
    "social-history",
    "imaging",
    "procedure",
    "exam",
    "therapy",
    "activity",
    "sdoh",
    "functional-status",
    "disability-status",
    "cognitive-status",
];

/// Every intent of R4 (`medicationrequest-intent`): together they are the whole type.
const INTENTS: &str = "proposal,plan,order,original-order,reflex-order,filler-order,instance-order,option";

/// The searches for a person.
pub(crate) fn first_wave(patient: &str, count: u32) -> Vec<Search> {
    let search = |kind: &&str| {
        let by_patient = || Query::of(*kind).with("patient", patient);
        let broad = by_patient().with("_count", count.to_string());
        let part =
            |name, param: &str, value: &str| (name, by_patient().with(param, value).with("_count", count.to_string()));
        let floor = match *kind {
            "CarePlan" => vec![part(Some("assess-plan"), "category", "assess-plan")],
            "CareTeam" => vec![part(Some("active"), "status", "active")],
            "MedicationRequest" => vec![part(None, "intent", INTENTS)],
            "Observation" => {
                OBSERVATION_CATEGORIES.iter().map(|category| part(Some(category), "category", category)).collect()
            }
            _ => Vec::new(),
        };
        Search { broad, floor }
    };
    TYPES.iter().map(search).collect()
}

/// The search for statements of identity. R4 gives it no `patient` parameter, so it is asked only where the server says
/// that it knows `item`: a server that ignored the parameter would send everybody's.
pub(crate) fn linkages(patient: &str, count: u32) -> Query {
    Query::of("Linkage").with("item", format!("Patient/{patient}")).with("_count", count.to_string())
}

/// The search for resources by their ids.
pub(crate) fn by_ids(kind: &str, ids: &[String]) -> Query {
    Query::of(kind).with("_id", ids.join(",")).with("_count", ids.len().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_search_names_the_person() {
        for search in first_wave("p1", 200) {
            for query in std::iter::once(&search.broad).chain(search.floor.iter().map(|(_, query)| query)) {
                assert_eq!(query.params.first(), Some(&("patient".to_owned(), "p1".to_owned())), "{}", query.kind);
            }
        }
        assert_eq!(linkages("p1", 200).params.first(), Some(&("item".to_owned(), "Patient/p1".to_owned())));
    }

    #[test]
    fn a_source_that_takes_the_broad_searches_is_asked_no_more_than_twenty_times() {
        let patient_capability_and_linkages = 3;
        assert!(first_wave("p1", 200).len() + patient_capability_and_linkages <= 20);
    }

    #[test]
    fn the_four_types_that_need_not_be_searched_by_patient_alone_have_a_floor() {
        let with_floor: Vec<String> = first_wave("p1", 200)
            .into_iter()
            .filter(|search| !search.floor.is_empty())
            .map(|search| search.broad.kind)
            .collect();
        assert_eq!(with_floor, ["Observation", "CarePlan", "CareTeam", "MedicationRequest"]);
    }
}
