//! Where resources come from: along with them, by what they are, by asking once more, or not at all, and said so.

use std::sync::Arc;

use aggregation::{Limits, everything};
use care_plan::snapshot::{Reason, Record, Status};
use fhir_client::{FhirServer, Remembered};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::deadlines::stalled;
use crate::ehr::{Ehr, body, bundle, capability, records};
use crate::house::{names, options, read, reading, record, source};

/// How an EHR offers Provenance.
#[derive(Clone, Copy)]
struct Offer {
    by_target: bool,
    /// Types with which it comes along.
    along: &'static [&'static str],
}

fn provenance() -> Value {
    json!({ "resourceType": "Provenance", "id": "pv", "target": [{ "reference": "Goal/g1" }],
        "agent": [{ "who": { "reference": "Practitioner/dr2" } }] })
}

async fn ehr(offer: Offer) -> Ehr {
    let mut stated = capability("4.0.1");
    let types = stated["rest"][0]["resource"].as_array_mut().unwrap();
    let target = if offer.by_target { json!([{ "name": "target" }]) } else { json!([]) };
    types.push(json!({ "type": "Provenance", "interaction": [{ "code": "read" }, { "code": "search-type" }], "searchParam": target }));
    for kind in types.iter_mut().filter(|kind| offer.along.iter().any(|along| kind["type"] == *along)) {
        kind["searchRevInclude"] = json!(["Provenance:target"]);
    }
    Ehr::with(records("p1"), move |target, _| match target {
        "metadata" => Some(body(200, &stated)),
        target if target.starts_with("Provenance?") => Some(bundle(vec![json!({ "resource": provenance() })], None)),
        target if target.starts_with("Goal?") && target.contains("_revinclude") => {
            let goal = records("p1").into_iter().find(|resource| resource["resourceType"] == "Goal").unwrap();
            Some(bundle(vec![json!({ "resource": goal }), json!({ "resource": provenance() })], None))
        }
        _ => None,
    })
    .await
}

async fn launch(at: &Ehr, remembered: &Arc<Remembered>) -> Record {
    let (reading, _) = reading();
    let server = FhirServer::new(options("valley", &at.base).remembered(Arc::clone(remembered)));
    reading.connect(source("valley"), "p1", server, everything());
    record(&reading, "valley").await
}

fn has_it(record: &Record) -> bool {
    names(record).contains(&"Provenance/pv".to_owned())
}

const ALL: &[&str] = &["Observation", "Condition", "Goal", "CarePlan"];

#[tokio::test]
async fn what_comes_along_comes_in_the_first_launch_too_and_counts_once() {
    let at = ehr(Offer { by_target: false, along: ALL }).await;
    let remembered = Arc::default();
    for again in [true, false] {
        let before = at.targets().len();
        let record = launch(&at, &remembered).await;
        assert!(has_it(&record));
        assert_eq!((read(&record, "Goal").count, read(&record, "Provenance").count), (1, 1));
        let goals = at.targets()[before..].iter().filter(|target| target.starts_with("Goal?")).count();
        assert_eq!(goals, if again { 2 } else { 1 }, "asked once more only where nobody had said that it comes along");
        // The EHR answers for nutrition orders, which its statement does not list, in the first launch only.
        let whole = if again { Status::Partial(Reason::OnlyPart) } else { Status::Complete };
        assert_eq!(read(&record, "Provenance").status, whole);
    }
}

