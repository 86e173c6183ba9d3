//! The plan of the mock-up with what its records disagree on: differences, gaps, one that was settled and one that is
//! open again; two entries that may be one; an entry that is confidential; what was set aside.

use std::sync::Arc;

use app::desk::Picture;
use care_plan::decisions::{Change, Decider, SettledAs, Signature, Standing};
use care_plan::plan::*;
use fhir::{FhirDate, ResourceKey, SourceId};

use super::plan::{Say, picture};

fn key(source: &str, kind: &str, id: &str) -> ResourceKey {
    ResourceKey { source: SourceId::new(source), kind: kind.to_owned(), id: id.to_owned() }
}

fn text(name: &'static str, value: String, differs: bool) -> Fact {
    Fact { name, value: FactValue::Text(value), differs }
}

/// An issue without sides.
pub fn issue(say: Say, id: &str, code: IssueCode, severity: Severity, item: &str) -> DetectedIssue {
    DetectedIssue {
        id: IssueId(id.to_owned()),
        code,
        severity,
        title: say("HbA1c below 7.5 %"),
        items: vec![ItemId(item.to_owned())],
        element: "Goal.target.detailQuantity".to_owned(),
        sides: Vec::new(),
        facts: Vec::new(),
        apart: None,
        source: None,
        settle: vec![Settlement::KeepAsIs],
        standing: Standing::Open,
    }
}

fn signature(say: Say) -> Signature {
    Signature {
        by: Decider { id: say("Practitioner/1"), name: say("Tamsin Okoro"), role: None },
        at: "2026-11-01T10:00:00Z".parse().expect("a time"),
        reason: Some(say("Agreed on the phone.")),
    }
}

/// Two plans that ask for another HbA1c.
fn targets(say: Say) -> DetectedIssue {
    let side = |source: &str, target: &str, due: Option<&str>| Side {
        key: key(source, "Goal", "g-hba1c"),
        part: None,
        version: Some(say("3")),
        says: vec![
            text("addresses", say("Type 2 diabetes"), false),
            text("target", say(target), true),
            Fact {
                name: "due",
                value: due.and_then(FhirDate::parse).map_or(FactValue::Unsaid, FactValue::Date),
                differs: false,
            },
        ],
    };
    let mut issue = issue(say, "d-targets", IssueCode::ContradictoryTargets, Severity::Moderate, "g-hba1c");
    issue.sides = vec![side("nephrology", "below 8.0 %", None), side("valley-ehr", "below 7.5 %", Some("2027-03-01"))];
    issue.settle = vec![
        Settlement::Adopt {
            element: "Goal.target",
            from: key("nephrology", "Goal", "g-hba1c"),
            to: vec![key("valley-ehr", "Goal", "g-hba1c")],
        },
        Settlement::Change { element: "Goal.target", of: key("valley-ehr", "Goal", "g-hba1c"), to: Some(say("7.8")) },
        Settlement::JoinOrSplit { of: Vec::new() },
        Settlement::KeepAsIs,
    ];
    issue
}

/// A medication that a measured value speaks against.
fn against_measure(say: Say) -> DetectedIssue {
    let order = key("valley-ehr", "MedicationRequest", "i-metformin");
    let mut issue = issue(say, "d-egfr", IssueCode::MedicationAgainstMeasure, Severity::High, "i-metformin");
    issue.title = say("Metformin 500 mg twice a day");
    issue.facts = vec![text("measured", say("eGFR 27"), false), text("limit", say("below 30"), false)];
    issue.sides = vec![Side {
        key: order.clone(),
        part: None,
        version: None,
        says: vec![Fact { name: "status", value: FactValue::Code(say("active")), differs: false }],
    }];
    issue.settle = vec![Settlement::AskPrescriber { about: vec![order] }];
    issue
}

/// Gaps: one on an item, one of a source.
fn gaps(say: Say) -> [DetectedIssue; 2] {
    let mut overdue = issue(say, "d-overdue", IssueCode::OverdueActivity, Severity::Low, "i-foot");
    overdue.settle = vec![
        Settlement::Add { what: "Goal", to: Some(ItemId("i-foot".to_owned())) },
        Settlement::Link { element: "reasonReference", of: ItemId("i-foot".to_owned()) },
    ];
    let mut missing = issue(say, "d-missing", IssueCode::MissingSource, Severity::Low, "none");
    missing.items = Vec::new();
    missing.title = say("HomeHealth Plus");
    missing.source = Some(SourceId::new("homehealth"));
    missing.settle = vec![Settlement::ReadAgain { source: SourceId::new("homehealth") }];
    [overdue, missing]
}

/// One that was settled, and one that is open again.
fn settled(say: Say) -> [DetectedIssue; 2] {
    let mut decided = issue(say, "d-decided", IssueCode::OnsetDisagreement, Severity::Low, "c-diabetes");
    decided.standing = Standing::Decided { outcome: SettledAs::KeptAsIs, signature: signature(say) };
    let mut again = issue(say, "d-again", IssueCode::StageDisagreement, Severity::Low, "c-ckd");
    again.standing = Standing::Reopened {
        outcome: SettledAs::Adopted { from: key("nephrology", "Condition", "c-ckd") },
        signature: signature(say),
        changes: vec![Change::Differs {
            of: Some(key("nephrology", "Condition", "c-ckd")),
            name: "stage".to_owned(),
            was: vec![FactValue::Text(say("3b"))],
            now: vec![FactValue::Text(say("4"))],
        }],
    };
    [decided, again]
}

/// The picture with all of it.
pub fn picture_with_issues(say: Say) -> Picture {
    let mut picture = picture(say);
    let plan = Arc::make_mut(&mut picture.plan);
    let [overdue, missing] = gaps(say);
    let [decided, again] = settled(say);
    plan.issues = vec![against_measure(say), targets(say), again, decided, overdue, missing];
    // Two records that call the same concern by another status and another name.
    plan.concerns[0].clinical_status = None;
    plan.concerns[0].statements[1].clinical_status = Some("resolved".to_owned());
    plan.concerns[0].statements[1].title = say("Diabetes mellitus type 2");
    plan.concerns[0].item.because = vec![
        Evidence::SameConcept { concept: say("type 2 diabetes") },
        Evidence::Linked { by: key("university", "Linkage", "l") },
        Evidence::SameCode {
            system: "http://snomed.info/sct".to_owned(),
            code: say("44054006"),
            display: Some(say("Type 2 diabetes mellitus")),
        },
    ];
    // Nephrology's own target.
    if let TargetDetail::Band(band) = &mut plan.goals[0].statements[1].targets[0].detail {
        band.high = "8.0".parse().ok();
    }
    plan.goals[0].statements[1].targets[0].due = FhirDate::parse("2027-06-01");
    plan.interventions[3].item.confidentiality = Confidentiality::Restricted;
    plan.interventions[3].item.members[0].confidentiality = Confidentiality::Restricted;
    plan.proposals = vec![Proposal {
        items: vec![ItemId("i-education".to_owned()), ItemId("i-foot".to_owned())],
        words: say("education"),
    }];
    plan.aside = vec![Aside { key: key("nephrology", &say("Practitioner"), "1"), because: AsideReason::NamesSomeone }];
    picture
}
