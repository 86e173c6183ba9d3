//! A plan of three records, and one record that could not be read. Every text goes through `say`, so that a test can
//! put something else in the place of all of them.

use std::sync::Arc;

use app::desk::Picture;
use care_plan::ConsolidatedPlan;
use care_plan::plan::*;
use care_plan::snapshot::{Problem, ProblemKind, Read, Reason, Record, Snapshot, Source, Status};
use fhir::types::{CodeableConcept, Coding};
use fhir::{FhirDate, Many, ResourceKey, SourceId};
use rust_decimal::Decimal;

/// Puts a text into the plan.
pub type Say = fn(&str) -> String;

fn source(id: &str, name: &str, tag: &str) -> Source {
    Source { id: SourceId::new(id), name: name.to_owned(), tag: tag.to_owned(), base: None }
}

/// The plan of the mock-up: one thread from diabetes to its measure, an inferred link, a loose intervention, a goal and a
/// concern in the patient's own words; one source failed, one is being read.
pub fn picture(say: Say) -> Picture {
    let plan = plan(say);
    let snapshot = Snapshot { records: records(say) };
    Picture { revision: 7, pending: snapshot.pending(), plan: Arc::new(plan), snapshot: Arc::new(snapshot) }
}

fn records(say: Say) -> Vec<Record> {
    let read = |kind: &str, status: Status| Read {
        kind: kind.to_owned(),
        part: None,
        status,
        count: 3,
        pages: 1,
        took_ms: 80,
        as_of: None,
    };
    let whole = |kind| read(kind, Status::Complete);
    let record = |source: Source, reads, state| Record {
        source,
        patient: Some("p".to_owned()),
        resources: Vec::new(),
        problems: Vec::new(),
        reads,
        state,
        as_of: "2026-11-21T09:58:00Z".parse().ok(),
    };
    let kinds =
        ["Patient", "Condition", "Goal", "ServiceRequest", "MedicationRequest", "Observation", "AllergyIntolerance"];
    let all: Vec<Read> = kinds.into_iter().map(whole).collect();
    let mut loading = all.clone();
    loading[5].status = Status::Pending;
    let mut partly = all.clone();
    partly[4].status = Status::NotPermitted(Reason::Refused(Some(say("not for apps"))));
    let mut valley = record(source("valley-ehr", &say("Valley Primary Care"), &say("VP")), all, None);
    valley.problems = vec![
        Problem { about: Some(say("Goal/17")), kind: ProblemKind::OtherPatient },
        Problem { about: None, kind: ProblemKind::Said(say("slow today")) },
    ];
    vec![
        valley,
        record(source("nephrology", &say("Nephrology Associates"), &say("NA")), partly, None),
        record(source("university", &say("University Hospital"), &say("UH")), loading, None),
        record(
            source("homehealth", &say("HomeHealth Plus"), &say("HH")),
            Vec::new(),
            Some(Status::Failed(Reason::SignInExpired)),
        ),
        record(source("lab", &say("Harbor Lab"), &say("HL")), Vec::new(), Some(Status::Failed(Reason::Unreachable))),
        record(source("clinic", &say("River Clinic"), &say("RC")), Vec::new(), Some(Status::NotConnected)),
    ]
}

fn key(source: &str, kind: &str, id: &str) -> ResourceKey {
    ResourceKey { source: SourceId::new(source), kind: kind.to_owned(), id: id.to_owned() }
}

fn date(text: &str) -> Option<FhirDate> {
    FhirDate::parse(text)
}

