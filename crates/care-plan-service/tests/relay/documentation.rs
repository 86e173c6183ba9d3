//! `docs/events.md` and `docs/event.schema.json` say what is sent, for every kind of event.
//!
//! A new kind of event does not compile here until somebody has said what it means; then
//! `ACCORD_WRITE_DOCS=1 cargo test -p care-plan-service --test relay documentation` writes its row and its example.

use std::path::PathBuf;

use access::{PersonId, TenantId};
use care_plan_service::relay::{CloudEvent, DATA_SCHEMA, Data, subject};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared_plan::concern::ConcernStatus;
use shared_plan::decision::DecisionStatus;
use shared_plan::facts::{Before, Facts};
use shared_plan::plan::{Achievement, ActivityStatus, GoalStatus, Period, PlanStatus, ReviewState};
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
    /// The codes that its state may have.
    states: Vec<&'static str>,
}

fn told(what: EventKind) -> Told {
    let plan = |when, part, states| Told { when, kind: Kind::Plan, part, states };
    let plans: Vec<_> = PlanStatus::ALL.into_iter().filter(|one| !one.is_closed()).map(PlanStatus::code).collect();
    let closed: Vec<_> = PlanStatus::ALL.into_iter().filter(|one| one.is_closed()).map(PlanStatus::code).collect();
    let goals: Vec<_> = GoalStatus::ALL.map(GoalStatus::code).into();
    let pursued = || GoalStatus::ALL.into_iter().filter(|one| one.is_pursued()).map(GoalStatus::code).collect();
    let activities: Vec<_> = ActivityStatus::ALL.map(ActivityStatus::code).into();
    let open = ActivityStatus::ALL.into_iter().filter(|one| one.is_open()).map(ActivityStatus::code).collect();
    let awaited = ActivityStatus::ALL.into_iter().filter(|one| one.is_awaited()).map(ActivityStatus::code).collect();
    let concerns = |filter: fn(ConcernStatus) -> bool| {
        ConcernStatus::ALL.into_iter().filter(|one| filter(*one)).map(ConcernStatus::code).collect()
    };
    match what {
        EventKind::PlanCreated => plan("A plan was made.", None, vec!["draft"]),
        EventKind::PlanRevised => plan(
            "A plan was changed in a way for which there is no other event, or went on in its review.",
            Some("what was changed: an activity, a member of the team; none for the plan itself"),
            plans
                .into_iter()
                .chain(activities.into_iter().filter(|code| !["draft", "on-hold"].contains(code)))
                .collect(),
        ),
        EventKind::PlanApproved => plan("Every role that was asked has signed the plan as it is.", None, plans),
        EventKind::PlanClosed => plan("A plan is completed, revoked, or was entered in error.", None, closed),
        EventKind::GoalChanged => plan(
            "A goal was added or changed, answered or judged, or a note was written to it.",
            Some("the goal"),
            goals,
        ),
        EventKind::GoalAchieved => plan(
            "A goal is achieved: its achievement is `achieved` or `sustaining`, and was neither before.",
            Some("the goal"),
            goals
                .into_iter()
                .filter(|code| !["proposed", "cancelled", "rejected", "entered-in-error"].contains(code))
                .collect(),
        ),
        EventKind::GoalOverdue => plan(
            "The day of a goal's target has passed, in the tenant's time zone. Once for each goal and day.",
            Some("the goal"),
            pursued(),
        ),
        EventKind::ActivityAssigned => plan(
            "Somebody is to do an activity. What nobody does any more is told as `plan-revised`.",
            Some("the activity"),
            open,
        ),
        EventKind::ActivityCompleted => plan("An activity is done.", Some("the activity"), vec!["completed"]),
        EventKind::ActivityOverdue => plan(
            "The day of an open activity has passed. Once for each activity and day.",
            Some("the activity"),
            awaited,
        ),
        EventKind::ReviewDue => plan(
            "The plan is to be reviewed. Once for each day that was agreed.",
            Some("the plan itself"),
            vec!["active"],
        ),
        EventKind::DecisionMade => Told {
            when: "Somebody settled a detected issue, or settled it once more.",
            kind: Kind::Decision,
            part: None,
            states: vec![DecisionStatus::InForce.code()],
        },
        EventKind::DecisionWithdrawn => Told {
            when: "What was settled was taken back: the issue is open again.",
            kind: Kind::Decision,
            part: None,
            states: vec![DecisionStatus::Withdrawn.code()],
        },
        EventKind::ConcernAdded => Told {
            when: "The person, or their carer, said what concerns them.",
            kind: Kind::Concern,
            part: None,
            states: concerns(ConcernStatus::may_begin),
        },
        EventKind::ConcernChanged => Told {
            when: "A concern that the person, or their carer, had entered is in another state.",
            kind: Kind::Concern,
            part: None,
            states: concerns(|_| true),
        },
    }
}

