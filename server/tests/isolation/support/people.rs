//! The people: four of each tenant, known at both of its sources, every text about them marked.
//!
//! Patient ids and goal ids are the same at every source on purpose, and at the two sources of one tenant the same id is
//! another person: whoever forgets the source or the tenant of an id shows somebody else.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Value, json};

/// The tenants; each has an east and a west source.
pub const TENANTS: [&str; 3] = ["alder", "birch", "cedar"];
/// The two sources of a tenant.
pub const SIDES: [&str; 2] = ["east", "west"];
/// People of one tenant.
pub const PEOPLE: usize = 4;
/// Sources of all tenants.
pub const SOURCES: usize = TENANTS.len() * SIDES.len();

/// One human being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Human {
    pub tenant: usize,
    pub number: usize,
}

/// A source, by its place in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub usize);

impl Place {
    pub fn tenant(self) -> usize {
        self.0 / SIDES.len()
    }

    /// The other source of the same tenant.
    pub fn other_side(self) -> Self {
        Self(self.0 ^ 1)
    }

    pub fn id(self) -> String {
        format!("{}-{}", TENANTS[self.tenant()], SIDES[self.0 % SIDES.len()])
    }
}

impl Human {
    /// The Patient id at a source of the human's tenant.
    pub fn patient_at(self, place: Place) -> String {
        format!("p{}", (self.number + place.0 % SIDES.len()) % PEOPLE + 1)
    }

    /// The human that has this Patient id at a source.
    pub fn of(place: Place, patient: &str) -> Option<Self> {
        let tenant = place.tenant();
        (0..PEOPLE).map(|number| Self { tenant, number }).find(|human| human.patient_at(place) == patient)
    }

    /// Stands in the name, which is the same at both sources.
    pub fn name_mark(self) -> String {
        self.mark('N')
    }

    /// Stands in every other text of the record at a source.
    pub fn record_mark(self, place: Place) -> String {
        self.mark(if place.0.is_multiple_of(SIDES.len()) { 'E' } else { 'W' })
    }

    fn mark(self, what: char) -> String {
        format!("Zqx{}{}{what}xqz", char::from(b'a' + u8::try_from(self.tenant).expect("three")), self.number)
    }
}

impl fmt::Display for Human {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}'s person {}", TENANTS[self.tenant], self.number)
    }
}

/// Whom a text is about, by the marks in it, however they are capitalised.
pub fn marked(text: &str) -> BTreeSet<Human> {
    marked_by(text, b"NEW")
}

/// Of whose records a text shows more than the name.
pub fn marked_in_records(text: &str) -> BTreeSet<Human> {
    marked_by(text, b"EW")
}

fn marked_by(text: &str, kinds: &[u8]) -> BTreeSet<Human> {
    let text = text.to_ascii_uppercase();
    let found = text.match_indices("ZQX").filter_map(|(at, _)| {
        let [_, _, _, tenant, number, what, b'X', b'Q', b'Z'] = text.as_bytes().get(at..at + 9)? else { return None };
        kinds.contains(what).then(|| Human { tenant: usize::from(tenant - b'A'), number: usize::from(number - b'0') })
    });
    found.collect()
}

/// The record of one human at one source.
pub fn record(human: Human, place: Place) -> Vec<Value> {
    let patient = human.patient_at(place);
    let mark = human.record_mark(place);
    let subject = json!({ "reference": format!("Patient/{patient}"), "display": format!("Subject {mark}") });
    let said = |what: &str| json!({ "text": format!("{what} {mark}") });
    vec![
        json!({
            "resourceType": "Patient", "id": patient, "gender": if human.number.is_multiple_of(2) { "female" } else { "male" },
            "name": [{ "use": "official", "family": human.name_mark(), "given": [format!("Given{}", human.number)] }],
            "birthDate": format!("19{}-0{}-1{}", 40 + human.number * 7, human.tenant + 1, human.number),
            "identifier": [{ "system": format!("https://{}.example/mrn", place.id()), "value": mark }],
        }),
        json!({
            "resourceType": "Condition", "id": format!("{mark}-condition"), "subject": subject,
            "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
            "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "problem-list-item" }] }],
            "code": said("Condition"),
        }),
        json!({
            "resourceType": "Goal", "id": format!("goal-{patient}"), "subject": subject, "lifecycleStatus": "active",
            "description": said("Goal"), "addresses": [{ "reference": format!("Condition/{mark}-condition") }],
            "target": [{ "measure": said("Measure"), "detailQuantity": { "value": 7, "unit": "%" }, "dueDate": "2027-03-01" }],
        }),
        json!({
            "resourceType": "CarePlan", "id": format!("plan-{patient}"), "subject": subject, "status": "active", "intent": "plan",
            "title": format!("Plan {mark}"), "goal": [{ "reference": format!("Goal/goal-{patient}") }],
            "category": [{ "coding": [{ "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan" }] }],
            "activity": [{ "detail": { "status": "in-progress", "code": said("Activity"), "description": format!("Activity {mark}") } }],
        }),
        json!({
            "resourceType": "MedicationRequest", "id": format!("{mark}-medication"), "subject": subject, "status": "active", "intent": "order",
            "medicationCodeableConcept": said("Medication"), "dosageInstruction": [{ "text": format!("Dosage {mark}") }],
        }),
        json!({
            "resourceType": "Observation", "id": format!("{mark}-observation"), "subject": subject, "status": "final",
            "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory" }] }],
            "code": said("Observation"), "effectiveDateTime": "2026-11-01", "valueQuantity": { "value": 7.1, "unit": "%" },
        }),
        json!({
            "resourceType": "AllergyIntolerance", "id": format!("{mark}-allergy"), "patient": subject, "code": said("Allergy"),
        }),
        json!({
            "resourceType": "CareTeam", "id": format!("team-{patient}"), "subject": subject, "status": "active", "name": format!("Team {mark}"),
            "participant": [{ "role": [said("Role")], "member": { "display": format!("Member {mark}") } }],
        }),
    ]
}

#[test]
fn the_same_patient_id_is_another_human_at_each_source() {
    let everywhere: BTreeSet<Human> = (0..SOURCES).filter_map(|place| Human::of(Place(place), "p1")).collect();
    assert_eq!(everywhere.len(), SOURCES);
}

#[test]
fn a_mark_is_found_whatever_stands_around_it_and_however_it_is_capitalised() {
    let human = Human { tenant: 2, number: 3 };
    for text in [human.name_mark(), human.name_mark().to_uppercase(), human.record_mark(Place(5))] {
        assert_eq!(marked(&format!("<b>ZQ{text}XQZ, zqx</b>")), BTreeSet::from([human]), "{text}");
    }
    assert!(marked("zqx no mark xqz, zqxa1").is_empty());
    assert!(marked_in_records(&human.name_mark()).is_empty());
    assert_eq!(marked_in_records(&human.record_mark(Place(5))), BTreeSet::from([human]));
}
