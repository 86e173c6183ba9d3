//! A grant that cannot be stored takes its consent with it, and what rested on the one before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::{LaunchId, PersonId, StandingGrant, StandingGrants, StandingKey, StoreError, TenantId};
use async_trait::async_trait;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::world::{World, sign_in_at_ehr};

/// Takes no grant any more when it is full.
struct Fills {
    inner: Arc<dyn StandingGrants>,
    full: AtomicBool,
}

#[async_trait]
impl StandingGrants for Fills {
    async fn put(&self, key: &StandingKey, grant: &StandingGrant, now: Timestamp) -> Result<bool, StoreError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(StoreError("the disk is full".into()));
        }
        self.inner.put(key, grant, now).await
    }

    async fn lookup(&self, key: &StandingKey, now: Timestamp) -> Result<Option<StandingGrant>, StoreError> {
        self.inner.lookup(key, now).await
    }

    async fn sources_of(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        self.inner.sources_of(tenant, person, now).await
    }

    async fn replace(&self, key: &StandingKey, until: Timestamp, content: &[u8]) -> Result<bool, StoreError> {
        self.inner.replace(key, until, content).await
    }

    async fn forget(&self, key: &StandingKey, until: Timestamp) -> Result<bool, StoreError> {
        self.inner.forget(key, until).await
    }

    async fn lend(&self, key: &StandingKey, launch: &LaunchId, now: Timestamp) -> Result<bool, StoreError> {
        self.inner.lend(key, launch, now).await
    }

    async fn lent_to(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        now: Timestamp,
    ) -> Result<Vec<StandingKey>, StoreError> {
        self.inner.lent_to(tenant, launch, now).await
    }

    async fn begin_refresh(&self, key: &StandingKey, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        self.inner.begin_refresh(key, now, until).await
    }

    async fn end_refresh(&self, key: &StandingKey, until: Timestamp) -> Result<(), StoreError> {
        self.inner.end_refresh(key, until).await
    }
}

#[tokio::test]
async fn what_goes_with_a_grant_that_cannot_be_stored_leaves_no_screen_open() {
    let mut store = None;
    let world = World::altered(World::ehrs(), |server| {
        let fills = Arc::new(Fills { inner: server.standing.clone(), full: AtomicBool::new(false) });
        server.standing = fills.clone();
        store = Some(fills);
    })
    .await;
    let store = store.expect("it was exchanged");
    let (mine, theirs) = (Browser::new(), Browser::new());
    let home = at_home(&world, &mine, "marisol").await;
    // In two tabs at once.
    let leave = ask(&mine, &home, VALLEY, "care-team", "").await;
    share(&mine, &home, VALLEY, "marisol", "").await;
    let plan = open_first(&theirs, &panel(&world, &theirs).await).await;
    world.settled(&plan).await;
    let (status, stream) = theirs.begin(&plan.at("events")).await;
    assert_eq!(status, StatusCode::OK);

    store.full.store(true, Ordering::SeqCst);
    let sign_in = go_on(&mine, &leave).await;
    let second = sign_in_at_ehr(&mine, sign_in, "marisol", "").await;
    assert_eq!(second.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", second.text);
    assert!(consents(&world).await.iter().all(|consent| consent.revoked.is_some()), "nothing is allowed any more");
    assert_eq!(stands(&world, VALLEY).await, (false, false));
    // It ends by itself; the test would not, if it did not.
    assert!(stream.await.contains("event: closed"));
    assert_eq!(theirs.get(&plan.url).await.status, StatusCode::FORBIDDEN);
}
