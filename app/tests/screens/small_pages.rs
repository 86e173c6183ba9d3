//! Pages without a person.

use access::Role;
use app::pages::{DemoLink, SignInChoice, Trouble, error_document, signed_out_document, start_document};

use crate::support::draw;

fn choices() -> Vec<SignInChoice> {
    vec![SignInChoice {
        name: "Valley Primary Care".to_owned(),
        tag: "VP".to_owned(),
        href: "/sign-in?source=valley-ehr".to_owned(),
    }]
}

#[tokio::test]
async fn the_start_page_offers_the_three_ways_into_the_demo() {
    let demo = || {
        [Role::Clinician, Role::Patient, Role::Coordinator]
            .map(|role| DemoLink { role, href: format!("/demo/{role:?}") })
            .to_vec()
    };
    let html = draw(None, move || start_document(demo(), choices())).await.html;
    for words in [
        "Open as clinician",
        "Open as patient",
        "Open as coordinator",
        "/demo/Patient",
        "simulated records, invented people",
        "opened from the EHR; three more records",
        "Your own plan",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("Sign in at"));
}

#[tokio::test]
async fn without_a_demo_the_start_page_lists_where_to_sign_in() {
    let html = draw(None, move || start_document(Vec::new(), choices())).await.html;
    assert!(html.contains("Sign in at Valley Primary Care") && html.contains("href=\"/sign-in?source=valley-ehr\""));
}

#[tokio::test]
async fn each_trouble_says_what_happened_and_what_to_do() {
    let all = [Trouble::not_found(), Trouble::forbidden(), Trouble::gone(), Trouble::internal("r-17".to_owned())];
    for trouble in all {
        let shown = trouble.clone();
        let html = draw(None, move || error_document(shown.clone())).await.html;
        assert!(html.contains(&trouble.what_to_do) && html.contains(&trouble.title), "{}", trouble.title);
        assert_eq!(html.contains("r-17"), trouble.reference.is_some());
    }
}

#[tokio::test]
async fn the_signed_out_page_warns_of_the_session_elsewhere() {
    assert!(draw(None, signed_out_document).await.html.contains("You may still be signed in at the record system"));
}

#[tokio::test]
async fn a_page_names_its_language_and_starts_one_script() {
    let html = draw(None, signed_out_document).await.html;
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\""), "{}", &html[..60]);
    assert!(html.contains("async") && html.contains("src=\"/pkg/start.js\"") && html.contains("href=\"/pkg/a.css\""));
}
