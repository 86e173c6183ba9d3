//! An EHR opens Accord in a frame of its own page; and two launches of one browser come back at once.

use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use url::Url;

use crate::support::browser::{Browser, Page, Stands};
use crate::support::form::{self, unescape};
use crate::support::world::{World, sign_in_at_ehr};

const EHR: &str = "https://ehr.example";

/// A world whose tenant lets its EHR frame it.
async fn world() -> World {
    World::altered(World::ehrs(), |server| server.config.tenants[0].frame_ancestors = vec![EHR.to_owned()]).await
}

/// The address that the EHR sends a browser to, for one of its people.
fn launch(world: &World, person: usize) -> Url {
    let people = sandbox::people::whereabouts();
    let patient = people[person].patient_id("valley-ehr").expect("known at Valley");
    world.sandbox.ehr("valley-ehr").launch("accord", "castellanos", patient).expect("the EHR knows them")
}

fn ancestors(page: &Page) -> &str {
    let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert_eq!(policy.matches("frame-ancestors").count(), 1, "{policy}");
    policy.split("frame-ancestors ").nth(1).expect("it says who may frame the page")
}

#[tokio::test]
async fn e1_e6_a_launch_in_a_frame_keeps_partitioned_cookies_and_may_be_framed_by_its_tenants_ehr() {
    let world = world().await;
    let browser = Browser::standing(Stands::Frame);
    let plan = browser.get(&launch(&world, 0)).await;
    assert!(plan.status.is_success() && plan.text.contains("VEGA-THORNTON"), "{} {}", plan.status, plan.text);
    let given = browser.given();
    assert!(given.iter().any(|line| line.starts_with("__Host-sid-framed=")), "{given:?}");
    for line in given {
        assert!(line.contains("; Secure; HttpOnly; SameSite=None; Partitioned"), "{line}");
    }
    for path in ["plan", "sources", "nothing", "goals/none"] {
        let page = browser.get(&plan.at(path)).await;
        assert_eq!(ancestors(&page), EHR, "{path}");
        assert!(!page.headers.contains_key("cross-origin-opener-policy"), "{path}");
    }
    let forbidden = browser.get(&world.accord.join("callback/valley-ehr?state=x").expect("an address")).await;
    assert_eq!((forbidden.status, ancestors(&forbidden)), (StatusCode::BAD_REQUEST, EHR));
}

#[tokio::test]
async fn e1_e6_a_launch_in_a_window_keeps_lax_cookies_and_may_be_framed_by_nobody() {
    let world = world().await;
    let browser = Browser::standing(Stands::Window);
    let plan = browser.get(&launch(&world, 0)).await;
    assert!(plan.text.contains("VEGA-THORNTON"), "{}", plan.text);
    assert!(browser.given().iter().all(|line| line.contains("SameSite=Lax")), "{:?}", browser.given());
    for path in ["plan", "nothing"] {
        let page = browser.get(&plan.at(path)).await;
        assert_eq!(ancestors(&page), "'none'");
        assert_eq!(page.headers["cross-origin-opener-policy"], "same-origin");
    }
}

#[tokio::test]
async fn e1_a_browser_that_does_not_say_where_it_stands_is_known_by_the_cookie_that_it_kept() {
    let world = world().await;
    let framed = Browser::standing(Stands::Unsaid);
    let plan = framed.get(&launch(&world, 0)).await;
    assert!(plan.text.contains("VEGA-THORNTON"));
    let given = framed.given();
    let session = given.iter().find(|line| line.starts_with("__Host-sid")).expect("a session");
    assert!(session.contains("SameSite=Lax"), "both kinds came back: {session}");
}

#[tokio::test]
async fn e3_a_frame_that_keeps_no_cookie_offers_a_window_before_anything_was_used_up() {
    let world = world().await;
    let browser = Browser::standing(Stands::FrameWithoutCookies);
    let page = browser.get(&launch(&world, 0)).await;
    assert_eq!(page.way.len(), 2, "it was asked twice, and nobody else was: {:?}", page.way);
    assert!(page.way.iter().all(|url| url.path() == "/launch"), "{:?}", page.way);
    assert_eq!(ancestors(&page), EHR, "the button stands in the frame");
    let link =
        page.text.split("<a ").find(|link| link.contains("target=\"_blank\"")).expect("a link that needs no script");
    assert!(link.contains("rel=\"noopener noreferrer\"") && link.contains("Open in a new window"), "{link}");
    let href = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its address");
    let window = Browser::standing(Stands::Window);
    let plan = window.get(&page.url.join(&unescape(href)).expect("an address")).await;
    assert!(plan.text.contains("VEGA-THORNTON"), "the handle was still good: {} {}", plan.url, plan.text);
}

