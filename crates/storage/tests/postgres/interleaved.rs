//! Many tenants on few connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::TenantId;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Documents, Key, Kind, Once, PartKey, Selection};
use storage::PostgresDatabase;
use storage::postgres::Options;

use crate::plans::{hex, key, migrated, plan, sealer};

const TENANTS: usize = 8;
const TRANSACTIONS: usize = 10_000;
const AT_ONCE: usize = 32;
/// Every so many, the caller goes away in the middle.
const GIVEN_UP: usize = 11;

#[tokio::test]
async fn ten_thousand_interleaved_transactions_of_eight_tenants_see_no_foreign_row() {
    let Some((_, database)) = migrated().await else { return };
    let tenants: Vec<TenantId> = (0..TENANTS).map(|number| TenantId::new(format!("tenant-{number}"))).collect();
    let url = &database.application_url;
    let open = PostgresDatabase::open_with(url, sealer(7), tenants.clone(), Options { connections: 2 }).await.unwrap();
    let documents: Arc<dyn Documents> = Arc::new(open.documents());
    // The same ids at every tenant, and one that each of them has alone.
    for (number, tenant) in tenants.iter().enumerate() {
        for byte in [1, 100 + u8::try_from(number).unwrap()] {
            assert_eq!(documents.commit(&plan(tenant, byte)).await.unwrap(), Committed::Kept);
        }
    }
    let next = Arc::new(AtomicUsize::new(0));
    let (done, given_up) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut callers = Vec::new();
    for _ in 0..AT_ONCE {
        let (documents, tenants, next) = (documents.clone(), tenants.clone(), next.clone());
        let (done, given_up) = (done.clone(), given_up.clone());
        callers.push(tokio::spawn(async move {
            loop {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                if turn >= TRANSACTIONS {
                    break;
                }
                let number = turn * 5 % TENANTS;
                let step = step(&*documents, &tenants[number], number, turn);
                if turn % GIVEN_UP == 0 {
                    tokio::select! {
                        biased;
                        () = async { for _ in 0..turn % 7 { tokio::task::yield_now().await } } => {
                            given_up.fetch_add(1, Ordering::Relaxed);
                        }
                        () = step => { done.fetch_add(1, Ordering::Relaxed); }
                    }
                } else {
                    step.await;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
        }));
    }
    for caller in callers {
        caller.await.unwrap();
    }
    let (done, given_up) = (done.load(Ordering::Relaxed), given_up.load(Ordering::Relaxed));
    assert_eq!(done + given_up, TRANSACTIONS);
    assert!(given_up > 100, "some went away in the middle: {given_up}");
    // The fields that everybody changed have as many versions as they say.
    for tenant in &tenants {
        let last = documents.lookup(&key(tenant, 1)).await.unwrap().unwrap().version;
        assert_eq!(documents.versions(&key(tenant, 1), None, usize::MAX).await.unwrap().len() as u64, last.0);
    }
}

/// Whoever went away at the very moment at which their transaction began left it open on its connection: the next one there
/// became part of it, and could not write where it had been one that reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_went_away_while_their_transaction_began_kept_the_next_one_from_writing() {
    let Some((_, database)) = migrated().await else { return };
    let (tenant, url) = (TenantId::new("tenant-0"), &database.application_url);
    let only = vec![tenant.clone()];
    let open = PostgresDatabase::open_with(url, sealer(7), only, Options { connections: 1 }).await.unwrap();
    let documents = open.documents();
    assert_eq!(documents.commit(&plan(&tenant, 1)).await.unwrap(), Committed::Kept);
    let shared = key(&tenant, 1);
    for turn in (0..400).chain(0..400) {
        let mut document = documents.lookup(&shared).await.unwrap().unwrap();
        tokio::select! {
            biased;
            () = async { for _ in 0..turn { tokio::task::yield_now().await } } => {}
            _ = documents.lookup(&shared) => {}
        }
        let seen = document.version;
        document.version = seen.next();
        let commit = Commit { document, seen: Some(seen), events: vec![], once: None, ..plan(&tenant, 1) };
        assert_eq!(documents.commit(&commit).await.unwrap(), Committed::Kept, "{turn}");
    }
}

/// One transaction of a tenant, of one kind or another; nothing in its answer is another tenant's.
async fn step(documents: &dyn Documents, tenant: &TenantId, number: usize, turn: usize) {
    let own = format!("content-canary of {tenant}").into_bytes();
    let alone = 100 + u8::try_from(number).unwrap();
    let foreign = 100 + u8::try_from((number + 1) % TENANTS).unwrap();
    match turn / TENANTS % 6 {
        0 => {
            let selection = Selection { kind: Kind::Plan, person: None, statuses: vec![], changed_since: None };
            let all = documents.list(tenant, &selection, None, 100).await.unwrap();
            assert_eq!(all.iter().map(|document| &document.key.id).collect::<Vec<_>>(), [&hex(1), &hex(alone)]);
            assert!(all.iter().all(|document| document.content == own));
        }
        1 => assert_eq!(documents.lookup(&key(tenant, foreign)).await.unwrap(), None),
        2 => {
            let goal = |byte| PartKey { kind: "goal", id: hex(byte) };
            assert_eq!(documents.holder_of(tenant, &goal(foreign)).await.unwrap(), None);
        }
        3 => {
            let once = Once { key: format!("key-canary-{foreign}"), asked: [foreign; 32] };
            assert_eq!(documents.used(tenant, &once).await.unwrap(), None);
        }
        4 => {
            let commit = Commit { seen: Some(Version(1)), once: None, ..plan(tenant, foreign) };
            let mut document = commit.document.clone();
            document.version = Version(2);
            let commit = Commit { document, events: vec![], ..commit };
            assert_eq!(documents.commit(&commit).await.unwrap(), Committed::Missing);
        }
        _ => change(documents, tenant, &own).await,
    }
}

async fn change(documents: &dyn Documents, tenant: &TenantId, own: &[u8]) {
    let shared: Key = key(tenant, 1);
    let mut document = documents.lookup(&shared).await.unwrap().unwrap();
    assert_eq!(document.content, own);
    let seen = document.version;
    document.version = seen.next();
    let commit = Commit { document, seen: Some(seen), events: vec![], once: None, ..plan(tenant, 1) };
    let committed = documents.commit(&commit).await.unwrap();
    assert!(matches!(committed, Committed::Kept | Committed::Stale(_)), "{committed:?}");
}
