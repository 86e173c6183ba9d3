//! Whose plan it is: only the launch's own source says so, and without its word nothing clinical is shown.

use std::sync::Arc;

use app::desk::{LaunchDesk, Picture};
use app::pages::{PlanQuery, board_fragment, goal_document, plan_document, sources_document};
use care_plan::plan::{ConsolidatedPlan, ItemId};
use care_plan::snapshot::{Reason, Snapshot, Status};
use fhir::{FhirDate, SourceId};

use crate::support::{Desk, draw, picture};

/// Everything of the plan that must not be seen without a person.
const CLINICAL: [&str; 5] = ["HbA1c", "Metformin", "Chronic kidney", "sulfonamide", "SMYTH"];

fn changed(plan: fn(&mut ConsolidatedPlan), snapshot: fn(&mut Snapshot)) -> Picture {
    let mut picture = picture(str::to_owned);
    plan(Arc::make_mut(&mut picture.plan));
    snapshot(Arc::make_mut(&mut picture.snapshot));
    picture
}

async fn plan_page(desk: Desk) -> String {
    draw(Some(Arc::new(desk)), || plan_document(PlanQuery::default())).await.html.replace("<!>", "")
}

fn banner(html: &str) -> &str {
    &html[html.find("<header").expect("a banner")..html.find("</header>").expect("its end")]
}

fn failed() -> Picture {
    changed(
        |plan| drop(plan.people.remove(0)),
        |snapshot| snapshot.records[0].reads[0].status = Status::Failed(Reason::Http(500)),
    )
}

#[tokio::test]
async fn the_banner_is_the_patient_of_the_source_the_launch_was_made_from() {
    let desk = Desk { home: SourceId::new("nephrology"), ..Desk::over(picture(str::to_owned)) };
    let html = plan_page(desk).await;
    assert!(banner(&html).contains("<p class=\"person__name\">SMYTH-JOHNSON, Betsy"));
    assert!(banner(&html).contains("Also recorded: Valley Primary Care: SMITH-JOHNSON, Betsy"));
    assert!(html.contains("449-30-221 (NA)"));
}

#[tokio::test]
async fn a_different_birth_date_is_a_warning_that_names_both() {
    let html =
        plan_page(Desk::over(changed(|plan| plan.people[1].birth_date = FhirDate::parse("1951-11-16"), |_| {}))).await;
    let alarm = &html[html.find("person__alarm").expect("a warning")..];
    let alarm = &alarm[..alarm.find("</p>").expect("its end")];
    for words in [
        "Different birth dates",
        "Valley Primary Care: Born 16-Nov-1950",
        "Nephrology Associates: SMYTH-JOHNSON, Betsy, Born 16-Nov-1951",
    ] {
        assert!(alarm.contains(words), "{words}: {alarm}");
    }
}

#[tokio::test]
async fn another_gender_is_told_with_its_record() {
    let html = plan_page(Desk::over(changed(|plan| plan.people[1].gender = Some("male".to_owned()), |_| {}))).await;
    assert!(html.contains("Also recorded: Nephrology Associates: SMYTH-JOHNSON, Betsy, Male"));
}

#[tokio::test]
async fn another_spelling_of_the_name_is_told_quietly() {
    let html =
        plan_page(Desk::over(changed(|plan| plan.people[1].family = Some("Smith Johnson".to_owned()), |_| {}))).await;
    assert!(
        html.contains("<p class=\"person__spelled\">Also recorded: Nephrology Associates: SMITH JOHNSON, Betsy</p>")
    );
    assert!(!html.contains("person__alarm") && !html.contains("person__also"));
}

