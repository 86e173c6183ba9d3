//! `docs/events.md` and `docs/event.schema.json` say what is sent, for every kind of event.
//!
//! A new kind of event does not compile here until somebody has said what it means; then
//! `ACCORD_WRITE_DOCS=1 cargo test -p care-plan-service --test relay documentation` writes its row and its example.

use std::path::PathBuf;

use access::{PersonId, TenantId};
use care_plan_service::relay::{CloudEvent, Data, subject};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared_plan::ports::Kind;
use shared_plan::{Event, EventId, EventKind, Version};

const BEGIN: &str = "<!-- made by a test: begin -->\n";
const END: &str = "<!-- made by a test: end -->\n";

/// What a kind of event tells.
struct Told {
    /// When it is told.
    when: &'static str,
    /// What the document is.
    kind: Kind,
    /// What the part is, where there is one.
    part: Option<&'static str>,
    /// An example of the state; `None` where none is told.
    state: Option<&'static str>,
}

fn told(what: EventKind) -> Told {
    let plan = |when, part, state| Told { when, kind: Kind::Plan, part, state };
    match what {
        EventKind::PlanCreated => plan("A plan was made.", None, Some("draft")),
        EventKind::PlanRevised => plan(
            "A plan was changed in a way for which there is no other event, or went on in its review.",
            Some("what was changed: an activity, a member of the team; none for the plan itself"),
            Some("in-review"),
        ),
        EventKind::PlanApproved => {
            plan("Every role that was asked has signed the plan as it is.", None, Some("approved"))
        }
        EventKind::PlanClosed => {
            plan("A plan is completed, revoked, or was entered in error.", None, Some("completed"))
        }
        EventKind::GoalChanged => plan("A goal was added or changed.", Some("the goal"), Some("in-progress")),
        EventKind::GoalAchieved => plan("A goal is achieved.", Some("the goal"), Some("achieved")),
        EventKind::GoalOverdue => plan(
            "The day of a goal's target has passed, in the tenant's time zone. Once for each goal and day.",
            Some("the goal"),
            None,
        ),
        EventKind::ActivityAssigned => plan("Somebody is to do an activity.", Some("the activity"), Some("requested")),
        EventKind::ActivityCompleted => plan("An activity is done.", Some("the activity"), Some("completed")),
        EventKind::ActivityOverdue => {
            plan("The day of an open activity has passed. Once for each activity and day.", Some("the activity"), None)
        }
        EventKind::ReviewDue => {
            plan("The plan is to be reviewed. Once for each day that was agreed.", Some("the plan itself"), None)
        }
        EventKind::DecisionMade => {
            Told { when: "Somebody settled a detected issue.", kind: Kind::Decision, part: None, state: None }
        }
        EventKind::ConcernAdded => Told {
            when: "The person, or their carer, said what concerns them.",
            kind: Kind::Concern,
            part: None,
            state: None,
        },
    }
}

/// An example of a kind.
fn example(what: EventKind) -> Event {
    let told = told(what);
    Event {
        id: EventId::from_random([0x5c; 16]),
        what,
        tenant: TenantId::new("valley"),
        person: PersonId::from_random([0x0a; 16]),
        kind: told.kind,
        document: "b7".repeat(16),
        version: Version(7),
        index: 0,
        part: told.part.map(|_| "e1".repeat(16)),
        programme: (told.kind == Kind::Plan).then(|| "diabetes-programme".to_owned()),
        state: told.state.map(str::to_owned),
        at: "2026-11-21T08:00:00Z".parse::<Timestamp>().expect("a time"),
    }
}

fn sent(what: EventKind) -> Value {
    serde_json::to_value(CloudEvent::new(&example(what), "https://accord.example")).expect("JSON")
}

fn made() -> String {
    let mut text = String::from(
        "| event | told when | subject | `data.part` | `data.state`, for example |\n|---|---|---|---|---|\n",
    );
    for what in EventKind::ALL {
        let told = told(what);
        text.push_str(&format!(
            "| `{}` | {} | `{}/{{id}}` | {} | {} |\n",
            what.code(),
            told.when,
            told.kind.code(),
            told.part.unwrap_or("–"),
            told.state.map_or("–".to_owned(), |state| format!("`{state}`")),
        ));
    }
    text.push_str("\n## An example of each\n");
    for what in EventKind::ALL {
        let address = subject(&example(what).tenant, what);
        text.push_str(&format!("\n### {}\n\n`{address}`\n\n```json\n{:#}\n```\n", what.code(), sent(what)));
    }
    text
}

fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

