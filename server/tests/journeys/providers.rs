//! The choice of a provider: by the names that patients know, and only what the operator registered.

use std::time::Duration;

use axum::http::StatusCode;
use sandbox::hostile::{BrandsWay, Hostility, Step};
use sandbox::{EhrConfig, ListedBrands};
use server::Brands;

use crate::support::browser::{Browser, Page};
use crate::support::world::{EHRS, World};

/// A world whose pages wait for every list as long as it takes, so that nothing here depends on how fast a machine is.
async fn patient_world(ehrs: Vec<EhrConfig>) -> World {
    World::altered(ehrs, |server| server.brands = Brands::with_patience(Duration::from_secs(120))).await
}

async fn sign_in(world: &World, query: &str) -> Page {
    Browser::new().get(&world.accord.join(&format!("sign-in{query}")).expect("an address")).await
}

/// The sources that the choices of a page lead to, in their order.
fn choices(page: &Page) -> Vec<String> {
    assert_eq!(page.status, StatusCode::OK);
    let list = page.text.split_once("<ul class=\"providers\">").map_or("", |(_, rest)| rest);
    let list = list.split_once("</ul>").map_or("", |(list, _)| list);
    let links = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let at = |link: &str| {
        let (_, source) = link.split_once("/sign-in?at=").or_else(|| link.split_once("/connect/"))?;
        Some(source.split('&').next().unwrap_or_default().to_owned())
    };
    links.filter_map(at).collect()
}

#[tokio::test]
async fn d9_each_source_is_offered_by_the_names_that_its_patients_know() {
    let world = patient_world(World::ehrs()).await;
    let page = sign_in(&world, "").await;
    assert_eq!(choices(&page), EHRS.map(|(id, _, _)| id));
    for words in [
        "Sign in at Valley Primary Care",
        "Cedar Hollow, CA · also called Valley Family Doctors and VPC · portal: MyValley",
        "Marlow, CA",
        "4 places can be chosen here.",
    ] {
        assert!(page.text.contains(words), "{words} is missing in {}", page.text);
    }
}

#[tokio::test]
async fn a_provider_is_found_by_name_other_name_place_and_portal_without_script() {
    let world = patient_world(World::ehrs()).await;
    for (sought, found) in [
        ("kidney", vec!["nephrology"]),
        ("KIDNEY+hollow", vec!["nephrology"]),
        ("family+doctors", vec!["valley-ehr"]),
        ("m%C3%A1rlow", vec!["university"]),
        ("uh+connect", vec!["university"]),
        ("cedar", vec!["valley-ehr", "nephrology", "homehealth"]),
        ("homehealth%20plus", vec!["homehealth"]),
        ("%20", vec!["valley-ehr", "nephrology", "university", "homehealth"]),
        ("kidney+marlow", Vec::new()),
    ] {
        let page = sign_in(&world, &format!("?q={sought}")).await;
        assert_eq!(choices(&page), found, "{sought}");
    }
    let panel = sign_in(&world, "?for=panel&q=kidney").await;
    assert!(panel.text.contains("/sign-in?at=nephrology&amp;for=panel"), "{}", panel.text);
}

#[tokio::test]
async fn a_source_without_brands_or_without_an_answer_is_offered_by_its_configured_name() {
    let mut ehrs = World::ehrs();
    ehrs[1].brands = ListedBrands::None;
    let world = patient_world(ehrs).await;
    world.sandbox.ehr("homehealth").stop().await;
    let page = sign_in(&world, "").await;
    assert_eq!(choices(&page), EHRS.map(|(id, _, _)| id));
    assert!(page.text.contains("Sign in at Nephrology Associates") && page.text.contains("Sign in at HomeHealth Plus"));
    assert!(!page.text.contains("Kidney") && !page.text.contains("Visiting Nurses"));
}

