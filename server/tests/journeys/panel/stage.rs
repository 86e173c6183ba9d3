//! What the journeys of the panel play on: people who share, and coordinators who have signed in.

use access::summary::SUMMARY;
use access::{
    AuditEvent, Consent, ConsentId, KeptItem, LaunchId, PatientAt, PersonId, PersonSummary, Proof, Purpose, Revoked,
    Role, StandingGrant, StandingKey, TenantId,
};
use jiff::{SignedDuration, Timestamp};
use server::config::TenantConfig;
use smart::Registry;
use url::Url;

use crate::support::browser::{Browser, Page};
use crate::support::world::{World, sign_in_at_ehr};

/// What a person shares of one source.
pub struct Shared {
    pub person: PersonId,
    pub at: PatientAt,
    pub consent: ConsentId,
}

pub async fn world() -> World {
    World::start().await
}

/// As [`world`], with the nephrologists an organisation of their own.
pub async fn two_tenants() -> World {
    World::of_two_tenants(|server| {
        let hills = TenantConfig { id: "hills".to_owned(), ..server.config.tenants[0].clone() };
        server.config.tenants[1] = hills;
        let source = server.config.sources.iter_mut().find(|source| source.id == "nephrology").expect("it is there");
        source.tenant = "hills".to_owned();
        let clients = server.registry.clients().map(|client| {
            let mut client = (**client).clone();
            if client.source == "nephrology" {
                client.tenant = TenantId::new("hills");
            }
            client
        });
        server.registry = Registry::new(clients.collect()).expect("a registration each");
    })
    .await
}

pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

pub fn now(world: &World) -> Timestamp {
    world.server.clock.now()
}

/// The person signs in as themselves, and shares what they see with the care team.
pub async fn share(world: &World, ehr: &str, key: &str) -> Shared {
    let (browser, patient) = (Browser::new(), patient(ehr, key));
    let sign_in = browser.get(&world.accord.join(&format!("sign-in?at={ehr}")).expect("an address")).await;
    let plan = sign_in_at_ehr(&browser, sign_in, key, &patient).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    let at = PatientAt::new(ehr, patient);
    let person = world.server.persons.lookup(&tenant(), &at).await.expect("the store answers").expect("linked");
    let grant = world
        .server
        .grants
        .lookup(&tenant(), &plan.launch_id(), ehr)
        .await
        .expect("the store answers")
        .expect("granted");
    give(world, person, at, &grant).await
}

/// The same person shares one more source.
pub async fn share_also(world: &World, person: &PersonId, ehr: &str, key: &str) -> Shared {
    let (browser, patient) = (Browser::new(), patient(ehr, key));
    let sign_in = browser.get(&world.accord.join(&format!("sign-in?at={ehr}")).expect("an address")).await;
    let plan = sign_in_at_ehr(&browser, sign_in, key, &patient).await;
    let grant = world
        .server
        .grants
        .lookup(&tenant(), &plan.launch_id(), ehr)
        .await
        .expect("the store answers")
        .expect("granted");
    let at = PatientAt::new(ehr, patient);
    let joining = access::person::Joining {
        question: "both records shown".to_owned(),
        who: world
            .server
            .viewer(plan.launch().trim_start_matches("/l/"))
            .and_then(|viewer| viewer.user)
            .expect("known"),
        when: now(world),
    };
    let other = world.server.persons.lookup(&tenant(), &at).await.expect("the store answers").expect("linked");
    let joined = world.server.persons.join(&tenant(), person, &other, &joining).await.expect("the store answers");
    assert!(joined.is_some(), "they are two until somebody says that they are one");
    give(world, person.clone(), at, &grant).await
}

async fn give(world: &World, person: PersonId, at: PatientAt, grant: &smart::Grant) -> Shared {
    let links = world.server.persons.links(&tenant(), &person).await.expect("the store answers");
    let by = links.iter().find_map(|link| link.who.clone()).expect("somebody signed in");
    assert!(links.iter().any(|link| matches!(link.how, Proof::Grant { .. } | Proof::Confirmed { .. })));
    let consent = Consent {
        id: unique(&at),
        person: person.clone(),
        source: at.source.clone(),
        purpose: Purpose::CareTeam,
        by,
        role: Role::Patient,
        given: now(world),
        until: None,
        revoked: None,
    };
    world.server.consents.give(&tenant(), &consent).await.expect("it is stored");
    let key = StandingKey { tenant: tenant(), person: person.clone(), source: at.source.clone() };
    let standing = StandingGrant { consent: consent.id.clone(), content: grant.to_bytes() };
    assert!(world.server.standing.put(&key, &standing, now(world)).await.expect("the store answers"));
    let summary = summary(world, &at);
    let until = now(world) + SignedDuration::from_hours(24);
    let item = KeptItem { consent: consent.id.clone(), until, content: summary.to_bytes() };
    assert!(world.server.kept_items.put(&key, SUMMARY, &item, now(world)).await.expect("the store answers"));
    Shared { person, at, consent: consent.id }
}

/// An id of its own for each shared Patient.
fn unique(at: &PatientAt) -> ConsentId {
    let mut bits = [0_u8; 16];
    for (index, byte) in at.source.bytes().chain(at.patient.bytes()).enumerate() {
        bits[index % 16] = bits[index % 16].wrapping_mul(31).wrapping_add(byte);
    }
    ConsentId::from_random(bits)
}

fn summary(world: &World, at: &PatientAt) -> PersonSummary {
    let patient = world.sandbox.ehr(&at.source).store().resource("Patient", &at.patient).expect("they are known there");
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let name = &patient["name"][0];
    let family = text(&name["family"]).unwrap_or_default().to_uppercase();
    let given = text(&name["given"][0]).unwrap_or_default();
    PersonSummary {
        name: format!("{family}, {given}"),
        birth_date: text(&patient["birthDate"]),
        sex: text(&patient["gender"]),
    }
}

/// Takes it back, as the page about sharing does.
pub async fn revoke(world: &World, shared: &Shared) {
    let revoked = Revoked { by: None, when: now(world) };
    let erasure = world.server.consents.revoke(&tenant(), &shared.consent, &revoked).await.expect("the store answers");
    world.server.rooms.close_launches(&erasure.expect("it was in force").launches);
}

/// A coordinator signs in without a person.
pub async fn coordinator(world: &World, browser: &Browser, ehr: &str, user: &str) -> Page {
    let begin = world.accord.join(&format!("sign-in?at={ehr}&for=panel")).expect("an address");
    let sign_in = browser.get(&begin).await;
    sign_in_at_ehr(browser, sign_in, user, "").await
}

/// Where the panel's forms are posted.
pub fn opening(panel: &Page) -> Url {
    panel.url.join("/panel/open").expect("an address")
}

/// Presses the button of a person's row.
pub async fn open(browser: &Browser, panel: &Page, person: &PersonId) -> Page {
    browser.post(&panel.url, &opening(panel), &[("person", person.as_str())]).await
}

/// A person's Patient id at an EHR.
pub fn patient(ehr: &str, key: &str) -> String {
    let user = sandbox::people::users(ehr).into_iter().find(|user| user.id == key).expect("they are known there");
    user.patients.into_iter().next().expect("their own record")
}

/// The log about a Patient.
pub async fn log_of(world: &World, at: &PatientAt) -> Vec<AuditEvent> {
    world.server.trail.of_patient(&tenant(), at).await.expect("the log can be read")
}

impl Page {
    /// The id of the launch that the page belongs to.
    pub fn launch_id(&self) -> LaunchId {
        LaunchId::parse(self.launch().trim_start_matches("/l/")).expect("a page of a launch")
    }
}
