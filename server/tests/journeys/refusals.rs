//! What is refused, and that nothing leaves the process for it.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};

use crate::support::browser::Browser;
use crate::support::world::World;

#[tokio::test]
async fn an_issuer_that_nobody_registered_is_refused() {
    let world = World::start().await;
    let browser = Browser::new();
    let registered = world.sandbox.ehr("valley-ehr").fhir_base();
    let lookalikes = [
        format!("{registered}.evil.example"),
        format!("{registered}/../other"),
        "https://ehr.example/fhir".to_owned(),
        registered.as_str().replace("127.0.0.1", "127.0.0.2"),
    ];
    for iss in lookalikes {
        let mut launch = world.accord.join("launch").expect("an address");
        launch.query_pairs_mut().append_pair("iss", &iss).append_pair("launch", "canary-of-a-launch");
        let page = browser.get(&launch).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{iss}");
        assert_eq!(page.way.len(), 1, "{iss}: no redirect");
        assert!(!page.text.contains("canary-of-a-launch"));
        assert_eq!(page.headers[REFERRER_POLICY], "no-referrer");
    }
}

#[tokio::test]
async fn an_answer_is_good_once_and_in_the_browser_that_asked() {
    let world = World::start().await;
    let (browser, other) = (Browser::new(), Browser::new());
    let people = sandbox::people::whereabouts();
    let plan =
        world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
    let callback = plan
        .way
        .iter()
        .find(|url| url.path().starts_with("/callback/"))
        .expect("the way led over the callback")
        .clone();
    for browser in [&browser, &other] {
        let again = browser.get(&callback).await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        assert!(!again.text.contains(callback.query().expect("it has a code")));
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let plan =
        world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
    let elsewhere = world.sandbox.ehr("valley-ehr").fhir_base();
    for path in ["api/retry_source", "api/save_goal"] {
        assert_eq!(browser.post(&elsewhere, &plan.at(path), &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn pages_of_a_launch_are_not_stored_and_allow_nothing_inline() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let plan =
        world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
    for page in
        [browser.get(&plan.url).await, browser.get(&plan.at("sources")).await, browser.get(&plan.at("nothing")).await]
    {
        assert_eq!(page.headers[CACHE_CONTROL], "no-store");
        let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(
            policy.contains("default-src 'none'")
                && policy.contains("frame-ancestors 'none'")
                && !policy.contains("unsafe-inline"),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn signing_out_ends_every_launch_of_the_browser() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let plan =
        world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
    assert_eq!(
        browser.post(&plan.url, &world.accord.join("sign-out").expect("an address"), &[]).await.status,
        StatusCode::OK
    );
    assert_eq!(browser.get(&plan.url).await.status, StatusCode::NOT_FOUND);
}
