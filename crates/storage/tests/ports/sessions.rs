//! Laws of `access::Sessions`.

use access::SessionHash;
use jiff::ToSpan;

use crate::Stores;
use crate::people::{launch, launch_id, noon, session};

pub async fn a_session_that_was_put_is_found(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    assert_eq!(stores.sessions.lookup(SessionHash([1; 32]), noon()).await.unwrap(), Some(session(1)));
}

pub async fn an_unknown_session_is_not_there(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    assert_eq!(stores.sessions.lookup(SessionHash([2; 32]), noon()).await.unwrap(), None);
}

pub async fn a_session_ends_when_idle_and_at_last_in_any_case(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    assert_eq!(stores.sessions.lookup(session(1).hash, noon() + 60.minutes()).await.unwrap(), None);

    stores.sessions.put(session(2)).await.unwrap();
    for half_hours in 1..24 {
        let now = noon() + (30 * half_hours).minutes();
        assert!(stores.sessions.lookup(session(2).hash, now).await.unwrap().is_some(), "{half_hours} half hours");
    }
    assert_eq!(stores.sessions.lookup(session(2).hash, noon() + 12.hours()).await.unwrap(), None);
}

pub async fn a_lookup_keeps_a_session_awake(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let used = noon() + 59.minutes();
    let found = stores.sessions.lookup(session(1).hash, used).await.unwrap().unwrap();
    assert_eq!((found.created, found.last_seen), (noon(), used));
    // A request that was slow to arrive does not turn the time back.
    let late = stores.sessions.lookup(session(1).hash, noon() + 2.minutes()).await.unwrap().unwrap();
    assert_eq!(late.last_seen, used);
    assert!(stores.sessions.lookup(session(1).hash, used + 59.minutes()).await.unwrap().is_some());
}

pub async fn ending_a_session_ends_its_launches(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sessions.put(session(2)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    stores.launches.put(launch(2, 2)).await.unwrap();
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.sessions.lookup(session(1).hash, noon()).await.unwrap(), None);
    assert_eq!(stores.launches.lookup(&launch_id(1), session(1).hash).await.unwrap(), None);
    assert!(stores.launches.lookup(&launch_id(2), session(2).hash).await.unwrap().is_some());
    // Signing out twice is no error.
    stores.sessions.end(session(1).hash).await.unwrap();
}

pub async fn purging_removes_ended_sessions_and_nothing_else(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sessions.put(session(2)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    stores.launches.put(launch(2, 2)).await.unwrap();
    let later = noon() + 50.minutes();
    stores.sessions.lookup(session(2).hash, later).await.unwrap();

    assert_eq!(stores.database.purge(later).await.unwrap().sessions, 0);
    assert_eq!(stores.database.purge(later + 20.minutes()).await.unwrap().sessions, 1);
    assert_eq!(stores.launches.lookup(&launch_id(1), session(1).hash).await.unwrap(), None);
    assert!(stores.launches.lookup(&launch_id(2), session(2).hash).await.unwrap().is_some());
}
