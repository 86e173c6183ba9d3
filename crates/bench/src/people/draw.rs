//! Draws one resource after the other.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::codes::{ACTS, CONDITIONS, MEASURES, MEDICATIONS, Term, VACCINES};
use super::{STAFF, Shape, Wish, patient_id};

const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const CVX: &str = "http://hl7.org/fhir/sid/cvx";
const LOCAL: &str = "https://bench.example/codes";
const UCUM: &str = "http://unitsofmeasure.org";
const HL7: &str = "http://terminology.hl7.org/CodeSystem";

/// The last day on which anything happened.
const LAST: Date = date(2026, 11, 1);

/// The kinds of a block of twenty resources: what a record of several chronic conditions is made of.
const BLOCK: [&str; 20] = [
    "Condition",
    "Observation",
    "Goal",
    "Observation",
    "MedicationRequest",
    "Observation",
    "Observation",
    "Procedure",
    "Observation",
    "ServiceRequest",
    "Observation",
    "Observation",
    "DiagnosticReport",
    "Observation",
    "Observation",
    "Immunization",
    "Observation",
    "MedicationRequest",
    "Observation",
    "AllergyIntolerance",
];

/// Draws the resources of one record.
pub(super) struct Draw {
    chance: StdRng,
    wish: Wish,
    /// The newest resource of each kind that others refer to.
    condition: String,
    observation: String,
}

impl Draw {
    pub(super) fn new(wish: Wish) -> Self {
        let seed = wish.seed.wrapping_mul(1_000_003).wrapping_add(wish.place as u64);
        let (condition, observation) = ("Condition-0".to_owned(), "Observation-1".to_owned());
        Self { chance: StdRng::seed_from_u64(seed), wish, condition, observation }
    }

    pub(super) fn organization(&self) -> Value {
        json!({ "resourceType": "Organization", "id": "organization", "name": format!("Place {}", self.wish.place) })
    }