#[tokio::test]
async fn e3_a_window_without_cookies_is_told_so_before_it_leaves() {
    let world = world().await;
    let browser = Browser::standing(Stands::FrameWithoutCookies);
    let mut again = launch(&world, 0);
    again.query_pairs_mut().append_pair("cookie", "given");
    browser.stand(Stands::Window);
    let page = browser.get(&again).await;
    assert_eq!((page.status, page.way.len()), (StatusCode::BAD_REQUEST, 1));
    assert!(page.text.contains("keeps no cookie"));
}

#[tokio::test]
async fn e4_a_source_that_refuses_frames_is_opened_in_a_window_at_once() {
    let world = World::altered(World::ehrs(), |server| {
        server.config.tenants[0].frame_ancestors = vec![EHR.to_owned()];
        server.config.sources[0].quirks = vec![server::config::Quirk::RefusesFrames];
    })
    .await;
    let page = Browser::standing(Stands::Frame).get(&launch(&world, 0)).await;
    assert!(page.way.len() == 1 && page.text.contains("Open in a new window"), "{:?}", page.way);
    let plan = Browser::standing(Stands::Window).get(&launch(&world, 0)).await;
    assert!(plan.text.contains("VEGA-THORNTON"));
}

/// Reads the page that asks once more, and says yes on it.
async fn sure(browser: &Browser, asked: &Page, ending: &str) -> Page {
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    assert!(asked.text.contains("Nothing has been changed yet."), "{}", asked.text);
    let form = form::with_action(asked, ending).unwrap_or_else(|| panic!("no form to {ending}: {}", asked.text));
    browser.post(&asked.url, &form.action, &form.pairs()).await
}

#[tokio::test]
async fn e6_one_click_in_a_frame_disconnected_a_source() {
    let world = world().await;
    // The simulated EHRs sign nobody in within a frame of another site, so this one is of our own; for us it is a frame.
    for stands in [Stands::FrameAtHome, Stands::Window] {
        let browser = Browser::standing(stands);
        let plan = browser.get(&launch(&world, 0)).await;
        let patient = sandbox::people::whereabouts()[0].patient_id("nephrology").expect("known there").to_owned();
        let joined = world.sign_in_for(&browser, &plan, "nephrology", "solberg", &patient).await;
        assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
        let sources = browser.get(&plan.at("sources")).await;
        let form = form::with_action(&sources, "disconnect/nephrology").expect("a form");
        let answer = browser.post(&sources.url, &form.action, &form.pairs()).await;
        let told = match stands {
            Stands::FrameAtHome => {
                assert!(answer.text.contains("Disconnect Nephrology Associates?"), "{}", answer.text);
                assert_eq!(ancestors(&answer), EHR);
                let after = browser.get(&plan.at("sources")).await;
                assert!(form::with_action(&after, "disconnect/nephrology").is_some(), "still connected");
                sure(&browser, &answer, "disconnect/nephrology").await
            }
            _ => answer,
        };
        assert!(told.text.contains("Nephrology Associates is disconnected"), "{}", told.text);
    }
}

#[tokio::test]
async fn e6_one_click_in_a_frame_took_a_consent_back() {
    let world = world().await;
    let browser = Browser::standing(Stands::FrameAtHome);
    let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
    let home = sign_in_at_ehr(&browser, sign_in, "marisol", "").await;
    let at = access::PatientAt::new(
        "valley-ehr",
        sandbox::people::whereabouts()[0].patient_id("valley-ehr").expect("known"),
    );
    let tenant = access::TenantId::new("valley");
    let person = world.server.persons.lookup(&tenant, &at).await.expect("the store answers").expect("known");
    let given = access::Consent {
        id: access::ConsentId::from_random([3; 16]),
        person,
        source: "valley-ehr".to_owned(),
        purpose: access::Purpose::CareTeam,
        by: access::UserKey { issuer: "valley".to_owned(), subject: "marisol".to_owned() },
        role: access::Role::Patient,
        given: world.server.clock.now(),
        until: None,
        revoked: None,
    };
    world.server.consents.give(&tenant, &given).await.expect("the store answers");
    let sharing = browser.get(&home.at("sharing")).await;
    let form = form::with_action(&sharing, "sharing/revoke").expect("something to take back");
    let asked = browser.post(&sharing.url, &form.action, &form.pairs()).await;
    assert!(asked.text.contains("take back"), "{}", asked.text);
    let stands = async || {
        let consent = world.server.consents.lookup(&tenant, &given.id).await.expect("the store answers");
        consent.expect("it was given").revoked.is_none()
    };
    assert!(stands().await, "one click takes nothing back");
    let told = sure(&browser, &asked, "sharing/revoke").await;
    assert!(told.text.contains("is taken back"), "{}", told.text);
    assert!(!stands().await);
}

