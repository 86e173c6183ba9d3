//! The least that every US Core server must answer, where it does not answer more (mcc-digest section 10).

use fhir_client::Query;

use super::profile::Profile;

/// Categories of Observation: HL7's, then those of US Core.
///
/// Each is asked for by itself: a list in one parameter is more than US Core promises, and a server that takes the list
/// for one long code answers with nothing, which could not be told from having nothing.
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

/// Every intent of R4 (`medicationrequest-intent`): together they are the whole type. US Core promises lists here.
const INTENTS: &str = "proposal,plan,order,original-order,reflex-order,filler-order,instance-order,option";

/// Document types of a care plan: advance directives and care plans, powers of attorney, orders for life-sustaining
/// treatment, and the lists of problems and medications (LOINC). Notes of every visit are not asked for.
const DOCUMENTS: &[&str] = &[
    "42348-3", "75320-2", "81334-5", "86533-7", "64298-3", "92664-2", "93037-0", "78823-2", "18776-5", "52521-2",
    "11450-4", "56445-0", "10160-0",
];

/// A search for a part of a type, or for the whole where it has no name.
pub(crate) type Part = (Option<&'static str>, Query);

/// What is asked where the whole type is refused, given the search for the whole.
pub(crate) fn of(kind: &str, whole: &Query, profile: &Profile) -> Vec<Part> {
    let with = |name, param: &str, value: &str| (name, whole.clone().with(param, value));
    match kind {
        "CarePlan" => {
            profile.care_plan_categories.iter().map(|category| with(part(category), "category", category)).collect()
        }
        "CareTeam" => vec![with(Some("active"), "status", "active")],
        "MedicationRequest" => vec![with(None, "intent", INTENTS)],
        "Observation" => {
            OBSERVATION_CATEGORIES.iter().map(|category| with(Some(*category), "category", category)).collect()
        }
        _ => Vec::new(),
    }
}

/// The documents of a care plan: never the whole type, and the part says so. Where a list is refused, what US Core
/// promises: the one category of advance directives.
pub(crate) fn documents(whole: &Query) -> Vec<Part> {
    let list = DOCUMENTS.iter().map(|code| format!("http://loinc.org|{code}")).collect::<Vec<_>>().join(",");
    vec![
        (Some("care plans, advance directives and lists"), whole.clone().with("type", list)),
        (Some("advance directives"), whole.clone().with("category", "http://loinc.org|42348-3")),
    ]
}

fn part(category: &'static str) -> Option<&'static str> {
    Some(category.rsplit('|').next().unwrap_or(category))
}