#[tokio::test]
async fn what_is_searched_by_target_is_asked_for_in_lists() {
    let at = ehr(Offer { by_target: true, along: &[] }).await;
    let record = launch(&at, &Arc::default()).await;
    assert!(has_it(&record) && read(&record, "Provenance").status == Status::Complete);
    let asked: Vec<_> = at.targets().into_iter().filter(|target| target.starts_with("Provenance?")).collect();
    assert!(asked.len() == 1 && asked[0].contains("Goal%2Fg1") && asked[0].contains("CarePlan%2Fcp1"), "{asked:?}");
    assert!(names(&record).contains(&"Practitioner/dr2".to_owned()), "who acted is known");
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_said() {
    let some = launch(&ehr(Offer { by_target: false, along: &["Goal"] }).await, &Arc::default()).await;
    assert_eq!((has_it(&some), &read(&some, "Provenance").status), (true, &Status::Partial(Reason::OnlyPart)));
    let none = launch(&ehr(Offer { by_target: false, along: &[] }).await, &Arc::default()).await;
    assert_eq!((has_it(&none), &read(&none, "Provenance").status), (false, &Status::NotSupported));
}

#[tokio::test]
async fn without_the_right_to_it_nothing_is_asked() {
    let at = ehr(Offer { by_target: true, along: ALL }).await;
    let (reading, _) = reading();
    let permitted = Arc::new(|kind: &str| kind != "Provenance");
    reading.connect(source("valley"), "p1", FhirServer::new(options("valley", &at.base)), permitted);
    let record = record(&reading, "valley").await;
    assert_eq!(read(&record, "Provenance").status, Status::NotPermitted(Reason::NoScope));
    assert!(!at.targets().iter().any(|target| target.contains("Provenance")));
}

#[tokio::test]
async fn of_what_could_not_be_read_it_is_not_said_that_it_has_no_origin() {
    let mut stated = capability("4.0.1");
    let types = stated["rest"][0]["resource"].as_array_mut().unwrap();
    types.push(json!({ "type": "Provenance", "searchParam": [{ "name": "target" }] }));
    let at = Ehr::with(records("p1"), move |target, _| match target {
        "metadata" => Some(body(200, &stated)),
        target if target.contains("patient=p1") => Some(crate::ehr::status(500)),
        _ => None,
    })
    .await;
    let remembered = Arc::default();
    for _ in 0..2 {
        let record = launch(&at, &remembered).await;
        assert_eq!(read(&record, "Provenance").status, Status::Failed(Reason::Http(500)));
    }
}

#[tokio::test]
async fn f3_while_one_search_hangs_it_is_asked_where_the_rest_comes_from() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let mut stated = capability("4.0.1");
    let types = stated["rest"][0]["resource"].as_array_mut().unwrap();
    types.push(json!({ "type": "Provenance", "searchParam": [{ "name": "target" }] }));
    let at = Ehr::with(records("p1"), move |target, _| match target {
        "metadata" => Some(body(200, &stated)),
        target if target.starts_with("Provenance?") => Some(bundle(vec![json!({ "resource": provenance() })], None)),
        target => target.starts_with("Condition?").then(|| stalled(&held)),
    })
    .await;
    let (reading, bells) = reading();
    crate::house::connect(&reading, "valley", &at, "p1");
    let status = |kind| read(&reading.snapshot().records[0], kind).status.clone();
    let open = || reading.snapshot().records[0].reads.iter().filter(|read| read.status == Status::Pending).count();
    reading.watch().wait_for(|_| open() == 2 && status("Condition") == Status::Pending).await.unwrap();
    bells.ring(Limits::default().overdue());
    let are_people_in = || reading.snapshot().records[0].reads.iter().any(|read| read.kind == "Practitioner");
    reading
        .watch()
        .wait_for(|_| has_it(&reading.snapshot().records[0]) && are_people_in() && open() == 2)
        .await
        .unwrap();
    bells.ring(Limits::default().soft);
    let late = record(&reading, "valley").await;
    assert_eq!(
        read(&late, "Provenance").status,
        Status::Partial(Reason::TimedOut),
        "that of the conditions is missing"
    );

    gate.notify_one();
    reading.watch().wait_for(|_| status("Provenance") == Status::Complete).await.unwrap();
    let asked: Vec<_> = at.targets().into_iter().filter(|target| target.starts_with("Provenance?")).collect();
    assert!(asked.len() == 1 && !asked[0].contains("Condition"), "nothing is asked twice: {asked:?}");
}