    pub(super) fn practitioner(&self, at: usize) -> Value {
        let npi = format!("10000{}{at:04}", self.wish.place % 10);
        json!({ "resourceType": "Practitioner", "id": format!("practitioner-{at}"),
            "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": npi }],
            "name": [{ "family": format!("Doctor{at}"), "given": ["Dana"], "prefix": ["Dr."] }] })
    }

    pub(super) fn care_team(&self) -> Value {
        let member = |at: usize| json!({ "member": practitioner(at), "onBehalfOf": { "reference": "Organization/organization" } });
        json!({ "resourceType": "CareTeam", "id": "team", "status": "active", "subject": self.person(),
            "participant": (0..STAFF).map(member).collect::<Vec<_>>() })
    }

    pub(super) fn care_plan(&self) -> Value {
        json!({ "resourceType": "CarePlan", "id": "plan", "status": "active", "intent": "plan", "subject": self.person(),
            "category": [{ "coding": [{ "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan" }] }],
            "title": "Care plan for several chronic conditions", "careTeam": [{ "reference": "CareTeam/team" }],
            "author": practitioner(0), "addresses": [{ "reference": "Condition/Condition-0" }],
            "goal": [{ "reference": "Goal/Goal-2" }], "activity": [{ "reference": { "reference": "ServiceRequest/ServiceRequest-9" } }] })
    }

    /// The resource at this position among those that are drawn.
    pub(super) fn next(&mut self, at: usize) -> Value {
        let kind = BLOCK[at % BLOCK.len()];
        let id = format!("{kind}-{at}");
        let mut resource = match kind {
            "Condition" => self.condition(at),
            "Goal" => self.goal(at),
            "MedicationRequest" => self.medication(at),
            "ServiceRequest" => self.service(at),
            "Procedure" => self.procedure(at),
            "DiagnosticReport" => self.report(at),
            "Immunization" => self.immunization(at),
            "AllergyIntolerance" => self.allergy(at),
            _ => self.observation(at),
        };
        let updated = format!("{}T09:{:02}:00Z", self.day(), at % 60);
        resource["resourceType"] = json!(kind);
        resource["id"] = json!(id);
        resource["meta"] = json!({ "versionId": "1", "lastUpdated": updated });
        let own = format!("https://place-{}.example/{kind}", self.wish.place);
        resource["identifier"] = json!([{ "system": own, "value": id }]);
        let about = if matches!(kind, "Immunization" | "AllergyIntolerance") { "patient" } else { "subject" };
        resource[about] = self.person();
        match kind {
            "Condition" => self.condition = id,
            "Observation" => self.observation = id,
            _ => {}
        }
        resource
    }

    fn condition(&mut self, at: usize) -> Value {
        let stands = self.chance.random_bool(0.8);
        json!({ "clinicalStatus": coded(&format!("{HL7}/condition-clinical"), if stands { "active" } else { "resolved" }),
            "verificationStatus": coded(&format!("{HL7}/condition-ver-status"), "confirmed"),
            "category": [coded(&format!("{HL7}/condition-category"), "problem-list-item")],
            "code": self.concept(at, SNOMED, CONDITIONS), "onsetDateTime": self.day().to_string(),
            "recordedDate": self.day().to_string(), "recorder": self.somebody(),
            "note": [{ "text": "Talked about with the patient and the family; to be looked at again at the next visit." }] })
    }

    fn goal(&mut self, at: usize) -> Value {
        let measure = &MEASURES[self.chance.random_range(0..MEASURES.len())];
        let high = value(measure.low + (measure.high - measure.low) * self.chance.random_range(0.3..0.7));
        let achievement = ["in-progress", "improving", "not-achieved", "achieved"][self.chance.random_range(0..4)];
        json!({ "lifecycleStatus": "active", "achievementStatus": coded(&format!("{HL7}/goal-achievement"), achievement),
            "description": { "text": format!("Keep {} at or below {high} {}", measure.term.display, measure.unit) },
            "startDate": self.day().to_string(), "expressedBy": self.somebody(),
            "addresses": [{ "reference": format!("Condition/{}", self.condition) }],
            "target": [{ "measure": self.local_or(at, LOINC, &measure.term),
                "detailRange": { "high": quantity(high, measure.unit) }, "dueDate": "2027-03-01" }] })
    }

    fn medication(&mut self, at: usize) -> Value {
        let status = if self.chance.random_bool(0.6) { "active" } else { "completed" };
        json!({ "status": status, "intent": "order", "medicationCodeableConcept": self.concept(at, RXNORM, MEDICATIONS),
            "authoredOn": self.day().to_string(), "requester": self.somebody(),
            "reasonReference": [{ "reference": format!("Condition/{}", self.condition) }],
            "dosageInstruction": [{ "text": "One tablet by mouth twice a day with meals",
                "timing": { "repeat": { "frequency": 2, "period": 1, "periodUnit": "d" } },
                "doseAndRate": [{ "doseQuantity": { "value": 1, "unit": "tablet" } }] }] })
    }

    fn service(&mut self, at: usize) -> Value {
        json!({ "status": "active", "intent": "order", "code": self.concept(at, SNOMED, ACTS),
            "authoredOn": self.day().to_string(), "requester": self.somebody(),
            "occurrenceDateTime": self.day().to_string(),
            "reasonReference": [{ "reference": format!("Condition/{}", self.condition) }] })
    }

    fn procedure(&mut self, at: usize) -> Value {
        let day = self.day();
        json!({ "status": "completed", "code": self.concept(at, SNOMED, ACTS),
            "performedPeriod": { "start": format!("{day}T10:00:00Z"), "end": format!("{day}T10:30:00Z") },
            "performer": [{ "actor": self.somebody() }],
            "reasonReference": [{ "reference": format!("Condition/{}", self.condition) }] })
    }

    fn report(&mut self, at: usize) -> Value {
        json!({ "status": "final", "code": self.local_or(at, LOINC, &MEASURES[at % 6].term),
            "category": [coded(&format!("{HL7}/v2-0074"), "LAB")], "effectiveDateTime": self.day().to_string(),
            "performer": [self.somebody()], "result": [{ "reference": format!("Observation/{}", self.observation) }] })
    }

    fn immunization(&mut self, at: usize) -> Value {
        json!({ "status": "completed", "vaccineCode": self.concept(at, CVX, VACCINES),
            "occurrenceDateTime": self.day().to_string(), "primarySource": true })
    }

    fn allergy(&mut self, at: usize) -> Value {
        json!({ "clinicalStatus": coded(&format!("{HL7}/allergyintolerance-clinical"), "active"),
            "criticality": "low", "code": self.concept(at, RXNORM, MEDICATIONS), "recordedDate": self.day().to_string() })
    }

    fn observation(&mut self, at: usize) -> Value {
        let measure = &MEASURES[self.chance.random_range(0..MEASURES.len())];
        let found = value(self.chance.random_range(measure.low..measure.high));
        let taken = format!("{}T{:02}:{:02}:00Z", self.day(), 7 + at % 12, at % 60);
        let mut observation = json!({ "status": "final",
            "category": [coded(&format!("{HL7}/observation-category"), measure.category)],
            "code": self.local_or(at, LOINC, &measure.term), "effectiveDateTime": taken, "issued": taken,
            "performer": [self.somebody()] });
        if self.chance.random_bool(0.1) {
            observation["code"] = concept(LOINC, &Term { code: "85354-9", display: "Blood pressure panel" });
            observation["component"] = json!([
                { "code": concept(LOINC, &Term { code: "8480-6", display: "Systolic blood pressure" }),
                  "valueQuantity": quantity(self.chance.random_range(105..170).into(), "mm[Hg]") },
                { "code": concept(LOINC, &Term { code: "8462-4", display: "Diastolic blood pressure" }),
                  "valueQuantity": quantity(self.chance.random_range(60..100).into(), "mm[Hg]") },
            ]);
        } else {
            observation["valueQuantity"] = quantity(found, measure.unit);
        }
        observation
    }

    /// A term of the list, or in a wide record now and then one that is nowhere else.
    fn concept(&mut self, at: usize, system: &str, terms: &[Term]) -> Value {
        let term = self.chance.random_range(0..terms.len());
        self.local_or(at, system, &terms[term])
    }

    fn local_or(&self, at: usize, system: &str, term: &Term) -> Value {
        if self.wish.shape == Shape::Wide && at.is_multiple_of(2) {
            // Five resources of one code, so that there is something to join.
            let number = at / 10;
            let display = format!("{} of kind {number}", term.display);
            return json!({ "coding": [{ "system": LOCAL, "code": format!("{}-{number}", term.code), "display": display }] });
        }
        concept(system, term)
    }

    fn person(&self) -> Value {
        json!({ "reference": format!("Patient/{}", patient_id(self.wish.place)) })
    }

    fn somebody(&mut self) -> Value {
        practitioner(self.chance.random_range(0..STAFF))
    }

    /// A day of the last ten years.
    fn day(&mut self) -> Date {
        LAST - self.chance.random_range(0..3_650).days()
    }
}

fn practitioner(at: usize) -> Value {
    json!({ "reference": format!("Practitioner/practitioner-{at}") })
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

fn concept(system: &str, term: &Term) -> Value {
    json!({ "coding": [{ "system": system, "code": term.code, "display": term.display }], "text": term.display })
}

fn quantity(value: f64, unit: &str) -> Value {
    json!({ "value": value, "unit": unit, "system": UCUM, "code": unit })
}

/// A value with one digit after the point.
fn value(exact: f64) -> f64 {
    (exact * 10.0).round() / 10.0
}
