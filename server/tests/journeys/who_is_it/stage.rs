//! A world with two EHRs, and a plan opened in it.

use access::policy::Operation;
use access::{AuditEvent, LaunchId, PatientAt, PersonId, Proof, TenantId};
use serde_json::Value;

use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::World;

pub(super) const HOME: &str = "valley-ehr";
pub(super) const OTHER: &str = "nephrology";

/// The Patient id of the built-in person of that rank at an EHR.
pub(super) fn patient(rank: usize, ehr: &str) -> String {
    sandbox::people::whereabouts()[rank].patient_id(ehr).expect("known there").to_owned()
}

pub(super) fn at(rank: usize, ehr: &str) -> PatientAt {
    PatientAt::new(ehr, patient(rank, ehr))
}

pub(super) fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// A world, and Marisol's plan opened in it.
pub(super) struct Scene {
    pub(super) world: World,
    pub(super) browser: Browser,
    pub(super) plan: Page,
}

impl Scene {
    pub(super) async fn open() -> Self {
        Self::with(|_| ()).await
    }

    /// As [`Scene::open`], with her Patient at the second EHR changed before.
    pub(super) async fn with(change: impl FnOnce(&mut Value)) -> Self {
        let (world, browser) = (World::start().await, Browser::new());
        let store = world.sandbox.ehr(OTHER).store();
        let mut known = Value::clone(&*store.resource("Patient", &patient(0, OTHER)).expect("she is known there"));
        change(&mut known);
        store.load_bundle(&known).expect("it is a Patient");
        let plan = world.open(&browser, HOME, "castellanos", &patient(0, HOME)).await;
        Self { world, browser, plan }
    }

    /// Signs in at the second EHR and chooses a person there.
    pub(super) async fn choose(&self, rank: usize) -> Page {
        self.world.sign_in_for(&self.browser, &self.plan, OTHER, "solberg", &patient(rank, OTHER)).await
    }

    /// Arrives at the question about another person.
    pub(super) async fn asked(&self) -> Page {
        let page = self.choose(2).await;
        assert!(page.url.path().contains("/confirm/"), "{} {}", page.url, page.text);
        page
    }

    pub(super) async fn say(&self, question: &Page, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&question.url, &question.url, fields).await
    }

    pub(super) fn launch(&self) -> LaunchId {
        launch_of(&self.plan)
    }

    pub(super) fn is_connected(&self, ehr: &str) -> bool {
        is_connected(&self.world, &self.plan, ehr)
    }

    pub(super) async fn whose(&self, at: &PatientAt) -> Option<PersonId> {
        self.world.server.persons.lookup(&tenant(), at).await.expect("the store answers")
    }

    pub(super) async fn proof(&self, at: &PatientAt) -> Proof {
        let person = self.whose(at).await.expect("it is somebody's");
        let links = self.world.server.persons.links(&tenant(), &person).await.expect("the store answers");
        links.into_iter().find(|link| link.at == *at).expect("the link").how
    }

    pub(super) async fn events(&self, at: &PatientAt, operation: Operation) -> Vec<AuditEvent> {
        let events = self.world.server.trail.of_patient(&tenant(), at).await.expect("the log can be read");
        events.into_iter().filter(|event| event.operation == operation).collect()
    }

    /// Grants that the second EHR still honours.
    pub(super) fn live_grants(&self) -> usize {
        self.world.sandbox.ehr(OTHER).end_grants()
    }

    pub(super) async fn stored_grant(&self) -> bool {
        let found = self.world.server.grants.lookup(&tenant(), &self.launch(), OTHER).await;
        found.expect("the store answers").is_some()
    }
}

pub(super) fn launch_of(page: &Page) -> LaunchId {
    LaunchId::parse(page.launch().trim_start_matches("/l/")).expect("a launch")
}

pub(super) fn is_connected(world: &World, page: &Page, ehr: &str) -> bool {
    let snapshot = world.snapshot(page).expect("the launch is open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == ehr);
    let connected = record.is_some_and(|record| record.patient.is_some());
    let empty = record.is_none_or(|record| record.resources.is_empty());
    assert!(connected || empty, "what is not connected shows nothing");
    connected
}

pub(super) const YES: [(&str, &str); 2] = [("answer", "yes"), ("checked", "yes")];

/// The form on the page of the sources or of a split, with its record as the page has it.
pub(super) fn posted(page: &Page, ending: &str) -> form::Form {
    form::with_action(page, ending).unwrap_or_else(|| panic!("no form to {ending}: {}", page.text))
}