#[tokio::test]
async fn e6_what_a_frame_is_told_after_the_end_may_still_be_shown_there() {
    let world = world().await;
    let browser = Browser::standing(Stands::Frame);
    let plan = browser.get(&launch(&world, 0)).await;
    browser.post(&plan.url, &world.accord.join("sign-out").expect("an address"), &[]).await;
    let after = browser.get(&plan.url).await;
    assert_eq!((after.status, ancestors(&after)), (StatusCode::NOT_FOUND, EHR));
    let stranger = Browser::standing(Stands::Frame).get(&plan.url).await;
    assert_eq!(ancestors(&stranger), "'none'", "who never launched here is framed by nobody");
}

#[tokio::test]
async fn e5_a_form_of_another_site_is_refused_although_a_framed_cookie_comes_along() {
    let world = world().await;
    let browser = Browser::standing(Stands::Frame);
    let plan = browser.get(&launch(&world, 0)).await;
    let elsewhere = Url::parse(EHR).expect("an address");
    for path in ["api/retry_source", "api/save_goal"] {
        let refused = browser.post(&elsewhere, &plan.at(path), &[("source", "valley-ehr")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        let unaccounted = browser.post_unaccounted(&plan.at(path)).await;
        assert_eq!(unaccounted, StatusCode::FORBIDDEN, "{path}: neither Origin nor fetch metadata");
    }
    let own = browser.post(&plan.url, &plan.at("api/retry_source"), &[("source", "valley-ehr")]).await;
    assert_eq!(own.status, StatusCode::OK, "its own form is answered: {}", own.url);
}

#[tokio::test]
async fn p6_a_window_and_a_frame_of_one_browser_are_two_sessions_and_signing_out_ends_both() {
    let world = world().await;
    let browser = Browser::standing(Stands::Window);
    let window = browser.get(&launch(&world, 0)).await;
    browser.stand(Stands::FrameAtHome);
    let frame = browser.get(&launch(&world, 1)).await;
    assert!(frame.text.contains("BRANDT"), "{}", frame.text);
    for (page, name) in [(&window, "VEGA-THORNTON"), (&frame, "BRANDT")] {
        let again = browser.get(&page.url).await;
        assert!(
            again.text.contains(name),
            "both cookies are sent, the one that opens the launch counts: {}",
            again.text
        );
    }
    browser.post(&frame.url, &world.accord.join("sign-out").expect("an address"), &[]).await;
    for page in [&window, &frame] {
        assert_eq!(browser.get(&page.url).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn s5_two_launches_that_come_back_at_once_end_in_one_session() {
    let world = world().await;
    let browser = Browser::standing(Stands::Window);
    let first = browser.up_to(&launch(&world, 0), "/callback/").await;
    let second = browser.up_to(&launch(&world, 1), "/callback/").await;
    // Both are asked before either is answered, so the second brings no session yet.
    let at_once = browser.twin();
    let first = browser.get(&first).await;
    assert!(first.text.contains("VEGA-THORNTON"), "{}", first.text);
    let second = at_once.get(&second).await;
    assert!(second.url.path().starts_with("/l/"), "{} {}", second.url, second.text);
    assert!(
        !at_once.given().iter().any(|line| line.starts_with("__Host-sid")),
        "no cookie that would replace the first's"
    );
    for (page, name) in [(&first, "VEGA-THORNTON"), (&second, "BRANDT")] {
        let again = browser.get(&page.url).await;
        assert!(again.text.contains(name), "{} {}", again.status, again.text);
    }
}

#[tokio::test]
async fn a_browser_that_lost_its_cookie_on_the_way_gets_one_with_its_next_launch() {
    let world = world().await;
    let browser = Browser::standing(Stands::Window);
    let callback = browser.up_to(&launch(&world, 0), "/callback/").await;
    let lost = browser.twin().get(&callback).await;
    assert!(lost.text.contains("VEGA-THORNTON"), "the twin has it, the browser does not");
    let again = browser.get(&launch(&world, 0)).await;
    assert!(again.text.contains("VEGA-THORNTON"), "{} {}", again.status, again.text);
}

#[tokio::test]
async fn s5_who_knew_the_browser_before_its_sign_in_opens_nothing_by_it() {
    let world = world().await;
    let browser = Browser::standing(Stands::Window);
    let callback = browser.up_to(&launch(&world, 0), "/callback/").await;
    let planted = browser.up_to(&launch(&world, 1), "/callback/").await;
    let stranger = browser.twin();
    let mine = browser.get(&callback).await;
    assert!(mine.text.contains("VEGA-THORNTON"));
    assert_eq!(stranger.get(&mine.url).await.status, StatusCode::NOT_FOUND);
    stranger.get(&planted).await;
    assert_eq!(stranger.get(&mine.url).await.status, StatusCode::NOT_FOUND, "nor by a launch of the stranger's own");
    assert!(!stranger.given().iter().any(|line| line.starts_with("__Host-sid")));
    world.clock.by_seconds(31);
    let later = stranger.up_to(&launch(&world, 1), "/callback/").await;
    assert_eq!(stranger.get(&later).await.status, StatusCode::OK, "a session of their own");
    assert_eq!(stranger.get(&mine.url).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&mine.url).await.status, StatusCode::OK);
}
