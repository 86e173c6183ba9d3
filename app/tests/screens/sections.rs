//! The five states of a column: loading, empty, partial, failed, and read whole. None looks like another.

use std::sync::Arc;

use app::desk::Picture;
use app::pages::{PlanQuery, plan_document};
use app::sections::coverage;
use app::words::Column;
use care_plan::ConsolidatedPlan;
use care_plan::snapshot::{Read, Reason, Record, Snapshot, Source, Status};
use fhir::SourceId;

use crate::support::{Desk, draw, picture};

const COLUMNS: [(Column, &str, &str); 4] = [
    (Column::Concerns, "concerns", "Condition"),
    (Column::Goals, "goals", "Goal"),
    (Column::Interventions, "interventions", "ServiceRequest"),
    (Column::Outcomes, "outcomes", "Observation"),
];

fn snapshot(states: &[Status]) -> Snapshot {
    let read = |kind: &str, status: &Status| Read {
        kind: kind.to_owned(),
        part: None,
        status: status.clone(),
        count: 0,
        pages: 1,
        took_ms: 1,
        as_of: None,
    };
    let records = states.iter().enumerate().map(|(index, status)| Record {
        source: Source {
            id: SourceId::new(format!("s{index}")),
            name: format!("Source {index}"),
            tag: format!("S{index}"),
            base: None,
        },
        patient: Some("p".to_owned()),
        resources: Vec::new(),
        problems: Vec::new(),
        reads: [("Patient", &Status::Complete)]
            .into_iter()
            .chain(COLUMNS.map(|(_, _, kind)| (kind, status)))
            .map(|(kind, status)| read(kind, status))
            .collect(),
        state: None,
        as_of: None,
    });
    Snapshot { records: records.collect() }
}

/// What each empty column says about itself, by the columns' keys.
async fn said(states: &[Status]) -> Vec<String> {
    let snapshot = snapshot(states);
    let mut person = picture(str::to_owned).plan.people[0].clone();
    person.source = SourceId::new("s0");
    let plan = Arc::new(ConsolidatedPlan { people: vec![person], ..ConsolidatedPlan::default() });
    let picture = Picture { revision: 1, pending: snapshot.pending(), snapshot: Arc::new(snapshot), plan };
    let html =
        draw(Some(Arc::new(Desk::over(picture))), || plan_document(PlanQuery::default())).await.html.replace("<!>", "");
    let state = |key: &str| {
        let start = html.find(&format!("data-key=\"{key}-state\"")).expect("its state");
        let start = start + html[start..].find('>').expect("its start") + 1;
        html[start..start + html[start..].find("</div>").expect("its end")].to_owned()
    };
    COLUMNS.map(|(_, key, _)| state(key)).to_vec()
}

#[tokio::test]
async fn an_empty_column_names_how_many_sources_were_asked() {
    for text in said(&[Status::Complete, Status::Complete]).await {
        assert_eq!(text, "<p>None recorded by these 2 sources.</p>");
    }
}

#[tokio::test]
async fn a_failed_source_is_never_shown_as_an_empty_one() {
    for text in said(&[Status::Complete, Status::Failed(Reason::TimedOut)]).await {
        assert_eq!(text, "<p>None recorded by this source.</p><p>Source 1: could not be read: no answer in time.</p>");
    }
    for text in said(&[Status::Failed(Reason::Unreachable)]).await {
        assert_eq!(text, "<p>Source 0: could not be read: no connection.</p>");
    }
}

#[tokio::test]
async fn a_column_that_is_not_shared_says_so() {
    for text in said(&[Status::NotPermitted(Reason::NoScope)]).await {
        assert_eq!(text, "<p>Source 0: not shared with us: not part of what you agreed to share.</p>");
    }
}

#[tokio::test]
async fn a_partial_column_says_what_is_missing() {
    for text in said(&[Status::Complete, Status::Partial(Reason::Truncated)]).await {
        assert_eq!(text, "<p>None recorded by this source.</p><p>Source 1: not all: the answer broke off.</p>");
    }
}

#[tokio::test]
async fn a_loading_column_says_none_of_nobody() {
    for text in said(&[Status::Pending, Status::Pending]).await {
        assert_eq!(text, "<p>2 more records are being read…</p>");
    }
}

#[test]
fn a_source_that_was_never_connected_is_neither_asked_nor_missing() {
    let mut snapshot = snapshot(&[Status::Complete, Status::Complete]);
    snapshot.records[1].state = Some(Status::NotConnected);
    let coverage = coverage(&snapshot, Column::Goals);
    assert_eq!((coverage.asked, coverage.pending, coverage.gaps.len()), (1, 0, 0));
}

#[test]
fn types_that_a_source_does_not_keep_leave_no_gap_where_it_keeps_others() {
    let mut snapshot = snapshot(&[Status::Complete]);
    snapshot.records[0].reads[3].status = Status::NotSupported;
    assert!(coverage(&snapshot, Column::Interventions).is_whole());
}