fn item(id: &str, title: String, kind: &str, sources: &[&str]) -> Item {
    let member = |source: &&str| Member {
        key: key(source, kind, id),
        version: Some("1".to_owned()),
        part: None,
        status: None,
        updated: date("2026-10-12"),
        confidentiality: Confidentiality::Normal,
    };
    let because = if sources.len() > 1 {
        vec![Evidence::SameIdentifier { system: "urn:x".to_owned(), value: id.to_owned() }]
    } else {
        Vec::new()
    };
    let members = sources.iter().map(member).collect();
    Item { id: ItemId(id.to_owned()), title, members, because, confidentiality: Confidentiality::Normal }
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn note(say: Say, text: &str) -> Note {
    Note {
        text: say(text),
        author: Some(say("Dr Lena Park")),
        when: date("2026-10-12"),
        source: SourceId::new("valley-ehr"),
    }
}

fn plan(say: Say) -> ConsolidatedPlan {
    let link = |from: &str, to: &str, basis| Link { from: ItemId(from.to_owned()), to: ItemId(to.to_owned()), basis };
    let stated = |element: &str| Basis::Stated(element.to_owned());
    let person = |source: &str, family: &str, born: &str| Demographics {
        source: SourceId::new(source),
        key: key(source, "Patient", "p"),
        family: Some(say(family)),
        given: vec![say("Betsy")],
        name_text: None,
        birth_date: date(born),
        deceased: None,
        gender: Some(say("female")),
        record_number: Some(say("449-30-221")),
        replaced: false,
    };
    let allergies = |source: &str, state| AllergyList { source: SourceId::new(source), state, keys: Vec::new() };
    ConsolidatedPlan {
        people: vec![
            person("valley-ehr", "Smith-Johnson", "1950-11-16"),
            person("nephrology", "Smyth-Johnson", "1950-11-16"),
        ],
        identity: vec![IdentityEvidence {
            key: key("university", "Linkage", "l"),
            items: vec![(say("Patient/1"), say("source")), (say("Patient/2"), say("alternate"))],
            known: vec![key("valley-ehr", "Patient", "p")],
        }],
        allergies: vec![
            allergies(
                "valley-ehr",
                AllergyState::Known(vec![(say("sulfonamide"), None), (say("lisinopril"), Some(say("cough")))]),
            ),
            allergies("nephrology", AllergyState::NoneKnown),
            allergies("university", AllergyState::NotRecorded),
            allergies("homehealth", AllergyState::Unavailable),
        ],
        concerns: concerns(say),
        goals: goals(say),
        interventions: interventions(say),
        outcomes: outcomes(say),
        links: vec![
            link("c-diabetes", "g-hba1c", stated("Goal.addresses")),
            link("g-hba1c", "i-metformin", stated("CarePlan.activity")),
            link("g-hba1c", "i-education", Basis::Inferred(say("both name the same condition"))),
            link("i-metformin", "o-hba1c", Basis::Inferred(say("both are about the same measure"))),
            link("g-hba1c", "o-hba1c", stated("Goal.target.measure")),
            link("c-ckd", "g-walk", stated("Goal.addresses")),
        ],
        ..ConsolidatedPlan::default()
    }
}

fn concerns(say: Say) -> Vec<Concern> {
    let code = |code: &str| Coding {
        system: Some("http://snomed.info/sct".to_owned()).into(),
        code: Some(say(code)).into(),
        display: None.into(),
    };
    let concern = |id: &str, title: &str, kind, status: &str, sources: &[&str]| {
        let code = CodeableConcept { coding: Many(vec![code("127013003")]), text: None.into() };
        let statement = ConcernStatement {
            title: say(title),
            kind,
            clinical_status: Some(say(status)),
            verification_status: None,
            onset: date("2014-03"),
            abatement: None,
            recorded: None,
            stage: None,
            severity: None,
            code: code.clone(),
        };
        Concern {
            item: item(id, say(title), "Condition", sources),
            statements: sources.iter().map(|_| statement.clone()).collect(),
            kind,
            clinical_status: Some(say(status)),
            verification_status: None,
            onset: date("2014-03"),
            recorded: None,
            stage: None,
            code,
            notes: vec![note(say, "Known for years.")],
        }
    };
    vec![
        concern(
            "c-diabetes",
            "Type 2 diabetes with diabetic CKD",
            ConcernKind::Problem,
            "active",
            &["valley-ehr", "nephrology"],
        ),
        concern("c-ckd", "Chronic kidney disease, stage 4", ConcernKind::Problem, "active", &["nephrology"]),
        concern(
            "c-tired",
            "I get too tired to cook in the evening",
            ConcernKind::PatientVoiced,
            "active",
            &["valley-ehr"],
        ),
        concern("c-flu", "Influenza", ConcernKind::EncounterDiagnosis, "resolved", &["university"]),
    ]
}

fn goals(say: Say) -> Vec<Goal> {
    let band = Band {
        low: None,
        high: Some(decimal("7.5")),
        comparator: Some("<".to_owned()),
        single: true,
        unit: say("%"),
        unit_code: Some("%".to_owned()),
        component: None,
    };
    let measure = CodeableConcept { coding: Many::default(), text: Some(say("HbA1c")).into() };
    let goals = vec![
        Goal {
            statements: Vec::new(),
            item: item("g-hba1c", say("HbA1c below 7.5 %"), "Goal", &["valley-ehr", "nephrology"]),
            lifecycle_status: Some(say("active")),
            achievement_status: Some(say("improving")),
            achievement_text: Some(say("Improving")),
            priority: Some(say("High Priority")),
            start: date("2026-01"),
            targets: vec![GoalTarget {
                measure: Some(measure),
                detail: TargetDetail::Band(band),
                due: date("2027-03-01"),
            }],
            patients_own: false,
            expressed_by: Some(say("Dr Lena Park")),
            measure: Some(ItemId("o-hba1c".to_owned())),
            notes: vec![note(say, "Agreed with her in spring.")],
            overlays: Vec::new(),
        },
        Goal {
            statements: Vec::new(),
            item: item("g-walk", say("Walk to the park and back, 4 days a week"), "Goal", &["valley-ehr"]),
            lifecycle_status: Some(say("active")),
            achievement_status: Some(say("sustaining")),
            achievement_text: None,
            priority: None,
            start: None,
            targets: vec![GoalTarget { measure: None, detail: TargetDetail::Text(say("four walks")), due: None }],
            patients_own: true,
            expressed_by: None,
            measure: None,
            notes: Vec::new(),
            overlays: Vec::new(),
        },
    ];
    goals.into_iter().map(agreed).collect()
}

/// The goal as all of its records state it alike.
fn agreed(goal: Goal) -> Goal {
    let statement = GoalStatement {
        title: goal.item.title.clone(),
        description: CodeableConcept::default(),
        lifecycle_status: goal.lifecycle_status.clone(),
        achievement_status: goal.achievement_status.clone(),
        achievement_text: goal.achievement_text.clone(),
        priority: goal.priority.clone(),
        start: goal.start.clone(),
        status_date: None,
        targets: goal.targets.clone(),
        patients_own: goal.patients_own,
        expressed_by: goal.expressed_by.clone(),
        addresses: Vec::new(),
    };
    Goal { statements: goal.item.members.iter().map(|_| statement.clone()).collect(), ..goal }
}

fn interventions(say: Say) -> Vec<Intervention> {
    let intervention = |id: &str, title: &str, kind: &str, phase, status: &str, sources: &[&str]| Intervention {
        item: item(id, say(title), kind, sources),
        statements: vec![InterventionStatement {
            title: say(title),
            kind: say(kind),
            code: CodeableConcept::default(),
            status: Some(say(status)),
            intent: Some(say("order")),
            when: date("2026-09-02"),
            until: None,
            detail: Some(say("500 mg, twice a day")),
            who: Some(say("Dr Lena Park")),
            reasons: Vec::new(),
            do_not_perform: false,
            medication: None,
        }],
        kind: say(kind),
        phase,
        status: Some(say(status)),
        intent: Some(say("order")),
        when: date("2026-09-02"),
        detail: Some(say("500 mg, twice a day")),
        who: Some(say("Dr Lena Park")),
        reasons: Vec::new(),
        notes: vec![note(say, "Takes it with food.")],
    };
    let exam = Intervention {
        reasons: vec![say("diabetes")],
        ..intervention("i-eyes", "Retinal exam", "Procedure", Phase::Performed, "completed", &["university"])
    };
    vec![
        intervention(
            "i-metformin",
            "Metformin 500 mg twice a day",
            "MedicationRequest",
            Phase::Planned,
            "active",
            &["valley-ehr"],
        ),
        intervention(
            "i-education",
            "Diabetes self-management education",
            "ServiceRequest",
            Phase::Planned,
            "active",
            &["university"],
        ),
        exam,
        intervention("i-foot", "Foot exam", "ServiceRequest", Phase::Planned, "active", &["valley-ehr"]),
        intervention("i-old", "Glipizide 5 mg", "MedicationRequest", Phase::Planned, "stopped", &["valley-ehr"]),
    ]
}

fn outcomes(say: Say) -> Vec<Outcome> {
    let reading = |source: &str, when: &str, value| Reading {
        key: key(source, "Observation", when),
        with: None,
        when: date(when),
        value,
        converted: None,
        method: None,
        duplicate_of: None,
        status: Some(say("final")),
        interpretation: Some(say("H")),
    };
    let percent =
        |text: &str| Value::Quantity { text: text.to_owned(), number: decimal(text), comparator: None, unit: say("%") };
    let pair = |high: &str, low: &str| Value::Pair { high: decimal(high), low: decimal(low), unit: say("mmHg") };
    let outcome = |id: &str, title: &str, readings, targets| Outcome {
        item: item(id, say(title), "Observation", &["valley-ehr"]),
        measure: None,
        code: CodeableConcept::default(),
        unit: String::new(),
        readings,
        targets,
        patient_reported: false,
    };
    let band = Band {
        low: None,
        high: Some(decimal("7.5")),
        comparator: Some("<".to_owned()),
        single: true,
        unit: say("%"),
        unit_code: None,
        component: None,
    };
    let target = OutcomeTarget {
        goal: ItemId("g-hba1c".to_owned()),
        key: key("valley-ehr", "Goal", "g-hba1c"),
        position: 0,
        band,
        written: None,
        due: None,
    };
    vec![
        outcome(
            "o-hba1c",
            "Haemoglobin A1c",
            vec![
                reading("valley-ehr", "2025-04-01", percent("9.2")),
                reading("nephrology", "2025-08-10", percent("8.9")),
                reading("university", "2025-12-03", percent("9.0")),
                reading("valley-ehr", "2026-04-20", percent("8.4")),
                reading("valley-ehr", "2026-10-12", percent("8.1")),
            ],
            vec![target.clone(), OutcomeTarget { key: key("nephrology", "Goal", "g-hba1c"), ..target }],
        ),
        outcome(
            "o-bp",
            "Blood pressure",
            vec![
                reading("valley-ehr", "2026-06-01", pair("150", "90")),
                reading("nephrology", "2026-11-01", pair("142", "84")),
            ],
            Vec::new(),
        ),
        outcome(
            "o-smoking",
            "Tobacco use",
            vec![reading("valley-ehr", "2026-01", Value::Text(say("Former smoker")))],
            Vec::new(),
        ),
        outcome(
            "o-none",
            "Potassium",
            vec![reading("valley-ehr", "2026", Value::Absent(Some(say("not done"))))],
            Vec::new(),
        ),
    ]
}