/// An example of a kind.
fn example(what: EventKind) -> Event {
    let told = told(what);
    let is_plan = told.kind == Kind::Plan;
    let state = told.states[told.states.len() / 2].to_owned();
    let goal = matches!(what, EventKind::GoalChanged | EventKind::GoalAchieved | EventKind::GoalOverdue);
    let activity =
        matches!(what, EventKind::ActivityAssigned | EventKind::ActivityCompleted | EventKind::ActivityOverdue);
    let achievement = match what {
        EventKind::GoalAchieved => Some("achieved"),
        _ if goal => Some("improving"),
        _ => None,
    };
    let review = match what {
        EventKind::PlanCreated => Some("draft"),
        EventKind::PlanApproved => Some("approved"),
        _ if is_plan && !goal && !activity => Some("in-review"),
        _ => None,
    };
    let is_new = matches!(what, EventKind::PlanCreated | EventKind::DecisionMade | EventKind::ConcernAdded);
    let before = (!is_new).then(|| Before {
        state: told.states.first().map(|code| (*code).to_owned()),
        achievement: achievement.map(|_| "in-progress".to_owned()),
        review: review.map(|_| "draft".to_owned()),
    });
    let day = |text: &str| text.parse().ok();
    let facts = Facts {
        achievement: achievement.map(str::to_owned),
        review: review.map(str::to_owned),
        assigned: activity.then(|| "d4".repeat(16)),
        before,
        period: if goal { Period { start: day("2026-09-01"), end: day("2027-03-01") } } else { Period::default() },
        plan_period: if is_plan { Period { start: day("2026-01-01"), end: None } } else { Period::default() },
        programme_version: is_plan.then(|| "2.1".to_owned()),
        correction: matches!(what, EventKind::DecisionWithdrawn),
    };
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
        programme: is_plan.then(|| "https://valley.example/fhir/PlanDefinition/diabetes".to_owned()),
        state: Some(state),
        facts: Some(facts),
        at: "2026-11-21T08:00:00Z".parse::<Timestamp>().expect("a time"),
    }
}

fn sent(what: EventKind) -> Value {
    serde_json::to_value(CloudEvent::new(&example(what), "https://accord.example")).expect("JSON")
}

fn made() -> String {
    let mut text =
        String::from("| event | told when | subject | `data.part` | `data.state` |\n|---|---|---|---|---|\n");
    for what in EventKind::ALL {
        let told = told(what);
        text.push_str(&format!(
            "| `{}` | {} | `{}/{{id}}` | {} | {} |\n",
            what.code(),
            told.when,
            told.kind.code(),
            told.part.unwrap_or("–"),
            told.states.iter().map(|state| format!("`{state}`")).collect::<Vec<_>>().join(" "),
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
fn the_schema_knows_every_code_and_no_other() {
    let schema = schema();
    let codes = |name: &str| schema["$defs"][name]["enum"].clone();
    assert_eq!(codes("achievement"), json!(Achievement::ALL.map(Achievement::code)));
    let reviews = [ReviewState::Draft, ReviewState::InReview, ReviewState::Approved, ReviewState::Revised];
    assert_eq!(codes("review"), json!(reviews.map(ReviewState::code)));
    assert_eq!(schema["properties"]["dataschema"]["const"], json!(DATA_SCHEMA));
    let (name, place) = DATA_SCHEMA.split_once('#').expect("a place in it");
    assert_eq!(schema["$id"], json!(name));
    assert!(schema.pointer(place).is_some(), "it names the part that describes `data`");
}

/// What an earlier release had kept still meant what it meant then, and was told as if it did not.
#[test]
fn an_event_that_an_earlier_release_kept_goes_out_as_it_was() {
    let former = Event { facts: None, state: Some("improving".to_owned()), ..example(EventKind::GoalChanged) };
    let sent = serde_json::to_value(CloudEvent::new(&former, "https://accord.example")).expect("JSON");
    assert_eq!(sent["type"], "org.accord.care-plan.goal-changed.v1");
    assert_eq!((sent.get("dataschema"), &sent["data"]["state"]), (None, &json!("improving")));
}

#[test]
fn the_schema_refuses_what_is_no_event_of_ours() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema");
    let good = sent(EventKind::GoalChanged);
    for (path, wrong) in [
        ("/specversion", json!("0.3")),
        ("/id", json!("5C")),
        ("/type", json!("org.accord.care-plan.goal-changed.v1")),
        ("/subject", json!("Patient/1")),
        ("/time", json!(17)),
        ("/sequence", json!("7")),
        ("/tenant", json!("")),
        ("/data/person", json!("Mary Shaw")),
        ("/data/document", json!("1")),
        ("/data/version", json!(0)),
        ("/data/kind", json!("patient")),
        ("/data/state", json!("He is much better.")),
        ("/data/achievement", json!("much better")),
        ("/data/programme", json!("diabetes-programme")),
        ("/data/period/start", json!("last summer")),
        ("/dataschema", json!("urn:accord:care-plan:event:v1")),
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
    let Data { person, kind: _, document, version: _, part, programme, state, facts } = data;
    assert_eq!((person, document), (event.person.to_string(), event.document));
    assert_eq!((part, programme, state), (event.part, event.programme, event.state));
    let Facts { achievement, review, assigned, before, period: _, plan_period: _, programme_version, correction: _ } =
        facts;
    let Before { state, achievement: was, review: stood } = before.expect("it was there before");
    let is_code = |text: &String| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let codes = [achievement, review, assigned, programme_version, state, was, stood];
    assert!(codes.iter().flatten().all(is_code), "{codes:?}");
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
