//! What is refused, and that nothing leaves the process for it.

use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};

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

/// Begins to sign in at a source and returns the state that the browser carries there.
async fn state_of_a_sign_in(world: &World, browser: &Browser, source: &str) -> String {
    let mut sign_in = world.accord.join("sign-in").expect("an address");
    sign_in.query_pairs_mut().append_pair("at", source);
    let page = browser.get(&sign_in).await;
    let states = page.way.iter().flat_map(|url| url.query_pairs()).filter(|(name, _)| name == "state");
    states.map(|(_, value)| value.into_owned()).next().expect("the way leads over the authorization endpoint")
}

#[tokio::test]
async fn l8_a_page_about_the_refusal_is_a_link_that_tells_nothing_and_only_at_the_source_itself() {
    let world = World::start().await;
    let browser = Browser::new();
    let own = world.sandbox.ehr("nephrology").fhir_base().join("/why").expect("an address");
    for (more, offered) in [(own.as_str(), true), ("https://evil.test/why", false), ("javascript:alert(1)", false)] {
        let state = state_of_a_sign_in(&world, &browser, "nephrology").await;
        let mut callback = world.accord.join("callback/nephrology").expect("an address");
        callback
            .query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_description", "canary-of-a-description")
            .append_pair("error_uri", more)
            .append_pair("state", &state);
        let page = browser.get(&callback).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{more}");
        assert_eq!(page.text.contains(more), offered, "{more}");
        assert_eq!(page.text.contains("rel=\"noopener noreferrer\""), offered, "{more}");
        assert!(!page.text.contains("canary-of-a-description"));
        assert_eq!(page.headers[REFERRER_POLICY], "no-referrer");
    }
}

#[tokio::test]
async fn t8_signing_out_gives_every_grant_back_to_its_source() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id("valley-ehr").expect("known");
    let plan = world.open(&browser, "valley-ehr", "castellanos", patient).await;
    world.settled(&plan).await;
    let launch = access::LaunchId::parse(plan.launch().trim_start_matches("/l/")).expect("a launch");
    let tenant = access::TenantId::new("valley");
    let grants = async || world.server.grants.of_launch(&tenant, &launch).await.expect("a store");
    let [(source, grant)] = grants().await.try_into().expect("one grant");
    assert_eq!(source, "valley-ehr");
    let ask = async || {
        let url = format!("{}/Patient/{patient}", world.sandbox.ehr("valley-ehr").fhir_base());
        let bearer = format!("Bearer {}", grant.access_token.expose()).parse().expect("a value");
        let request = outbound::Request::get(url.parse().expect("an address"));
        world.server.outbound.send(request.header(AUTHORIZATION, bearer)).await.expect("an answer").status
    };
    assert_eq!(ask().await, StatusCode::OK);
    browser.post(&plan.url, &world.accord.join("sign-out").expect("an address"), &[]).await;
    assert_eq!(ask().await, StatusCode::UNAUTHORIZED);
    assert!(grants().await.is_empty());
}

#[tokio::test]
async fn l5_a_launch_that_is_too_long_for_an_address_goes_on_by_a_form() {
    let world = World::start().await;
    let browser = Browser::new();
    let mut launch = world.accord.join("launch").expect("an address");
    let iss = world.sandbox.ehr("valley-ehr").fhir_base();
    launch.query_pairs_mut().append_pair("iss", iss.as_str()).append_pair("launch", &"x".repeat(4000));
    let page = browser.get(&launch).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.way.iter().all(|url| url.path() == "/launch"), "{:?}", page.way);
    assert!(page.text.contains("method=\"post\"") && page.text.contains("<button"), "{}", page.text);
    let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(
        policy.contains("script-src 'nonce-") && policy.contains("form-action 'self' http://127.0.0.1:"),
        "{policy}"
    );
    assert_eq!(page.headers[REFERRER_POLICY], "no-referrer");
    assert_eq!(page.headers[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn s9_the_way_into_a_plan_sends_no_referrer_and_ends_at_a_clean_address() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let plan =
        world.open(&browser, "valley-ehr", "castellanos", people[0].patient_id("valley-ehr").expect("known")).await;
    assert_eq!((plan.status, plan.url.query()), (StatusCode::OK, None));
    assert_eq!(plan.headers[REFERRER_POLICY], "same-origin");
    let callback = plan.way.iter().find(|url| url.path().starts_with("/callback/")).expect("the callback");
    assert_eq!(browser.get(callback).await.headers[REFERRER_POLICY], "no-referrer");
    assert!(!plan.text.contains(callback.query().expect("a code")));
}

#[tokio::test]
async fn signing_in_again_as_somebody_else_does_not_change_whose_plan_it_is() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let at_valley = |person: usize| people[person].patient_id("valley-ehr").expect("known at Valley");
    let plan = world.open(&browser, "valley-ehr", "castellanos", at_valley(0)).await;
    let other = world.connect(&browser, &plan, "valley-ehr", "castellanos", at_valley(1)).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.text);
    let still = browser.get(&plan.url).await;
    assert!(still.text.contains("VEGA-THORNTON") && !still.text.contains("BRANDT"));
}
