//! Something is shared.

use access::policy::Operation;
use access::{Clock, Outcome, PatientAt, PersonSummary, Purpose};
use axum::http::StatusCode;
use smart::Grant;

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::world::World;

#[tokio::test]
async fn a_patient_shares_a_record_and_the_care_team_opens_it() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    let page = mine.get(&home.at("sharing")).await;
    assert!(page.text.contains("What you share, and with whom") && page.text.contains("Not shared"), "{}", page.text);

    let shared = share(&mine, &home, VALLEY, "marisol", "").await;
    assert_eq!(shared.status, StatusCode::OK, "{}", shared.text);
    assert_eq!(shared.launch(), home.launch(), "back in the same plan");
    assert!(
        shared.text.contains("is allowed now.") && shared.text.contains("without an end date, by you."),
        "{}",
        shared.text
    );
    assert_eq!(stands(&world, VALLEY).await, (true, true));

    let panel = panel(&world, &theirs).await;
    assert!(panel.text.contains("VEGA-THORNTON"), "listed by what was kept: {}", panel.text);
    let plan = open_first(&theirs, &panel).await;
    world.settled(&plan).await;
    let plan = theirs.get(&plan.url).await;
    assert!(plan.text.contains("VEGA-THORNTON") && plan.text.contains("Health concerns"), "{}", plan.text);
    let theirs_of_it = theirs.get(&plan.at("sharing")).await;
    assert!(theirs_of_it.text.contains("What this person shares") && theirs_of_it.text.contains("by the patient."));
    assert!(!theirs_of_it.text.contains("/sharing/give") && !theirs_of_it.text.contains("/sharing/revoke"));
}

#[tokio::test]
async fn the_consent_says_who_and_what_and_the_summary_no_more_than_a_panel_shows() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    share(&browser, &home, VALLEY, "marisol", "").await;
    let [consent] = consents(&world).await.try_into().expect("one consent");
    let viewer = world.server.viewer(home.launch().trim_start_matches("/l/")).expect("an open launch");
    assert_eq!((consent.source.as_str(), consent.purpose), (VALLEY, Purpose::CareTeam));
    assert_eq!((Some(consent.by), consent.until), (viewer.user, None));
    let key = key(&world, VALLEY).await;
    let kept = world.server.kept_items.lookup(&key, access::summary::SUMMARY, world.clock.now()).await;
    let kept = kept.expect("the store answers").expect("a summary");
    let summary = PersonSummary::from_bytes(&kept.content).expect("a summary");
    assert!(
        summary.name.starts_with("VEGA-THORNTON, ") && summary.birth_date.is_some() && summary.sex.is_some(),
        "{summary:?}"
    );
    let standing = world.server.standing.lookup(&key, world.clock.now()).await.expect("the store answers");
    let grant = Grant::from_bytes(&standing.expect("a grant").content).expect("a grant");
    assert_eq!(grant.patient.as_deref(), Some(patient(VALLEY)));
    assert!(grant.refresh_token.is_some() && smart_scopes(&grant).contains("offline_access"));
}

fn smart_scopes(grant: &Grant) -> String {
    grant.scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_patient_was_asked_for_purposes_that_nothing_is_done_by() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let page = browser.get(&home.at("sharing")).await;
    assert!(page.text.contains("value=\"care-team\""), "{}", page.text);
    for purpose in ["labelled-items", "offline-reading"] {
        assert!(!page.text.contains(purpose), "{purpose}: {}", page.text);
        let asked = ask(&browser, &home, VALLEY, purpose, "").await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND, "{purpose}: {}", asked.text);
    }
    assert!(consents(&world).await.is_empty());
    // What was given when it was asked for can be taken back.
    gave(&world, Purpose::LabelledItems, 1).await;
    let page = browser.get(&home.at("sharing")).await;
    assert!(page.text.contains("Sensitive entries may be carried on"), "{}", page.text);
    assert!(page.text.contains("Accord does nothing by this at present"), "{}", page.text);
    let told = take_back(&browser, &home).await;
    assert!(told.text.contains("is taken back"), "{}", told.text);
    assert!(consents(&world).await.iter().all(|consent| consent.revoked.is_some()));
}

#[tokio::test]
async fn a_second_record_is_shared_for_itself() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let first = ask(&browser, &home, "nephrology", "care-team", "").await;
    assert!(first.text.contains("connect Nephrology Associates first"), "{}", first.text);
    let sign_in = browser.get(&home.at("connect/nephrology")).await;
    let joined = crate::support::world::sign_in_at_ehr(&browser, sign_in, "marisol", "").await;
    assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
    let shared = share(&browser, &home, "nephrology", "marisol", "").await;
    assert!(shared.text.contains("is allowed now."), "{}", shared.text);
    assert_eq!(stands(&world, "nephrology").await, (true, true));
    assert_eq!(stands(&world, VALLEY).await, (false, false), "nothing else is shared by it");
}

#[tokio::test]
async fn sharing_and_taking_back_are_in_the_log_before_they_are_told() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    share(&browser, &home, VALLEY, "marisol", "").await;
    take_back(&browser, &home).await;
    let at = PatientAt::new(VALLEY, patient(VALLEY));
    let events = world.server.trail.of_patient(&tenant(), &at).await.expect("the log can be read");
    for operation in [Operation::GiveConsent, Operation::RevokeConsent] {
        let found: Vec<_> = events.iter().filter(|event| event.operation == operation).collect();
        let [event] = found[..] else { panic!("{operation:?}: {found:?}") };
        assert_eq!(event.outcome, Outcome::Done);
        assert!(event.who.is_some() && event.launch.is_some() && event.source.as_deref() == Some(VALLEY), "{event:?}");
    }
}
