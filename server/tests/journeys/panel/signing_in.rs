//! Signing in without a person, and who is not let in.

use axum::http::StatusCode;
use sandbox::Hostility;
use sandbox::hostile::IdTokenWay;

use super::stage::{Shared, coordinator, open, patient, share, world};
use crate::support::browser::Browser;
use crate::support::world::World;

#[tokio::test]
async fn s5_a_sign_in_without_a_person_gives_the_browser_a_new_cookie_and_nobodys_record() {
    let world = world().await;
    let browser = Browser::new();
    coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let first = browser.cookies();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert_eq!(panel.status, StatusCode::OK);
    let second = browser.cookies();
    assert!(first.iter().all(|cookie| !cookie.is_empty()) && first != second, "the cookie is another one");
    for way in &panel.way {
        assert!(!way.path().starts_with("/l/"), "{way}");
    }
    assert!(panel.url.query().is_none(), "neither code nor state stays in the address: {}", panel.url);
}

#[tokio::test]
async fn t8_the_token_of_a_sign_in_without_a_person_stayed_good_at_its_source() {
    let world = world().await;
    // For whoever the panel opens to, and for whoever it does not.
    for user in ["okoro", "castellanos"] {
        coordinator(&world, &Browser::new(), "valley-ehr", user).await;
        assert_eq!(world.sandbox.ehr("valley-ehr").expire_tokens(), 0, "{user}: it was given back");
    }
}

#[tokio::test]
async fn a_clinician_is_told_what_to_do_instead_and_opens_no_panel() {
    let world = world().await;
    share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let page = coordinator(&world, &browser, "valley-ehr", "castellanos").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("opens one person") && page.text.contains("/sign-in?at=valley-ehr\""), "{}", page.text);
    let panel = browser.get(&world.accord.join("panel").expect("an address")).await;
    assert_eq!(panel.status, StatusCode::NOT_FOUND);
    assert!(!panel.text.contains("VEGA"));
    // Nor with a launch of their own open.
    world.open(&browser, "valley-ehr", "castellanos", &patient("valley-ehr", "marisol")).await;
    assert_eq!(browser.get(&world.accord.join("panel").expect("an address")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn c3_c4_somebody_of_another_server_with_a_coordinators_id_opened_the_panel() {
    let world = World::altered(World::ehrs(), |server| {
        server.config.tenants[0].coordinators.push("valley-ehr/Practitioner/elsewhere".to_owned());
    })
    .await;
    share(&world, "valley-ehr", "marisol").await;
    // The source names the user as `Practitioner/elsewhere` of a server that is not its own.
    world.sandbox.ehr("valley-ehr").set_hostility(Some(Hostility::IdToken(IdTokenWay::FhirUserElsewhere)));
    let browser = Browser::new();
    let page = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
    let panel = browser.get(&world.accord.join("panel").expect("an address")).await;
    assert_eq!(panel.status, StatusCode::NOT_FOUND);
    assert!(!panel.text.contains("VEGA"));
}

#[tokio::test]
async fn a_patient_is_led_to_their_own_plan() {
    let world = world().await;
    let browser = Browser::new();
    let page = coordinator(&world, &browser, "valley-ehr", "marisol").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("Your own plan is open to you") && page.text.contains("Open my plan"), "{}", page.text);
}

#[tokio::test]
async fn nobody_opens_the_panel_or_a_person_without_signing_in() {
    let world = world().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = browser.get(&world.accord.join("panel").expect("an address")).await;
    assert_eq!(panel.status, StatusCode::NOT_FOUND);
    let opened = open(&browser, &panel, &person).await;
    assert_eq!(opened.status, StatusCode::NOT_FOUND);
    assert!(!opened.text.contains("VEGA"));
}

#[tokio::test]
async fn p6_another_user_at_the_browser_ends_the_coordinators_sign_in_and_launches() {
    let world = world().await;
    let Shared { person, .. } = share(&world, "valley-ehr", "marisol").await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let plan = open(&browser, &panel, &person).await;
    assert_eq!(plan.status, StatusCode::OK);
    let clinician = world.open(&browser, "valley-ehr", "castellanos", &patient("valley-ehr", "ruth")).await;
    assert_eq!(clinician.status, StatusCode::OK);
    for page in [&panel, &plan] {
        assert_eq!(browser.get(&page.url).await.status, StatusCode::NOT_FOUND, "{}", page.url);
    }
    // And the other way about: whoever signs in without a person finds nothing of the one before.
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    assert_eq!(panel.status, StatusCode::OK);
    assert_eq!(browser.get(&clinician.url).await.status, StatusCode::NOT_FOUND);
    // Also where the panel is not open to them.
    coordinator(&world, &browser, "valley-ehr", "whitfield").await;
    let after = browser.get(&panel.url).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND);
    assert!(after.text.contains("href=\"/sign-in?for=panel\""), "it leads to the sign-in: {}", after.text);
}

#[tokio::test]
async fn signing_out_ends_the_sign_in() {
    let world = world().await;
    let browser = Browser::new();
    let panel = coordinator(&world, &browser, "valley-ehr", "okoro").await;
    let out = browser.post(&panel.url, &panel.url.join("/sign-out").expect("an address"), &[]).await;
    assert_eq!(out.status, StatusCode::OK);
    assert_eq!(browser.get(&panel.url).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_choice_of_places_leads_to_the_panel_where_it_was_asked_for() {
    let world = world().await;
    let browser = Browser::new();
    let choice = browser.get(&world.accord.join("sign-in?for=panel").expect("an address")).await;
    assert!(choice.text.contains("/sign-in?at=valley-ehr&amp;for=panel"), "{}", choice.text);
    assert!(choice.text.contains("Sign in to your panel"), "{}", choice.text);
}

#[tokio::test]
async fn p10_a_launch_of_an_ehr_leads_to_no_search_and_to_nobody_else() {
    let world = world().await;
    share(&world, "valley-ehr", "ruth").await;
    let browser = Browser::new();
    let plan = world.open(&browser, "valley-ehr", "castellanos", &patient("valley-ehr", "marisol")).await;
    for path in ["plan", "sources", "sharing"] {
        let page = browser.get(&plan.at(path)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.contains("/panel") && !page.text.contains("KEALOHA"), "{path}: {}", page.text);
    }
}
