//! Laws of `access::Launches`.

use access::{Launch, Session, SessionHash, UserKey, Viewer};
use jiff::ToSpan;

use crate::Stores;
use crate::people::{grant, launch, launch_id, noon, session, tenant, user};

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

pub async fn the_launches_of_a_session_come_oldest_first(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    for (byte, minutes) in [(1, 3), (2, 1), (3, 2)] {
        let launch = Launch { created: noon() + minutes.minutes(), ..launch(byte, 1) };
        stores.launches.put(launch).await.unwrap();
    }
    let found = stores.launches.of_session(session(1).hash).await.unwrap();
    assert_eq!(found.into_iter().map(|launch| launch.id).collect::<Vec<_>>(), [2, 3, 1].map(launch_id));
}

pub async fn p6_another_user_in_the_same_browser_ends_the_former_ones_launches(stores: Stores) {
    let other = UserKey { subject: "other".to_owned(), ..user() };
    let by =
        |byte, user: Option<UserKey>| Launch { viewer: Viewer { user, ..launch(byte, 1).viewer }, ..launch(byte, 1) };
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
    }
    for launch in [by(1, Some(user())), by(2, Some(other.clone())), by(3, None), launch(4, 2)] {
        stores.launches.put(launch).await.unwrap();
    }
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    let end = async |user: Option<&UserKey>| {
        stores.launches.end_launches_of_other_users(session(1).hash, user).await.unwrap()
    };
    assert_eq!(end(Some(&other)).await, [1, 3].map(launch_id));
    assert_eq!(stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap(), []);
    assert_eq!(end(Some(&other)).await, []);
    assert_eq!(end(None).await, [2].map(launch_id));
    assert!(stores.launches.lookup(&launch_id(4), session(2).hash).await.unwrap().is_some(), "another browser's");
}

pub async fn ending_a_launch_ends_its_grants_and_no_other_launch(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sessions.put(session(2)).await.unwrap();
    for byte in [1, 2] {
        stores.launches.put(launch(byte, 1)).await.unwrap();
        stores.grants.put(&tenant(), &launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    assert!(!stores.launches.end(&launch_id(1), session(2).hash).await.unwrap());
    assert!(stores.launches.end(&launch_id(1), session(1).hash).await.unwrap());
    assert!(!stores.launches.end(&launch_id(1), session(1).hash).await.unwrap());
    for (byte, left) in [(1, 0), (2, 1)] {
        assert_eq!(stores.grants.of_launch(&tenant(), &launch_id(byte)).await.unwrap().len(), left);
    }
}

pub async fn of_all_who_end_the_launches_of_a_session_at_once_nobody_waits_for_ever(stores: Stores) {
    for round in 0..10 {
        let (old, new) = (SessionHash([round; 32]), SessionHash([100 + round; 32]));
        stores.sessions.put(Session::begin(old, noon())).await.unwrap();
        for byte in 0..6 {
            // Made in one order, and named in another.
            let created = noon() + (6 - i64::from(byte)).minutes();
            let launch = Launch { created, ..launch(round * 6 + byte, round) };
            stores.launches.put(launch).await.unwrap();
        }
        let (others, ended, rotated) = tokio::join!(
            stores.launches.end_launches_of_other_users(old, None),
            stores.sessions_elsewhere.end(old),
            stores.sessions.rotate(old, new, noon()),
        );
        others.unwrap();
        ended.unwrap();
        rotated.unwrap();
        for hash in [old, new] {
            assert_eq!(stores.launches_elsewhere.of_session(hash).await.unwrap(), [], "round {round}");
        }
    }
}
