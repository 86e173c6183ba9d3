//! What is not shared, and who may not decide.

use access::policy::{Operation, Why};
use access::{Outcome, PatientAt, Role};
use axum::http::StatusCode;
use sandbox::EhrConfig;

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::world::{EHRS, World, sign_in_at_ehr};

#[tokio::test]
async fn nobody_but_the_person_decides() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let plan = world.open(&theirs, VALLEY, "castellanos", patient(VALLEY)).await;
    let refused = ask(&theirs, &plan, VALLEY, "care-team", "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert!(consents(&world).await.is_empty());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    let consent = consents(&world).await.remove(0);
    let form = [("consent", consent.id.as_str())];
    let refused = theirs.post(&plan.url, &plan.at("sharing/revoke"), &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_eq!(stands(&world, VALLEY).await, (true, true));
    let at = PatientAt::new(VALLEY, patient(VALLEY));
    let events = world.server.trail.of_patient(&tenant(), &at).await.expect("the log can be read");
    let why = Outcome::Refused(Why::RoleMayNot(Role::Clinician));
    for operation in [Operation::GiveConsent, Operation::RevokeConsent] {
        assert!(events.iter().any(|event| event.operation == operation && event.outcome == why), "{operation:?}");
    }
}

#[tokio::test]
async fn a_foreign_launch_and_a_foreign_consent_are_answered_like_what_never_was() {
    let world = World::start().await;
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    let consent = consents(&world).await.remove(0);
    let other = at_home(&world, &theirs, "desmond").await;
    // Into somebody else's launch.
    for (path, form) in [
        ("sharing/give", vec![("source", VALLEY), ("purpose", "care-team")]),
        ("sharing/revoke", vec![("consent", consent.id.as_str())]),
    ] {
        let foreign = theirs.post(&other.url, &home.at(path), &form).await;
        let never = other.url.join(&format!("/l/00000000000000000000000000000000/{path}")).expect("an address");
        let never = theirs.post(&other.url, &never, &form).await;
        assert_eq!((foreign.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
        assert_eq!(foreign.text.len(), never.text.len(), "{path}");
    }
    // Somebody else's consent in the own launch.
    for id in [consent.id.as_str(), "00000000000000000000000000000000", "not an id"] {
        let answer = theirs.post(&other.url, &other.at("sharing/revoke"), &[("consent", id)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(stands(&world, VALLEY).await, (true, true));
}

#[tokio::test]
async fn p3_another_patient_than_the_persons_own_is_refused_and_nothing_is_stored() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let answer = share(&browser, &home, VALLEY, "desmond", "").await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
    assert!(answer.text.contains("another person&#x27;s record") || answer.text.contains("another person's record"));
    assert_eq!((consents(&world).await.len(), stands(&world, VALLEY).await), (0, (false, false)));
    let desmond = sandbox::people::whereabouts().into_iter().find(|person| person.name.starts_with("Desmond"));
    let at =
        PatientAt::new(VALLEY, desmond.and_then(|person| person.patient_id(VALLEY).map(str::to_owned)).expect("known"));
    let events = world.server.trail.of_patient(&tenant(), &at).await.expect("the log can be read");
    let found = events.iter().find(|event| event.operation == Operation::GiveConsent).expect("it is in the log");
    assert_eq!(found.outcome, Outcome::PatientMismatch);
}

#[tokio::test]
async fn a_grant_of_somebody_who_works_there_is_not_the_persons_own() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let leave = ask(&browser, &home, VALLEY, "care-team", "").await;
    let sign_in = go_on(&browser, &leave).await;
    let answer = sign_in_at_ehr(&browser, sign_in, "castellanos", patient(VALLEY)).await;
    assert!(answer.text.contains("was not the patient"), "{} {}", answer.status, answer.text);
    assert_eq!((consents(&world).await.len(), stands(&world, VALLEY).await), (0, (false, false)));
}

#[tokio::test]
async fn t6_without_a_token_that_lasts_nothing_is_shared_and_that_is_said() {
    let ehrs = EHRS.iter().map(|(id, name, _)| EhrConfig {
        refuse_types: vec!["offline_access".to_owned()],
        ..EhrConfig::new(*id, *name)
    });
    let world = World::with(ehrs.collect()).await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let answer = share(&browser, &home, VALLEY, "marisol", "").await;
    assert!(answer.text.contains("gave no access that lasts when you have gone"), "{}", answer.text);
    assert_eq!((consents(&world).await.len(), stands(&world, VALLEY).await), (0, (false, false)));
}

#[tokio::test]
async fn a_declined_sign_in_shares_nothing() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    let leave = ask(&browser, &home, VALLEY, "care-team", "").await;
    let sign_in = go_on(&browser, &leave).await;
    let asked =
        sign_in.way.iter().find(|url| url.query().is_some_and(|query| query.contains("state="))).expect("asked");
    let state = asked.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    let back =
        world.accord.join(&format!("callback/valley-ehr?error=access_denied&state={state}")).expect("an address");
    let declined = browser.get(&back).await;
    assert_eq!(declined.status, StatusCode::FORBIDDEN, "{}", declined.text);
    assert!(consents(&world).await.is_empty());
}

#[tokio::test]
async fn what_names_no_source_or_purpose_of_ours_is_no_page() {
    let world = World::start().await;
    let browser = Browser::new();
    let home = at_home(&world, &browser, "marisol").await;
    for (source, purpose) in [("nowhere", "care-team"), (VALLEY, "everything"), ("", ""), ("../x", "care-team")] {
        let answer = ask(&browser, &home, source, purpose, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{source} {purpose}");
    }
}
