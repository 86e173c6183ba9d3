//! The search for secrets at the end of every world finds what is there: a search that cannot fail proves nothing.

use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::support::browser::{Browser, Page};
use crate::support::canaries::{Answer, forms, saw};
use crate::support::world::{World, secret};

const PLANTED: HeaderName = HeaderName::from_static("x-planted");

async fn opened() -> (World, Browser, Page) {
    let (world, browser) = (World::start().await, Browser::new());
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id("valley-ehr").expect("known at Valley");
    let plan = world.open(&browser, "valley-ehr", "castellanos", patient).await;
    world.settled(&plan).await;
    (world, browser, plan)
}

/// An answer of Accord as a browser would have had it.
fn answered(url: &Url, header: Option<(HeaderName, &[u8])>, body: &[u8]) {
    let header = header.and_then(|(name, value)| Some((name, HeaderValue::from_bytes(value).ok()?)));
    let headers = HeaderMap::from_iter(header);
    saw(&Answer { url, headers: &headers, body: &String::from_utf8_lossy(body), cookies: Vec::new() });
}

/// One of each kind: what Accord drew, what an EHR gave, what the operator wrote.
fn one_of_each(world: &World, browser: &Browser) -> Vec<String> {
    let token = world.sandbox.ehr("valley-ehr").secrets().pop().expect("a launch has tokens");
    let session = browser.cookies().into_iter().max_by_key(String::len).expect("a launch has a cookie");
    vec![session, token, operators()]
}

fn operators() -> String {
    secret("nephrology")
}

#[tokio::test]
async fn s8_a_secret_is_found_in_whatever_form_and_place_it_is_planted() {
    let (mut world, browser, _) = opened().await;
    let at = |path: &str| world.accord.join(path).expect("an address");
    let mut expected = Vec::new();
    let mut stored = Vec::new();
    for secret in one_of_each(&world, &browser) {
        // What the operator wrote is the same in every world, and the log is the log of them all.
        let may_be_logged = secret != operators();
        for (name, form) in forms(secret.as_bytes()) {
            if may_be_logged {
                tracing::trace!("planted: {}", String::from_utf8_lossy(&form));
                log::trace!("planted: {}", String::from_utf8_lossy(&form));
            }
            answered(&at("planted-body"), None, &[b"<p>", &*form, b"</p>"].concat());
            answered(&at("planted-header"), Some((PLANTED, &form)), b"");
            stored.extend_from_slice(&form);
            stored.push(0);
            let mut places =
                vec!["/planted-body, body: ", "/planted-header, header x-planted: ", "database accord.db-"];
            places.extend(may_be_logged.then_some("log: "));
            expected.extend(places.into_iter().map(|place| (place, secret[..4].to_owned(), name)));
        }
    }
    let folder = world.config_file().parent().expect("a folder").to_owned();
    std::fs::write(folder.join("accord.db-planted"), stored).expect("a file");

    let complaints = world.search().complaints;
    for (place, begin, form) in expected {
        let found = complaints.iter().any(|complaint| {
            let says = complaint.strip_prefix(place).unwrap_or_default();
            says.contains(&format!("{begin}… ")) && says.ends_with(&format!(" as {form}"))
        });
        assert!(found, "not found: {place}{begin}… as {form}");
    }
    let honest: Vec<_> =
        complaints.iter().filter(|text| !text.contains("planted") && !text.starts_with("log")).collect();
    assert!(honest.is_empty(), "{honest:?}");
}

#[tokio::test]
async fn s8_each_secret_has_one_place_and_is_found_beside_it() {
    let (mut world, browser, plan) = opened().await;
    let session = &one_of_each(&world, &browser)[0];
    let begun = browser.get(&plan.at("connect/nephrology")).await;
    let state =
        begun.way.iter().flat_map(Url::query_pairs).find(|(name, _)| name == "state").expect("a launch begun").1;
    let at = |path: &str| world.accord.join(path).expect("an address");
    let foreign = |query: &str| format!("http://ehr.example/authorize?{query}");
    for (path, name, value) in [
        // In their places.
        ("fine-cookie", SET_COOKIE, format!("__Host-sid={session}; Path=/")),
        ("fine-location", LOCATION, foreign(&format!("state={state}&nonce=x"))),
        // Beside them.
        ("wrong-cookie", SET_COOKIE, format!("theme=dark; Path=/{session}")),
        ("wrong-location", LOCATION, foreign(&format!("state=x&theme={state}"))),
        ("own-location", LOCATION, format!("/l/x/plan?state={state}")),
        ("code-location", LOCATION, foreign(&format!("code={state}"))),
    ] {
        answered(&at(path), Some((name, value.as_bytes())), b"");
    }
    answered(&at(&format!("callback/nephrology?state={state}")), None, b"");
    answered(&at(&format!("wrong-address?state={state}")), None, b"");
    let form = |action: &str| format!("<form action=\"{action}\"><input name=\"state\" value=\"{state}\"></form>");
    answered(&at("fine-form"), None, form("http://ehr.example/authorize").as_bytes());
    answered(&at("wrong-form"), None, form("/elsewhere").as_bytes());
    let after = [form("http://ehr.example/authorize"), form("/elsewhere")].concat();
    answered(&at("form-after-form"), None, after.as_bytes());
    let link = format!("<a href=\"/launch?iss=x&amp;launch={state}\">");
    answered(&at("launch"), None, link.as_bytes());
    answered(&at("wrong-link"), None, link.as_bytes());

    let complaints = world.search().complaints;
    let mut places: Vec<&str> =
        complaints.iter().filter_map(|complaint| complaint.split_once(": ")).map(|(place, _)| place).collect();
    // One secret is found as text and as what was drawn.
    places.dedup();
    assert_eq!(
        places,
        [
            "/wrong-cookie, header set-cookie",
            "/wrong-location, header location",
            "/own-location, header location",
            "/code-location, header location",
            "/wrong-address, address",
            "/wrong-form, body",
            "/form-after-form, body",
            "/wrong-link, body",
        ],
        "{complaints:?}"
    );
}

#[tokio::test]
async fn s8_a_world_knows_the_secrets_of_all_its_kinds() {
    let (mut world, _, _) = opened().await;
    let found = world.search();
    assert!(found.secrets > 20, "{} secrets", found.secrets);
    assert!(found.answers > 10_000 && found.logged > 10_000 && found.stored > 10_000, "{found:?}");
    assert_eq!(found.complaints, Vec::<String>::new());
    assert_eq!(world.search().secrets, 0, "once");
}
