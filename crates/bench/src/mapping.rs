//! A bundle to plan items, the plain way: the mapping that `partners/mapping.mjs` does in Node, to the letter.
//!
//! The same elements are read with the same leniency, grouped, sorted and linked the same way; [`summary`] is compared with
//! Node's before anything is timed. What Accord really does is more (`care_plan::consolidate`), and is measured beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use fhir::{
    CodeableConcept, Condition, FhirDate, Goal, MedicationRequest, Observation, Performed, Quantity, Reference,
};
use fhir::{Request, Resource, SourceId};
use fhir_client::Page;

/// One item of the plain plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainItem {
    /// What a person reads.
    pub title: String,
    /// What it is made of, the oldest first.
    pub members: Vec<PlainMember>,
}

/// One resource of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainMember {
    /// Seconds since 1970, for sorting; 0 where it has no date.
    pub seconds: i64,
    /// Type and id.
    pub key: String,
    /// `meta.versionId`.
    pub version: Option<String>,
    /// Its status.
    pub status: Option<String>,
    /// What it says: the value of a reading, the target of a goal, the dose of a medication.
    pub says: String,
    /// Type and id of what it refers to and what is in the bundle.
    pub links: Vec<String>,
}

/// Items by letter (c, g, i, o) and by what makes them one.
pub type Plain = BTreeMap<(char, String), PlainItem>;

/// Reads a body and maps it.
///
/// # Panics
/// Where the body is no bundle: it is our own.
pub fn map(body: &str) -> Plain {
    let page = Page::parse(&SourceId::new("a"), body).expect("the bundle is our own");
    let keys: BTreeSet<String> = page.resources.iter().map(key).collect();
    let mut plain = Plain::new();
    for resource in &page.resources {
        let Some((letter, group, title, mut member)) = one(resource) else { continue };
        member.links.retain(|link| keys.contains(link));
        let item = plain.entry((letter, group)).or_insert_with(|| PlainItem { title, members: Vec::new() });
        item.members.push(member);
    }
    for item in plain.values_mut() {
        item.members.sort_by(|one, other| (one.seconds, &one.key).cmp(&(other.seconds, &other.key)));
    }
    plain
}

fn key(resource: &Resource) -> String {
    format!("{}/{}", resource.kind(), resource.id())
}

fn one(resource: &Resource) -> Option<(char, String, String, PlainMember)> {
    let (letter, code, status, when, says, links) = match resource.kind() {
        "Condition" => {
            let view: Condition = resource.read();
            let status = view.clinical_status.as_ref().and_then(|status| status.first_code()).map(str::to_owned);
            ('c', view.code.0, status, view.onset_date_time.0, notes(&view.note), Vec::new())
        }
        "Goal" => {
            let view: Goal = resource.read();
            let targets = view.target.iter().map(|target| {
                let high = target.detail_range.as_ref().and_then(|range| range.high.as_ref().and_then(number));
                let due = target.due_date.as_ref().map(FhirDate::sort_key).unwrap_or_default();
                format!("{} {} {due}", label(target.measure.as_ref()), high.unwrap_or_default())
            });
            let says = targets.collect::<Vec<_>>().join("; ");
            ('g', view.description.0, view.lifecycle_status.0, view.start_date.0, says, references(&view.addresses))
        }
        "MedicationRequest" => {
            let view: MedicationRequest = resource.read();
            let doses = view.dosage_instruction.iter().filter_map(|dose| dose.text.as_deref());
            let says = doses.collect::<Vec<_>>().join("; ");
            let links = references(&view.reason_reference);
            ('i', view.medication_codeable_concept.0, view.status.0, view.authored_on.0, says, links)
        }
        "ServiceRequest" => {
            let view: Request = resource.read();
            let links = references(&view.reason_reference);
            ('i', view.code.0, view.status.0, view.occurrence_date_time.0, String::new(), links)
        }
        "Procedure" | "Immunization" | "DiagnosticReport" => {
            let view: Performed = resource.read();
            let period = view.performed_period.0.and_then(|period| period.start.0);
            let when = period.or(view.occurrence_date_time.0).or(view.effective_date_time.0);
            let links = references(view.reason_reference.iter().chain(&view.result));
            ('i', view.code.0.or(view.vaccine_code.0), view.status.0, when, String::new(), links)
        }
        "Observation" => {
            let view: Observation = resource.read();
            let mut says = view.value_quantity.as_ref().and_then(value).unwrap_or_default();
            for component in &view.component {
                let part = component.value_quantity.as_ref().and_then(value).unwrap_or_default();
                let _ = write!(says, "{}={part};", label(component.code.as_ref()));
            }
            ('o', view.code.0, view.status.0, view.effective_date_time.0, says, Vec::new())
        }
        _ => return None,
    };
    let group = format!("{} {}", resource.kind(), first_coding(code.as_ref()));
    let member = PlainMember {
        seconds: when.as_ref().map(FhirDate::sort_key).unwrap_or_default(),
        key: key(resource),
        version: resource.version().map(str::to_owned),
        status,
        says,
        links,
    };
    Some((letter, group, label(code.as_ref()).to_owned(), member))
}

