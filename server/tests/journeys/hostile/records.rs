//! Lies of the FHIR server, after a launch in which everything was right.

use axum::http::StatusCode;
use care_plan::snapshot::{ProblemKind, Record, Status};
use fhir::SourceId;
use sandbox::Hostility;
use sandbox::hostile::{RecordsWay as Way, Step};

use super::stage::{LIAR, Outcome, Stage};

/// What must be found in what was read.
struct Expected {
    /// The person's own banner.
    banner: bool,
    /// Whether anything but the Patient is taken in; `None` where either is right.
    items: Option<bool>,
    /// A problem of this kind, counted and told on the page of the sources.
    problem: Option<ProblemKind>,
    /// Whether the source may count as read completely.
    complete: bool,
}

fn expected(way: Way) -> Expected {
    let honest = Expected { banner: true, items: Some(true), problem: None, complete: true };
    let other = Some(ProblemKind::OtherPatient);
    match way {
        Way::PatientOfAnother => Expected { banner: false, problem: other, complete: false, ..honest },
        Way::ResourcesMixed => Expected { problem: other, complete: false, ..honest },
        // What is about nobody, such as the directory of the staff, may be left.
        Way::ResourcesOfAnother | Way::SubjectElsewhere => {
            Expected { items: None, problem: other, complete: false, ..honest }
        }
        Way::SubjectMissing => {
            Expected { items: None, problem: Some(ProblemKind::NoPatient), complete: false, ..honest }
        }
        Way::OutcomeWith200 | Way::Redirect => {
            Expected { banner: false, items: Some(false), complete: false, ..honest }
        }
        Way::NextAtCollector | Way::NextAtAnotherEhr => Expected { complete: false, ..honest },
        Way::NextAgain => Expected { complete: false, ..honest },
        Way::ScriptInTexts | Way::Twice => honest,
    }
}

/// Ids of everything that the other people's records hold.
fn ids_of_others(stage: &Stage) -> Vec<String> {
    let people = sandbox::people::whereabouts();
    let store = stage.world.sandbox.ehr(LIAR).store();
    let mut ids = Vec::new();
    for person in &people[1..] {
        let Some(patient) = person.patient_id(LIAR) else { continue };
        let reference = format!("\"Patient/{patient}\"");
        for kind in store.types().keys() {
            let theirs = store.list(kind).into_iter().filter(|resource| resource.to_string().contains(&reference));
            ids.extend(theirs.filter_map(|resource| Some(format!("{kind}/{}", resource["id"].as_str()?))));
        }
        ids.push(format!("Patient/{patient}"));
    }
    ids
}

fn names(record: &Record) -> Vec<String> {
    record.resources.iter().map(|resource| format!("{}/{}", resource.kind(), resource.id())).collect()
}

#[tokio::test]
async fn hostile_records_show_nobody_elses_and_are_counted() {
    let mut stage = Stage::set().await;
    let others = ids_of_others(&stage);
    assert!(others.len() > 20);
    for way in Way::ALL {
        let lie = Hostility::Records(*way);
        let expected = expected(*way);
        stage.begin(lie, Outcome::Opens);
        stage.lie(Some(lie));
        let page = stage.open(LIAR, 0).await;
        stage.expect(lie, page.status == StatusCode::OK, &format!("status {}", page.status));
        stage.world.settled(&page).await;
        let plan = stage.browser.get(&page.at("plan?show=all")).await;
        if expected.banner {
            stage.only(lie, &plan, 0);
        } else {
            stage.nobody(lie, &plan);
        }
        let snapshot = stage.world.snapshot(&page).expect("the launch is open");
        let record = snapshot.record(&SourceId::new(LIAR)).expect("it was connected");
        let taken = names(record);
        let strangers = taken.iter().filter(|name| others.contains(name)).count();
        stage.expect(lie, strangers == 0, &format!("{strangers} resources of other people were taken in"));
        let twice = taken.iter().enumerate().filter(|(at, name)| taken[..*at].contains(name)).count();
        stage.expect(lie, twice == 0, &format!("{twice} resources were taken in twice"));
        let some = taken.iter().any(|name| !name.starts_with("Patient/"));
        let fits = expected.items.is_none_or(|wanted| wanted == some);
        stage.expect(lie, fits, &format!("{} resources were taken in", taken.len()));
        let status = record.status();
        stage.expect(lie, expected.complete || status != Status::Complete, "the source counts as complete");
        stage.expect(lie, status != Status::Pending, "the reading never ended");
        if let Some(kind) = &expected.problem {
            let counted = record.problems.iter().filter(|problem| problem.kind == *kind).count();
            stage.expect(lie, counted > 0, &format!("{status:?}; no {kind:?} was counted: {:?}", record.problems));
            let sources = stage.browser.get(&page.at("sources")).await;
            let told = sources.text.contains("kept out") || sources.text.contains("does not say");
            stage.expect(lie, told, "the page of the sources does not tell");
        }
        stage.end(lie, &plan).await;
    }
    stage.close("records", Step::Records.ways().count());
}
