//! What these journeys have in common: a patient, a coordinator, and the page between them.

use access::{Consent, ConsentId, PatientAt, PersonId, Purpose, Role, StandingKey, TenantId, UserKey};

use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::{World, sign_in_at_ehr};

pub const VALLEY: &str = "valley-ehr";

/// Marisol's Patient at an EHR.
pub fn patient(ehr: &str) -> &'static str {
    sandbox::people::whereabouts()
        .into_iter()
        .find(|person| person.patient_id(VALLEY) == Some(first()))
        .and_then(|person| person.patient_id(ehr).map(|id| &*id.to_owned().leak()))
        .expect("known there")
}

fn first() -> &'static str {
    sandbox::people::whereabouts()[0].patient_id(VALLEY).expect("known at Valley").to_owned().leak()
}

pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// A patient at home.
pub async fn at_home(world: &World, browser: &Browser, user: &str) -> Page {
    let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
    sign_in_at_ehr(browser, sign_in, user, "").await
}

/// Sends the form that shares, as it stands on the page.
pub async fn ask(browser: &Browser, page: &Page, source: &str, purpose: &str, until: &str) -> Page {
    let sharing = browser.get(&page.at("sharing")).await;
    let fields = [("source", source), ("purpose", purpose), ("until", until)];
    browser.post(&sharing.url, &page.at("sharing/give"), &fields).await
}

/// Goes on from the page that leads to the source, as a browser does by itself.
pub async fn go_on(browser: &Browser, page: &Page) -> Page {
    let refresh = page.headers.get("refresh").unwrap_or_else(|| panic!("no way on: {} {}", page.status, page.text));
    let place = refresh.to_str().expect("text").split_once("url=").expect("an address").1;
    assert!(page.text.contains(place), "a link leads there as well: {}", page.text);
    browser.get(&page.url.join(place).expect("an address")).await
}

/// Shares a record, signing in at its source as the user.
pub async fn share(browser: &Browser, page: &Page, source: &str, user: &str, until: &str) -> Page {
    let leave = ask(browser, page, source, "care-team", until).await;
    let sign_in = go_on(browser, &leave).await;
    sign_in_at_ehr(browser, sign_in, user, "").await
}

/// A purpose that Marisol allowed at Valley when it was still asked for.
pub async fn gave(world: &World, purpose: Purpose, byte: u8) {
    use access::Clock;
    let consent = Consent {
        id: ConsentId::from_random([byte; 16]),
        person: person(world, patient(VALLEY)).await,
        source: VALLEY.to_owned(),
        purpose,
        by: UserKey { issuer: VALLEY.to_owned(), subject: "marisol".to_owned() },
        role: Role::Patient,
        given: world.clock.now(),
        until: None,
        revoked: None,
    };
    world.server.consents.give(&tenant(), &consent).await.expect("the store answers");
}

/// Takes back what the first form on the page offers to take back.
pub async fn take_back(browser: &Browser, page: &Page) -> Page {
    let sharing = browser.get(&page.at("sharing")).await;
    let form = form::with_action(&sharing, "sharing/revoke").expect("something to take back");
    browser.post(&sharing.url, &form.action, &form.pairs()).await
}

/// The panel of a coordinator who has just signed in.
pub async fn panel(world: &World, browser: &Browser) -> Page {
    let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr&for=panel").expect("an address")).await;
    sign_in_at_ehr(browser, sign_in, "okoro", "").await
}

/// Opens the first person of the panel.
pub async fn open_first(browser: &Browser, panel: &Page) -> Page {
    let form = form::with_action(panel, "/panel/open").unwrap_or_else(|| panic!("nobody in the panel: {}", panel.text));
    browser.post(&panel.url, &form.action, &form.pairs()).await
}

/// The person whose Patient this is at Valley.
pub async fn person(world: &World, patient: &str) -> PersonId {
    let at = PatientAt::new(VALLEY, patient);
    world.server.persons.lookup(&tenant(), &at).await.expect("the store answers").expect("a known person")
}

pub async fn key(world: &World, source: &str) -> StandingKey {
    StandingKey { tenant: tenant(), person: person(world, patient(VALLEY)).await, source: source.to_owned() }
}

/// Every consent that Marisol ever gave.
pub async fn consents(world: &World) -> Vec<Consent> {
    let person = person(world, patient(VALLEY)).await;
    world.server.consents.of_person(&tenant(), &person).await.expect("the store answers")
}

/// What stands for Marisol at a source: a grant, a summary.
pub async fn stands(world: &World, source: &str) -> (bool, bool) {
    use access::Clock;
    let (key, now) = (key(world, source).await, world.clock.now());
    let grant = world.server.standing.lookup(&key, now).await.expect("the store answers");
    let summary = world.server.kept_items.lookup(&key, access::summary::SUMMARY, now).await.expect("the store answers");
    (grant.is_some(), summary.is_some())
}