#[tokio::test]
async fn without_the_word_of_its_own_source_a_launch_shows_nothing_clinical_and_says_why() {
    let html = plan_page(Desk::over(failed())).await;
    for words in CLINICAL {
        assert!(!html.contains(words), "{words}");
    }
    for words in [
        "The plan is not shown",
        "Valley Primary Care, from which this plan was opened, did not say who the person is (could not be read: answered with error 500)",
        "<title>Care plan · Accord</title>",
        "Retry",
        "id=\"board\"",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let desk: Arc<dyn LaunchDesk> = Arc::new(Desk::over(failed()));
    let fragment = board_fragment(desk, PlanQuery::default()).await;
    for words in CLINICAL {
        assert!(!fragment.contains(words), "{words}");
    }
}

#[tokio::test]
async fn without_a_person_a_goal_page_shows_no_goal() {
    let desk = Arc::new(Desk::over(failed()));
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let html = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html;
    assert!(html.contains("The plan is not shown") && !html.contains("HbA1c") && !html.contains("goal-form"));
}

#[tokio::test]
async fn while_the_person_is_being_read_there_is_only_the_frame() {
    let pending =
        changed(|plan| drop(plan.people.remove(0)), |snapshot| snapshot.records[0].reads[0].status = Status::Pending);
    let html = plan_page(Desk::over(pending)).await;
    assert!(html.contains("Waiting for the record") && !html.contains("The plan is not shown"));
    for words in CLINICAL {
        assert!(!html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_source_that_answers_without_a_patient_is_no_person_either() {
    let html = plan_page(Desk::over(changed(|plan| plan.people[0].key.id = "other".to_owned(), |_| {}))).await;
    assert!(html.contains("it answered without a Patient") && !html.contains("HbA1c"));
}

#[tokio::test]
async fn p12_a_record_that_was_merged_into_another_is_not_shown_and_says_why() {
    let html = plan_page(Desk::over(changed(|plan| plan.people[0].replaced = true, |_| {}))).await;
    assert!(html.contains("has merged this record into another one") && html.contains("open the person once more"));
    for words in CLINICAL.into_iter().chain(["SMITH-JOHNSON"]) {
        assert!(!html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn sources_stand_in_the_order_of_the_configuration_behind_the_launchs_own() {
    let backwards = |desk: Desk| {
        let mut desk = desk;
        Arc::make_mut(&mut desk.picture.snapshot).records.reverse();
        Arc::make_mut(&mut desk.picture.plan).people.reverse();
        Desk { home: SourceId::new("university"), ..desk }
    };
    let mut desk = backwards(Desk::over(picture(str::to_owned)));
    let mut own = desk.picture.plan.people[0].clone();
    own.source = SourceId::new("university");
    Arc::make_mut(&mut desk.picture.plan).people.push(own);
    let desk = Arc::new(desk);
    let plan = draw(Some(desk.clone()), || plan_document(PlanQuery::default())).await.html.replace("<!>", "");
    let page = draw(Some(desk), || sources_document(None)).await.html.replace("<!>", "");
    let list = &plan[plan.find("aria-label=\"Sources\"").expect("the list")..];
    let allergies = banner(&plan);
    let reports = &page[page.find("<main").expect("the page")..];
    let identity = &page[page.find("identity-heading").expect("the evidence")..];
    let order = |text: &str, names: &[&str]| {
        let places: Vec<_> = names.iter().map(|name| text.find(name).unwrap_or_else(|| panic!("{name}"))).collect();
        assert!(places.is_sorted(), "{names:?}: {places:?}");
    };
    order(
        list,
        &["University Hospital", "Valley Primary Care", "Nephrology Associates", "HomeHealth Plus", "River Clinic"],
    );
    order(allergies, &["UH</span>", "VP</span>", "NA</span>", "HH</span>"]);
    order(reports, &["University Hospital", "Valley Primary Care", "Nephrology Associates", "HomeHealth Plus"]);
    order(identity, &["UH</span>", "VP</span>", "NA</span>"]);
}

#[tokio::test]
async fn the_shared_plan_was_named_in_the_banner_as_a_source_whose_allergies_are_not_available() {
    let mut desk = Desk::over(picture(str::to_owned));
    let snapshot = Arc::make_mut(&mut desk.picture.snapshot);
    let mut shared = snapshot.records[0].clone();
    shared.source.id = SourceId::new("shared-plan");
    shared.source.tag = "SP".to_owned();
    shared.reads.retain(|read| read.kind != "AllergyIntolerance");
    snapshot.records.push(shared);
    let plan = draw(Some(Arc::new(desk)), || plan_document(PlanQuery::default())).await.html.replace("<!>", "");
    let banner = banner(&plan);
    let (_, allergies) = banner.split_once("allergies-label").expect("the allergies");
    assert!(allergies.contains("VP</span>") && !allergies.contains("SP</span>"), "{allergies}");
}