#[test]
fn every_kind_of_event_has_its_row_and_its_example() {
    let text = std::fs::read_to_string(docs("events.md")).expect("docs/events.md");
    let (before, rest) = text.split_once(BEGIN).expect("the mark where it begins");
    let (there, after) = rest.split_once(END).expect("the mark where it ends");
    let made = made();
    if std::env::var_os("ACCORD_WRITE_DOCS").is_some() {
        std::fs::write(docs("events.md"), format!("{before}{BEGIN}{made}{END}{after}")).expect("written");
        return;
    }
    assert!(there == made, "docs/events.md is old: run this test with ACCORD_WRITE_DOCS=1");
}

fn schema() -> Value {
    let text = std::fs::read_to_string(docs("event.schema.json")).expect("docs/event.schema.json");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_event_keeps_to_the_schema_and_the_schema_knows_no_other() {
    let schema = schema();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for what in EventKind::ALL {
        let faults: Vec<String> = validator.iter_errors(&sent(what)).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{what:?}: {faults:?}");
    }
    let types: Vec<Value> = EventKind::ALL.into_iter().map(|what| sent(what)["type"].clone()).collect();
    assert_eq!(schema["properties"]["type"]["enum"], json!(types));
    let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::code).collect();
    assert_eq!(schema["properties"]["data"]["properties"]["kind"]["enum"], json!(kinds));
}

#[test]
fn the_schema_refuses_what_is_no_event_of_ours() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema");
    let good = sent(EventKind::GoalChanged);
    for (path, wrong) in [
        ("/specversion", json!("0.3")),
        ("/id", json!("5C")),
        ("/type", json!("org.accord.care-plan.goal-changed.v2")),
        ("/subject", json!("Patient/1")),
        ("/time", json!(17)),
        ("/sequence", json!("7")),
        ("/tenant", json!("")),
        ("/data/person", json!("Mary Shaw")),
        ("/data/document", json!("1")),
        ("/data/version", json!(0)),
        ("/data/kind", json!("patient")),
        ("/data/state", json!("He is much better.")),
    ] {
        let mut event = good.clone();
        *event.pointer_mut(path).expect(path) = wrong;
        assert!(!validator.is_valid(&event), "{path}");
    }
    for (object, name) in [("", "comment"), ("/data", "title"), ("/data", "note")] {
        let mut event = good.clone();
        let object = event.pointer_mut(object).and_then(Value::as_object_mut).expect("an object");
        object.insert(name.into(), json!("HbA1c below 7 %"));
        assert!(!validator.is_valid(&event), "{name}: an event holds nothing else, clinical text least");
    }
}

#[test]
fn an_event_reads_as_it_was_sent() {
    for what in EventKind::ALL {
        let cloud = CloudEvent::new(&example(what), "https://accord.example");
        let text = serde_json::to_string(&cloud).expect("JSON");
        assert_eq!(serde_json::from_str::<CloudEvent>(&text).expect("an event"), cloud);
    }
}

#[test]
fn an_event_says_nothing_that_is_not_an_id_a_code_or_a_time() {
    let event = example(EventKind::GoalChanged);
    let CloudEvent { data, .. } = CloudEvent::new(&event, "https://accord.example");
    // Exhaustive: a new field has to be looked at here.
    let Data { person, kind: _, document, version: _, part, programme, state } = data;
    assert_eq!((person, document), (event.person.to_string(), event.document));
    assert_eq!((part, programme, state), (event.part, event.programme, event.state));
}

#[test]
fn sequences_of_a_document_sort_as_text() {
    let mut event = example(EventKind::PlanRevised);
    let mut sequences = Vec::new();
    for (version, index) in [(1, 0), (1, 1), (1, 10), (2, 0), (9, 3), (10, 0), (123_456, 0)] {
        (event.version, event.index) = (Version(version), index);
        sequences.push(CloudEvent::new(&event, "").sequence);
    }
    // What is late was found in that version, after all that made it, and is the first of nothing: its index says nothing.
    for (what, second) in [(EventKind::GoalOverdue, 0), (EventKind::ReviewDue, 1), (EventKind::ActivityOverdue, 86_400)]
    {
        let late = Event { what, index: 0, at: event.at + SignedDuration::from_secs(second), ..event.clone() };
        sequences.push(CloudEvent::new(&late, "").sequence);
    }
    (event.version, event.index) = (event.version.next(), 0);
    sequences.push(CloudEvent::new(&event, "").sequence);
    assert!(sequences.is_sorted() && sequences.windows(2).all(|pair| pair[0] != pair[1]), "{sequences:?}");
}
