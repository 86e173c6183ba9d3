//! Laws of `access::Launches`.

use crate::Stores;
use crate::people::{launch, launch_id, session};

pub async fn a_launch_that_was_put_is_found_whole(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    for byte in [1, 2] {
        stores.launches.put(launch(byte, 1)).await.unwrap();
        assert_eq!(stores.launches.lookup(&launch_id(byte), session(1).hash).await.unwrap(), Some(launch(byte, 1)));
    }
    assert_eq!(stores.launches.lookup(&launch_id(3), session(1).hash).await.unwrap(), None);
}

pub async fn a_launch_of_another_session_is_not_found(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sessions.put(session(2)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    assert_eq!(stores.launches.lookup(&launch_id(1), session(2).hash).await.unwrap(), None);
}

pub async fn a_launch_without_its_session_is_refused(stores: Stores) {
    assert!(stores.launches.put(launch(1, 1)).await.is_err());
}

pub async fn a_launch_id_is_never_given_twice(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sessions.put(session(2)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    assert!(stores.launches.put(launch(1, 2)).await.is_err());
    assert_eq!(stores.launches.lookup(&launch_id(1), session(1).hash).await.unwrap(), Some(launch(1, 1)));
}
