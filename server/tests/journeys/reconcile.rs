//! The page of differences and gaps: what is found between the records of the sandbox's own people, behind the gate.

use access::policy::Operation;
use access::{Outcome, PatientAt, TenantId};
use axum::http::StatusCode;

use crate::support::browser::{Browser, Page};
use crate::support::world::World;

const HOME: &str = "valley-ehr";
/// Where else Marisol is known, and a clinician there.
const OTHERS: [(&str, &str); 3] = [("nephrology", "solberg"), ("university", "demirkan"), ("homehealth", "simms")];

/// Marisol's Patient at an EHR.
fn patient(ehr: &str) -> String {
    sandbox::people::whereabouts()[0].patient_id(ehr).expect("known there").to_owned()
}

async fn of_all_records(world: &World, browser: &Browser) -> Page {
    let mut plan = world.open(browser, HOME, "castellanos", &patient(HOME)).await;
    for (ehr, user) in OTHERS {
        plan = world.connect(browser, &plan, ehr, user, &patient(ehr)).await;
    }
    world.settled(&plan).await;
    plan
}

/// The article of the issue that has this kind and holds these words.
fn article<'a>(page: &'a str, kind: &str, words: &[&str]) -> &'a str {
    let articles = page.split("<article id=\"").skip(1).filter_map(|rest| rest.split("</article>").next());
    let mut found = articles.filter(|article| article.contains(&format!(">{kind}</span>")));
    found
        .find(|article| words.iter().all(|word| article.contains(word)))
        .unwrap_or_else(|| panic!("no {kind} with {words:?}"))
}

#[tokio::test]
async fn what_four_records_disagree_on_stands_side_by_side_and_on_the_cards() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = of_all_records(&world, &browser).await;
    let page = browser.get(&plan.at("reconcile")).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text.replace("<!>", "");
    for (kind, words) in [
        ("Contradictory targets", ["below 7.0 %", "at most 8.0 %"]),
        ("Different stages", ["Stage 3", "Stage 4"]),
        ("Possible duplicate therapy", ["Valley Primary Care", "University Hospital"]),
        ("Medication against a measured value", ["27", "below 30 mL/min/1.73 m²"]),
    ] {
        let issue = article(&text, kind, &words);
        assert!(issue.contains("What could settle it") && issue.contains(", version "), "{issue}");
    }
    let board = browser.get(&plan.at("plan")).await.text;
    let anchor = article(&text, "Contradictory targets", &[]).split('"').next().expect("its id");
    assert!(board.contains(&format!("/reconcile#{anchor}\"")), "the card leads to the issue");
    let only = browser.get(&plan.at("reconcile?kind=safety")).await.text;
    assert!(only.contains("Possible duplicate therapy") && !only.contains("Contradictory targets</span>"));
}

#[tokio::test]
async fn each_reading_of_the_differences_is_written_down_at_every_record_before_it_is_shown() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = of_all_records(&world, &browser).await;
    let of = async |ehr: &str| {
        let at = PatientAt::new(ehr, patient(ehr));
        let log = world.server.trail.of_patient(&TenantId::new("valley"), &at).await.expect("the log can be read");
        log.into_iter().filter(|event| (event.operation, event.outcome) == (Operation::ReadPlan, Outcome::Done)).count()
    };
    let before = of("nephrology").await;
    assert_eq!(browser.get(&plan.at("reconcile")).await.status, StatusCode::OK);
    assert_eq!(of("nephrology").await, before + 1);
    let stranger = Browser::new().get(&plan.at("reconcile")).await;
    assert!(!stranger.status.is_success() && !stranger.text.contains("VEGA"), "{}", stranger.status);
}

#[tokio::test]
async fn a_record_that_was_not_read_is_named_beside_what_was_found() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = world.open(&browser, HOME, "castellanos", &patient(HOME)).await;
    world.settled(&plan).await;
    let text = browser.get(&plan.at("reconcile")).await.text.replace("<!>", "");
    assert!(text.contains("Read: Valley Primary Care."), "{text}");
    assert!(text.contains("Not read: Nephrology Associates (not connected)."), "{text}");
}
