//! Laws of `smart::Grants`.

use crate::Stores;
use crate::people::{grant, launch, launch_id, session};

async fn with_launches(stores: &Stores) {
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
    }
}

pub async fn a_grant_that_was_put_is_found_whole(stores: Stores) {
    with_launches(&stores).await;
    stores.grants.put(&launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    assert_eq!(stores.grants.lookup(&launch_id(1), "valley-ehr").await.unwrap(), Some(grant("a")));
}

pub async fn a_new_grant_takes_the_place_of_the_old_one(stores: Stores) {
    with_launches(&stores).await;
    for mark in ["a", "b"] {
        stores.grants.put(&launch_id(1), "valley-ehr", &grant(mark)).await.unwrap();
    }
    let found = stores.grants.of_launch(&launch_id(1)).await.unwrap();
    assert_eq!(found, [("valley-ehr".to_owned(), grant("b"))]);
}

pub async fn a_grant_belongs_to_its_launch_and_source(stores: Stores) {
    with_launches(&stores).await;
    for (launch, source, mark) in [(1, "valley-ehr", "a"), (1, "nephrology", "b"), (2, "valley-ehr", "c")] {
        stores.grants.put(&launch_id(launch), source, &grant(mark)).await.unwrap();
    }
    stores.grants.remove(&launch_id(1), "valley-ehr").await.unwrap();
    stores.grants.remove(&launch_id(1), "valley-ehr").await.unwrap();
    assert_eq!(stores.grants.lookup(&launch_id(1), "valley-ehr").await.unwrap(), None);
    assert_eq!(stores.grants.of_launch(&launch_id(1)).await.unwrap(), [("nephrology".to_owned(), grant("b"))]);
    assert_eq!(stores.grants.lookup(&launch_id(2), "valley-ehr").await.unwrap(), Some(grant("c")));
}

pub async fn a_grant_without_its_launch_is_refused(stores: Stores) {
    assert!(stores.grants.put(&launch_id(1), "valley-ehr", &grant("a")).await.is_err());
}

pub async fn ending_a_session_ends_its_grants(stores: Stores) {
    with_launches(&stores).await;
    for byte in [1, 2] {
        stores.grants.put(&launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.grants.of_launch(&launch_id(1)).await.unwrap(), []);
    assert_eq!(stores.grants.of_launch(&launch_id(2)).await.unwrap().len(), 1);
}
