//! Two processes on one PostgreSQL: whatever one of them was told, the other knows.

use std::sync::Arc;

use access::{PatientAt, TenantId};
use axum::http::StatusCode;
use server::Server;

use crate::shared_plan::stage::{COORDINATOR, DOCTOR, actor, add_goal, patient, start};
use crate::support::browser::Browser;
use crate::support::shared::{Front, Shared};
use crate::support::world::World;

/// Two processes, and what stands before them.
async fn two() -> Option<(World, Arc<Server>, Front)> {
    let world = World::sharing(Shared::prepared().await?).await;
    let second = world.second().await;
    let front = world.shared.as_ref().expect("it shares").front.clone();
    Some((world, second, front))
}

#[tokio::test]
async fn who_signed_in_at_one_process_goes_on_at_the_other_and_signs_out_of_both() {
    let Some((world, _second, front)) = two().await else { return };
    let browser = Browser::new();
    let page = world.open(&browser, "valley-ehr", DOCTOR, &patient(0)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    front.to(1);
    let there = browser.get(&page.url).await;
    assert!(there.status == StatusCode::OK && there.text.contains("VEGA-THORNTON"), "{} {}", there.url, there.text);
    let stranger = Browser::new().get(&page.url).await;
    assert!(!stranger.text.contains("VEGA-THORNTON"), "the cookie it is that opens the plan");

    browser.post(&page.url, &world.accord.join("sign-out").expect("an address"), &[]).await;
    front.to(0);
    let after = browser.fork().get(&page.url).await;
    assert!(!after.text.contains("VEGA-THORNTON"), "{}", after.text);
}

#[tokio::test]
async fn a_launch_that_began_at_one_process_is_finished_at_the_other() {
    let Some((world, _second, front)) = two().await else { return };
    front.by_turns();
    for _ in 0..4 {
        let browser = Browser::new();
        let page = world.open(&browser, "valley-ehr", DOCTOR, &patient(0)).await;
        assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
        assert!(page.text.contains("VEGA-THORNTON"), "{}", page.text);
        // What the source has sent the browser back with is good once, whoever is asked.
        let back = page.way.iter().find(|url| url.path().starts_with("/callback/")).expect("the way led there");
        for _ in 0..2 {
            let again = browser.get(back).await;
            assert!(!again.url.path().ends_with("/plan"), "{}", again.url);
        }
    }
}

#[tokio::test]
async fn the_same_human_is_the_same_person_at_both_processes_also_when_both_meet_them_at_once() {
    let Some((world, second, front)) = two().await else { return };
    front.by_turns();
    let browsers: Vec<Browser> = (0..4).map(|_| Browser::new()).collect();
    let patient = patient(0);
    let opened = browsers.iter().map(|browser| world.open(browser, "valley-ehr", DOCTOR, &patient));
    for page in futures::future::join_all(opened).await {
        assert!(page.text.contains("VEGA-THORNTON"), "{} {}", page.url, page.text);
    }
    let (tenant, at) = (TenantId::new("valley"), PatientAt::new("valley-ehr", patient.clone()));
    let person = world.server.persons.lookup(&tenant, &at).await.expect("an answer").expect("known");
    assert_eq!(second.persons.lookup(&tenant, &at).await.expect("an answer"), Some(person.clone()));
    let links = second.persons.links(&tenant, &person).await.expect("an answer");
    assert_eq!(links.len(), 1, "one link, however many came at once: {links:?}");
}

#[tokio::test]
async fn a_plan_that_was_written_at_one_process_is_read_at_the_other() {
    let Some((world, _second, front)) = two().await else { return };
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    add_goal(&coordinator, &plan, "HbA1c that both can live with", "7.5").await;
    front.to(1);
    let doctor = Browser::new();
    let page = world.open(&doctor, "valley-ehr", DOCTOR, &patient(0)).await;
    let list = doctor.get(&page.at("shared-plan")).await;
    assert!(list.text.contains("Diabetes and kidney, together"), "{}", list.text);
}

#[tokio::test]
async fn housekeeping_at_both_processes_at_once_disturbs_nobody() {
    let Some((world, second, _front)) = two().await else { return };
    let browser = Browser::new();
    let page = world.open(&browser, "valley-ehr", DOCTOR, &patient(0)).await;
    for _ in 0..3 {
        tokio::join!(world.server.keep_house(), second.keep_house());
    }
    assert_eq!(browser.get(&page.url).await.status, StatusCode::OK);
}
