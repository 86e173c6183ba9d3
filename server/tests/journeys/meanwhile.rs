//! Two things at once: what one request has ended is not begun by another that was on its way.

use std::sync::Arc;

use access::person::{Ending, WhyEnded};
use access::{LaunchId, PatientAt, Persons, StoreError, TenantId};
use async_trait::async_trait;
use fhir::SourceId;
use jiff::Timestamp;
use smart::{Grant, Grants, Turn};

use crate::support::browser::Browser;
use crate::support::world::World;

const HOME: &str = "valley-ehr";
const OTHER: &str = "nephrology";

/// Marisol's Patient at an EHR.
fn patient(ehr: &str) -> String {
    sandbox::people::whereabouts()[0].patient_id(ehr).expect("known there").to_owned()
}

/// Somebody splits the record off at the very moment in which a grant for it is stored.
struct SplitMeanwhile {
    grants: Arc<dyn Grants>,
    persons: Arc<dyn Persons>,
}

#[async_trait]
impl Grants for SplitMeanwhile {
    async fn put(&self, tenant: &TenantId, launch: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError> {
        if source == OTHER {
            let at = PatientAt::new(OTHER, patient(OTHER));
            let person = self.persons.lookup(tenant, &at).await?.expect("it was linked before");
            let why = WhyEnded::Wrong { reason: "another person".to_owned() };
            let ending = Ending { who: None, when: Timestamp::UNIX_EPOCH, why };
            let home = PatientAt::new(HOME, patient(HOME));
            assert!(self.persons.split(tenant, &person, &at, &home, &ending).await?.is_some());
        }
        self.grants.put(tenant, launch, source, grant).await
    }

    async fn lookup(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError> {
        self.grants.lookup(tenant, launch, source).await
    }

    async fn of_launch(&self, tenant: &TenantId, launch: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError> {
        self.grants.of_launch(tenant, launch).await
    }

    async fn replace(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
        grant: &Grant,
    ) -> Result<bool, StoreError> {
        self.grants.replace(tenant, launch, source, turn, grant).await
    }

    async fn forget(&self, tenant: &TenantId, launch: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError> {
        self.grants.forget(tenant, launch, source, turn).await
    }

    async fn remove(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<(), StoreError> {
        self.grants.remove(tenant, launch, source).await
    }

    async fn begin_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        now: Timestamp,
    ) -> Result<Option<Turn>, StoreError> {
        self.grants.begin_refresh(tenant, launch, source, now).await
    }

    async fn end_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
    ) -> Result<(), StoreError> {
        self.grants.end_refresh(tenant, launch, source, turn).await
    }
}

#[tokio::test]
async fn p9_a_record_that_is_split_off_while_it_joins_is_not_read() {
    let world = World::altered(World::ehrs(), |server| {
        let (grants, persons) = (server.grants.clone(), server.persons.clone());
        server.grants = Arc::new(SplitMeanwhile { grants, persons });
    })
    .await;
    let browser = Browser::new();
    let plan = world.open(&browser, HOME, "castellanos", &patient(HOME)).await;
    let joined = world.sign_in_for(&browser, &plan, OTHER, "solberg", &patient(OTHER)).await;
    assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
    world.settled(&joined).await;
    let snapshot = world.snapshot(&joined).expect("the plan is open");
    let record = snapshot.record(&SourceId::new(OTHER)).expect("it is registered");
    assert!(record.patient.is_none() && record.resources.is_empty(), "nothing of another person is in the plan");
    let launch = LaunchId::parse(joined.launch().trim_start_matches("/l/")).expect("a launch");
    let kept = world.server.grants.lookup(&TenantId::new("valley"), &launch, OTHER).await.expect("the store answers");
    assert!(kept.is_none(), "its grant is forgotten");
}