#[tokio::test]
async fn a_page_does_not_wait_for_a_list_that_never_comes() {
    let world = World::altered(World::ehrs(), |server| {
        server.brands = Brands::with_patience(Duration::from_millis(100));
    })
    .await;
    world.sandbox.ehr("university").set_hostility(Some(Hostility::Brands(BrandsWay::Never)));
    let page = sign_in(&world, "").await;
    assert_eq!(choices(&page), EHRS.map(|(id, _, _)| id));
    assert!(page.text.contains("Sign in at University Hospital") && !page.text.contains("Marlow"));
}

#[tokio::test]
async fn a_list_that_came_once_is_shown_while_its_source_is_down() {
    let world = patient_world(World::ehrs()).await;
    assert!(sign_in(&world, "").await.text.contains("Marlow"));
    world.sandbox.ehr("university").stop().await;
    world.clock.by_seconds(2 * 3600);
    assert!(sign_in(&world, "").await.text.contains("Marlow"));
}

#[tokio::test]
async fn a_hostile_list_of_brands_misleads_nobody_and_keeps_no_page_away() {
    // What never comes has a case of its own.
    for lie in Step::Brands.ways().filter(|lie| *lie != Hostility::Brands(BrandsWay::Never)) {
        let world = patient_world(World::ehrs().into_iter().take(2).collect()).await;
        world.sandbox.ehr("nephrology").set_hostility(Some(lie));
        let page = sign_in(&world, "").await;
        let offered = choices(&page);
        assert_eq!(offered.iter().filter(|source| *source == "valley-ehr").count(), 1, "{lie}");
        assert!(page.text.contains("Sign in at Valley Primary Care<"), "{lie}");
        assert!(offered.contains(&"nephrology".to_owned()), "{lie}");
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "{lie}");
        assert!(!page.text.contains("collector.example") && !page.text.contains("\"javascript:"), "{lie}");
        assert!(page.text.len() < 100_000, "{lie}: {} bytes", page.text.len());
    }
}

#[tokio::test]
async fn a_brand_under_the_name_of_another_registered_source_is_left_out() {
    let world = patient_world(World::ehrs()).await;
    world.sandbox.ehr("homehealth").set_hostility(Some(Hostility::Brands(BrandsWay::EveryBrandIsMine)));
    let page = sign_in(&world, "").await;
    assert_eq!(choices(&page), EHRS.map(|(id, _, _)| id), "nothing more than the four");
}

#[tokio::test]
async fn many_brands_of_one_source_are_shown_in_part_and_found_by_a_search() {
    let world = patient_world(World::ehrs()).await;
    world.sandbox.ehr("university").set_hostility(Some(Hostility::Brands(BrandsWay::Many)));
    let page = sign_in(&world, "").await;
    assert_eq!(choices(&page).len(), 50);
    assert!(page.text.contains("places are shown. Search for the one you want."));
    let found = sign_in(&world, "?q=clinic+1234").await;
    assert_eq!(choices(&found), ["university"]);
    assert!(found.text.contains("Sign in at Clinic 1234") && found.text.contains("you sign in at University Hospital"));
}

#[tokio::test]
async fn inside_a_plan_the_same_choice_connects_one_more_record() {
    let world = patient_world(World::ehrs()).await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let at = |ehr: &str| people[0].patient_id(ehr).expect("known there").to_owned();
    let plan = world.open(&browser, "valley-ehr", "castellanos", &at("valley-ehr")).await;
    let sources = browser.get(&plan.at("sources")).await;
    assert!(sources.text.contains("Connect another record"), "{}", sources.text);
    let connect = browser.get(&plan.at("connect")).await;
    assert_eq!(choices(&connect), ["nephrology", "university", "homehealth"], "{}", connect.text);
    assert!(connect.text.contains("is connected") && connect.text.contains("VEGA-THORNTON"));
    let found = browser.get(&plan.at("connect?q=kidney")).await;
    assert_eq!(choices(&found), ["nephrology"]);
    assert!(found.text.contains(&format!("href=\"{}/connect/nephrology\"", plan.launch())), "{}", found.text);
    let foreign = Browser::new().get(&plan.at("connect")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}