/// What makes resources one: the first coding, else the words.
fn first_coding(code: Option<&CodeableConcept>) -> String {
    let coding = code.and_then(|code| code.coding.first());
    coding
        .and_then(|coding| Some(format!("{}|{}", coding.system.as_deref()?, coding.code.as_deref()?)))
        .unwrap_or_else(|| label(code).to_owned())
}

fn label(code: Option<&CodeableConcept>) -> &str {
    code.and_then(CodeableConcept::label).unwrap_or_default()
}

fn notes(notes: &fhir::Many<fhir::Annotation>) -> String {
    notes.iter().filter_map(|note| note.text.as_deref()).collect::<Vec<_>>().join("; ")
}

fn references<'a>(all: impl IntoIterator<Item = &'a Reference>) -> Vec<String> {
    all.into_iter().filter_map(|reference| reference.reference.0.clone()).collect()
}

fn number(quantity: &Quantity) -> Option<f64> {
    quantity.value.as_ref()?.0.parse().ok()
}

fn value(quantity: &Quantity) -> Option<String> {
    Some(format!("{} {}", number(quantity)?, quantity.unit.as_deref().unwrap_or_default()))
}

/// All that a plain plan says, as text: two mappings are the same where their summaries are.
pub fn summary(plain: &Plain) -> String {
    let mut text = String::new();
    for ((letter, group), item) in plain {
        let _ = writeln!(text, "{letter} {group}: {}", item.title);
        for member in &item.members {
            let PlainMember { seconds, key, version, status, says, links } = member;
            let (version, status) = (version.as_deref().unwrap_or_default(), status.as_deref().unwrap_or_default());
            let _ = writeln!(text, "  {seconds} {key} {version} {status} {says} {}", links.join(" "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Shape, Wish, bundle, record};

    #[test]
    fn every_kind_that_a_plan_is_made_of_is_mapped_and_nothing_twice() {
        let resources = record(Wish { seed: 7, place: 0, resources: 200, shape: Shape::Long });
        let plain = map(&bundle(&resources));
        let members: usize = plain.values().map(|item| item.members.len()).sum();
        let staff_person_team_plan_and_allergies =
            7 + resources.iter().filter(|r| r["resourceType"] == "AllergyIntolerance").count();
        assert_eq!(members, resources.len() - staff_person_team_plan_and_allergies);
        for letter in ['c', 'g', 'i', 'o'] {
            assert!(plain.keys().any(|(of, _)| *of == letter), "{letter}");
        }
        let readings = plain.iter().filter(|((letter, _), _)| *letter == 'o').flat_map(|(_, item)| &item.members);
        assert!(readings.into_iter().all(|member| !member.says.is_empty() && member.seconds > 0));
    }
}
