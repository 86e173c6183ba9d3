//! One refresh at a time for a grant, whoever asks (T5, T7).

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use access::{Clock, LaunchId, Secret, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use outbound::{Origin, Policy, SystemResolver};
use proptest::prelude::*;
use serde_json::json;
use smart::{Client, ClientAuth, Grant, Grants, RenewError, Smart, Turn};
use tokio::sync::Notify;

use crate::world::{Repeating, World};

/// Tenant and source.
type Place = (TenantId, String);

fn place(tenant: &TenantId, source: &str) -> Place {
    (tenant.clone(), source.to_owned())
}

/// One store for several processes. Everything goes through the stored form.
#[derive(Default)]
struct Shelf {
    grants: Mutex<HashMap<Place, Vec<u8>>>,
    turns: Mutex<HashMap<Place, Turn>>,
    /// Told when a turn is given back.
    given_back: Notify,
    /// True where the process that has the turn has ended: it never gives it back.
    abandoned: bool,
}

#[async_trait]
impl Grants for Shelf {
    async fn put(&self, tenant: &TenantId, _: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError> {
        self.grants.lock().expect("not poisoned").insert(place(tenant, source), grant.to_bytes().to_vec());
        self.turns.lock().expect("not poisoned").remove(&place(tenant, source));
        Ok(())
    }

    async fn lookup(&self, tenant: &TenantId, _: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError> {
        let grants = self.grants.lock().expect("not poisoned");
        Ok(grants.get(&place(tenant, source)).map(|bytes| Grant::from_bytes(bytes).expect("what was stored")))
    }

    async fn of_launch(&self, _: &TenantId, _: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError> {
        Ok(Vec::new())
    }

    async fn replace(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
        grant: &Grant,
    ) -> Result<bool, StoreError> {
        let mine = self.turns.lock().expect("not poisoned").get(&place(tenant, source)) == Some(&turn);
        if !mine || self.lookup(tenant, launch, source).await?.is_none() {
            return Ok(false);
        }
        self.grants.lock().expect("not poisoned").insert(place(tenant, source), grant.to_bytes().to_vec());
        Ok(true)
    }

    async fn forget(&self, tenant: &TenantId, _: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError> {
        let mine = self.turns.lock().expect("not poisoned").get(&place(tenant, source)) == Some(&turn);
        Ok(mine && self.grants.lock().expect("not poisoned").remove(&place(tenant, source)).is_some())
    }

    async fn remove(&self, tenant: &TenantId, _: &LaunchId, source: &str) -> Result<(), StoreError> {
        self.grants.lock().expect("not poisoned").remove(&place(tenant, source));
        Ok(())
    }

    async fn begin_refresh(
        &self,
        tenant: &TenantId,
        _: &LaunchId,
        source: &str,
        now: Timestamp,
    ) -> Result<Option<Turn>, StoreError> {
        let mut turns = self.turns.lock().expect("not poisoned");
        if turns.get(&place(tenant, source)).is_some_and(|turn| now < turn.until) {
            return Ok(None);
        }
        turns.insert(place(tenant, source), Turn::beginning(now));
        Ok(Some(Turn::beginning(now)))
    }

    async fn end_refresh(&self, tenant: &TenantId, _: &LaunchId, source: &str, turn: Turn) -> Result<(), StoreError> {
        let mut turns = self.turns.lock().expect("not poisoned");
        if turns.get(&place(tenant, source)) == Some(&turn) {
            turns.remove(&place(tenant, source));
        }
        self.given_back.notify_waiters();
        Ok(())
    }

    async fn pause(&self) {
        // Until the turn is given back, however long its request takes on a busy machine; no clock is needed.
        let given_back = self.given_back.notified();
        tokio::pin!(given_back);
        given_back.as_mut().enable();
        if !self.abandoned && !self.turns.lock().expect("not poisoned").is_empty() {
            given_back.await;
        }
    }
}

/// A world whose token endpoint rotates: each refresh token is good once, and used twice it ends the grant.
async fn rotating() -> (World, Grant, Arc<AtomicUsize>) {
    let world = World::public().await;
    let mut grant = world.launch().await.expect("a grant").grant;
    grant.refresh_token = Some(Secret::new("refresh-0"));
    let uses = Arc::new(AtomicUsize::new(0));
    let count = uses.clone();
    world.ehr.answer_by("/token", move |seen| {
        let good = format!("refresh-{}", count.load(Ordering::SeqCst));
        if seen.field("refresh_token") != [good] {
            count.store(usize::MAX / 2, Ordering::SeqCst);
            return (400, json!({"error": "invalid_grant"}).to_string());
        }
        let next = count.fetch_add(1, Ordering::SeqCst) + 1;
        let answer = json!({"access_token": format!("access-{next}"), "token_type": "bearer", "expires_in": 300,
            "refresh_token": format!("refresh-{next}")});
        (200, answer.to_string())
    });
    (world, grant, uses)
}

/// Another process that knows the same source.
fn process(world: &World) -> Smart {
    let origins = Origin::parse(&world.ehr.root).into_iter().collect();
    let outbound = outbound::Client::new(Policy { origins, development: true }, Arc::new(SystemResolver));
    Smart::new(outbound.expect("a client"), world.clock.clone(), Arc::new(Repeating::new(b"another process")))
}

/// Whose the client is, and so the launch.
fn tenant() -> TenantId {
    TenantId::new("valley")
}

fn launch() -> LaunchId {
    LaunchId::from_random([1; 16])
}

/// One process's keeper: what it holds, and how it gets something newer.
struct Keeper<'a> {
    smart: &'a Smart,
    client: &'a Client,
    shelf: &'a Shelf,
    held: Grant,
}

impl Keeper<'_> {
    async fn current(&mut self, now: Timestamp) -> Result<(), RenewError> {
        if self.held.is_stale(now) {
            self.held = self.smart.renew(self.client, &launch(), &self.held, self.shelf).await?;
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Steps: which keepers ask at once, and how far the clock goes before.
    #[test]
    fn t5_two_keepers_over_one_store_use_a_rotated_token_at_most_once(steps in prop::collection::vec((1_usize..4, 0_i64..700), 1..6)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let (world, grant, uses) = rotating().await;
            let shelf = Shelf::default();
            shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
            let second = process(&world);
            let keeper = |smart| Keeper { smart, client: &world.client, shelf: &shelf, held: grant.clone() };
            let (mut a, mut b) = (keeper(&world.smart), keeper(&second));
            for (who, seconds) in steps {
                world.clock.forward(SignedDuration::from_secs(seconds));
                let now = world.clock.now();
                let (first, other) = tokio::join!(
                    async { if who & 1 == 1 { a.current(now).await } else { Ok(()) } },
                    async { if who & 2 == 2 { b.current(now).await } else { Ok(()) } },
                );
                first.expect("a token");
                other.expect("a token");
            }
            let sent: Vec<String> = world.ehr.seen("/token").iter().flat_map(|seen| seen.field("refresh_token")).collect();
            let different: BTreeSet<&String> = sent.iter().collect();
            assert_eq!(different.len(), sent.len(), "used twice: {sent:?}");
            assert_eq!(uses.load(Ordering::SeqCst), sent.len());
        });
    }
}

#[tokio::test]
async fn t5_a_grant_that_another_process_refreshed_is_used_without_asking() {
    let (world, grant, uses) = rotating().await;
    let shelf = Shelf::default();
    shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
    world.clock.forward(SignedDuration::from_mins(10));
    let fresh = process(&world).renew(&world.client, &launch(), &grant, &shelf).await.expect("a grant");
    let again = world.smart.renew(&world.client, &launch(), &grant, &shelf).await.expect("a grant");
    assert_eq!(fresh, again);
    assert_eq!(again.refresh_token.as_ref().map(Secret::expose), Some("refresh-1"));
    assert_eq!(uses.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn t5_a_turn_whose_process_ended_ends_by_itself() {
    let (world, grant, _) = rotating().await;
    let shelf = Shelf { abandoned: true, ..Shelf::default() };
    shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
    shelf
        .begin_refresh(&tenant(), &launch(), "valley-ehr", world.clock.now())
        .await
        .expect("memory")
        .expect("the turn");
    let waiting = world.smart.renew(&world.client, &launch(), &grant, &shelf).await;
    assert!(matches!(waiting, Err(RenewError::Busy { .. })));
    world.clock.forward(smart::REFRESH_TURN);
    assert!(world.smart.renew(&world.client, &launch(), &grant, &shelf).await.is_ok());
}

#[tokio::test]
async fn t7_an_ended_grant_is_dropped_and_one_that_cannot_be_renewed_now_is_kept() {
    let (world, grant, _) = rotating().await;
    let shelf = Shelf::default();
    shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
    world.ehr.answer_by("/token", |_| (503, String::new()));
    let failed = world.smart.renew(&world.client, &launch(), &grant, &shelf).await;
    assert!(matches!(failed, Err(RenewError::Failed(_))));
    assert_eq!(shelf.lookup(&tenant(), &launch(), "valley-ehr").await.expect("memory"), Some(grant.clone()));
    world.ehr.answer_by("/token", |_| (400, json!({"error": "invalid_grant"}).to_string()));
    let ended = world.smart.renew(&world.client, &launch(), &grant, &shelf).await;
    assert!(matches!(ended, Err(RenewError::Ended { .. })));
    assert_eq!(shelf.lookup(&tenant(), &launch(), "valley-ehr").await.expect("memory"), None);
}

#[tokio::test]
async fn t8_a_grant_that_was_taken_back_does_not_come_back_by_a_refresh() {
    let (world, grant, _) = rotating().await;
    let shelf = Shelf::default();
    let ended = world.smart.renew(&world.client, &launch(), &grant, &shelf).await;
    assert!(matches!(ended, Err(RenewError::Ended { .. })));
    assert!(world.ehr.seen("/token").len() == 1, "the first code only");
    let turn = Turn::beginning(world.clock.now());
    assert!(!shelf.replace(&tenant(), &launch(), "valley-ehr", turn, &grant).await.expect("memory"));
}

/// The same source was connected anew while a refresh of its former grant was on its way.
async fn connected_anew(answer: (u16, serde_json::Value)) -> (World, Grant, Result<Grant, RenewError>, Option<Grant>) {
    let world = crate::revoke::with_revocation(ClientAuth::Public).await;
    let grant = world.launch().await.expect("a grant").grant;
    let new = Grant { access_token: Secret::new("anew"), ..grant.clone() };
    let shelf = Arc::new(Shelf::default());
    shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
    let (there, stored) = (shelf.clone(), new.to_bytes().to_vec());
    world.ehr.answer_by("/token", move |_| {
        there.grants.lock().expect("not poisoned").insert(place(&tenant(), "valley-ehr"), stored.clone());
        there.turns.lock().expect("not poisoned").clear();
        (answer.0, answer.1.to_string())
    });
    let renewed = world.smart.renew(&world.client, &launch(), &grant, &*shelf).await;
    let kept = shelf.lookup(&tenant(), &launch(), "valley-ehr").await.expect("memory");
    (world, new, renewed, kept)
}

#[tokio::test]
async fn t5_a_late_refresh_of_an_old_grant_does_not_take_the_place_of_a_newer_one() {
    let late = json!({"access_token": "late", "token_type": "bearer", "expires_in": 300, "refresh_token": "later"});
    let (world, new, renewed, kept) = connected_anew((200, late)).await;
    assert_eq!(renewed.expect("the newer one").access_token, new.access_token);
    assert_eq!(kept, Some(new));
    assert!(world.ehr.seen("/revoke").is_empty(), "the newer one may end with it");
}

#[tokio::test]
async fn t7_the_end_of_an_old_grant_does_not_take_a_newer_one_away() {
    let (_world, new, renewed, kept) = connected_anew((400, json!({"error": "invalid_grant"}))).await;
    assert_eq!(renewed.expect("the newer one").access_token, new.access_token);
    assert_eq!(kept, Some(new));
}

#[tokio::test]
async fn t8_a_token_that_comes_when_its_grant_was_taken_back_is_given_back_too() {
    let world = crate::revoke::with_revocation(ClientAuth::Public).await;
    let grant = world.launch().await.expect("a grant").grant;
    let shelf = Arc::new(Shelf::default());
    shelf.put(&tenant(), &launch(), "valley-ehr", &grant).await.expect("memory");
    let taken = shelf.clone();
    world.ehr.answer_by("/token", move |_| {
        taken.grants.lock().expect("not poisoned").clear();
        let answer =
            json!({"access_token": "late", "token_type": "bearer", "expires_in": 300, "refresh_token": "later"});
        (200, answer.to_string())
    });
    let ended = world.smart.renew(&world.client, &launch(), &grant, &*shelf).await;
    assert!(matches!(ended, Err(RenewError::Ended { .. })));
    assert_eq!(world.ehr.seen("/revoke")[0].field("token"), ["later"], "nobody else has it");
}
