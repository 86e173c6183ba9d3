//! The choice of a provider.

use std::sync::Arc;

use app::pages::{connect_document, sign_in_document};
use app::parts::Badge;
use app::sections::{ProviderChoice, ProviderSheet};

use crate::support::{Desk, draw, picture};

fn choice(name: &str, connected: bool) -> ProviderChoice {
    ProviderChoice {
        name: name.to_owned(),
        aliases: vec!["Valley Family Doctors".to_owned(), "VPC".to_owned()],
        place: Some("Cedar Hollow, CA".to_owned()),
        portal: Some("MyValley".to_owned()),
        signs_in_at: Some("Valley Health".to_owned()),
        badge: Badge { name: "Valley Health".to_owned(), tag: "VH".to_owned(), place: 0 },
        href: "/sign-in?at=valley-ehr".to_owned(),
        connected,
    }
}

fn sheet(sought: &str, choices: Vec<ProviderChoice>, matching: usize) -> ProviderSheet {
    ProviderSheet {
        action: "/sign-in".to_owned(),
        kept: vec![("for".to_owned(), "panel".to_owned())],
        sought: sought.to_owned(),
        choices,
        matching,
    }
}

async fn signing_in(sheet: ProviderSheet) -> String {
    draw(None, move || sign_in_document(sheet.clone(), false)).await.html
}

#[tokio::test]
async fn an_empty_sign_in_page_says_so() {
    let html = signing_in(sheet("", Vec::new(), 0)).await;
    assert!(html.contains("No place to sign in has been set up yet.") && !html.contains("<form"));
}

#[tokio::test]
async fn a_sign_in_that_leads_to_the_panel_says_so() {
    let html = draw(None, || sign_in_document(sheet("", Vec::new(), 0), true)).await.html;
    assert!(html.contains("Sign in to your panel") && html.contains("href=\"/sign-in\""), "{html}");
    assert!(!signing_in(sheet("", Vec::new(), 0)).await.contains("panel"), "a sign-in to a plan does not speak of it");
}

#[tokio::test]
async fn a_provider_shows_what_its_patients_know_and_where_one_signs_in() {
    let html = signing_in(sheet("", vec![choice("Valley Primary Care", false)], 1)).await;
    for words in [
        "Sign in at Valley Primary Care",
        "href=\"/sign-in?at=valley-ehr\"",
        "Cedar Hollow, CA · also called Valley Family Doctors and VPC · portal: MyValley · you sign in at Valley Health",
        "1 place can be chosen here.",
    ] {
        assert!(html.contains(words), "{words} is missing in {html}");
    }
}

#[tokio::test]
async fn the_search_is_a_form_that_needs_no_script_and_keeps_what_the_address_says() {
    let html = signing_in(sheet("kidney", vec![choice("Kidney", false)], 1)).await;
    assert!(html.contains("role=\"search\" method=\"get\" action=\"/sign-in\""), "{html}");
    assert!(html.contains("type=\"hidden\" name=\"for\" value=\"panel\""), "{html}");
    assert!(html.contains("value=\"kidney\"") && html.contains("href=\"/sign-in?for=panel\""), "{html}");
    assert!(html.contains("1 place matches."));
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_what_to_do_and_a_long_list_how_many_there_are() {
    let html = signing_in(sheet("zebra", Vec::new(), 0)).await;
    assert!(html.contains("No place that can be chosen here is called so.") && html.contains("Show all"));
    let html = signing_in(sheet("", vec![choice("Clinic", false)], 700)).await;
    assert!(html.contains("1 of 700 places are shown."), "{html}");
}

#[tokio::test]
async fn inside_a_plan_a_record_that_is_there_cannot_be_connected_again() {
    let sheet = sheet("", vec![choice("Valley Primary Care", true), choice("Kidney Clinic", false)], 2);
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    let html = draw(Some(desk), move || connect_document(sheet.clone())).await.html;
    assert!(html.contains("Connect another record") && html.contains("Connect Kidney Clinic"));
    assert!(html.contains("is connected") && !html.contains("Connect Valley Primary Care"));
}
