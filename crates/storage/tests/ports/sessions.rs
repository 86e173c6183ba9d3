//! Laws of `access::Sessions`.

use access::session::{Rotation, Standing};
use access::{Session, SessionHash};
use jiff::ToSpan;

use crate::Stores;
use crate::people::{grant, launch, launch_id, noon, session, tenant};

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

pub async fn looking_without_touching_lets_a_session_end(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    for minutes in 1..60 {
        let seen = stores.sessions.peek(session(1).hash, noon() + minutes.minutes()).await.unwrap();
        assert_eq!(seen, Some(session(1)), "{minutes} minutes");
    }
    assert_eq!(stores.sessions.peek(session(1).hash, noon() + 60.minutes()).await.unwrap(), None);
}

pub async fn only_the_user_puts_the_end_off_and_not_beyond_the_last(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let warned = noon() + 56.minutes();
    let seen = stores.sessions.peek(session(1).hash, warned).await.unwrap().unwrap();
    assert_eq!(seen.standing(warned), Standing::EndsSoon { at: noon() + 60.minutes(), extendable: true });
    let extended = stores.sessions.extend(session(1).hash, warned).await.unwrap().unwrap();
    assert_eq!(extended.ends_at(), warned + 60.minutes());
    let seen = stores.sessions.peek(session(1).hash, warned).await.unwrap().unwrap();
    assert_eq!(seen.ends_at(), warned + 60.minutes(), "noted at once, not once a minute");

    for half_hours in 1..24 {
        stores.sessions.extend(session(1).hash, noon() + (30 * half_hours).minutes()).await.unwrap();
    }
    let last = stores.sessions.extend(session(1).hash, noon() + 719.minutes()).await.unwrap().unwrap();
    assert_eq!(last.ends_at(), noon() + 12.hours());
    assert_eq!(stores.sessions.extend(session(1).hash, noon() + 12.hours()).await.unwrap(), None);
}

pub async fn rotating_takes_the_launches_and_grants_along(stores: Stores) {
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
        stores.grants.put(&tenant(), &launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    let (old, new) = (session(1).hash, SessionHash([9; 32]));
    let now = noon() + 5.minutes();
    let rotated = stores.sessions.rotate(old, new, now).await.unwrap();
    assert_eq!(rotated, Rotation::Rotated(Session::begin(new, now)));
    let moved = stores.launches.lookup(&launch_id(1), new).await.unwrap().unwrap();
    assert_eq!(moved, access::Launch { session: new, ..launch(1, 1) });
    assert_eq!(stores.launches.lookup(&launch_id(1), old).await.unwrap(), None);
    let found = stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap();
    assert_eq!(found, [("valley-ehr".to_owned(), grant("a"))]);
    assert_eq!(stores.launches.lookup(&launch_id(2), session(2).hash).await.unwrap(), Some(launch(2, 2)));
    let unknown = stores.sessions.rotate(SessionHash([7; 32]), SessionHash([8; 32]), now).await.unwrap();
    assert_eq!(unknown, Rotation::NoSession);
}

pub async fn a_former_cookie_is_good_for_half_a_minute_and_for_no_launch_made_since(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    let (old, new) = (session(1).hash, SessionHash([9; 32]));
    stores.sessions.rotate(old, new, noon() + 1.second()).await.unwrap();
    let since = access::Launch { session: new, created: noon() + 2.seconds(), ..launch(2, 1) };
    stores.launches.put(since).await.unwrap();

    let by = async |hash, now| stores.sessions.lookup(hash, now).await.unwrap();
    let (former, present) =
        (by(old, noon() + 30.seconds()).await.unwrap(), by(new, noon() + 30.seconds()).await.unwrap());
    assert_eq!((former.hash, present.hash), (new, new));
    let launches = stores.launches.of_session(new).await.unwrap();
    assert_eq!(launches.iter().map(|launch| former.opens(launch)).collect::<Vec<_>>(), [true, false]);
    assert_eq!(launches.iter().map(|launch| present.opens(launch)).collect::<Vec<_>>(), [true, true]);
    assert_eq!(by(old, noon() + 31.seconds()).await, None);

    stores.database.purge(noon() + 1.minute()).await.unwrap();
    assert!(by(new, noon() + 1.minute()).await.is_some());
}

pub async fn of_two_sign_ins_at_once_one_rotates(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let mut tabs = tokio::task::JoinSet::new();
    for tab in 10..18 {
        let sessions = if tab % 2 == 0 { stores.sessions.clone() } else { stores.sessions_elsewhere.clone() };
        tabs.spawn(async move { sessions.rotate(session(1).hash, SessionHash([tab; 32]), noon()).await.unwrap() });
    }
    let rotations = tabs.join_all().await;
    let new = rotations.iter().find_map(|rotation| match rotation {
        Rotation::Rotated(session) => Some(session.hash),
        _ => None,
    });
    let others = rotations.iter().filter(|rotation| match rotation {
        Rotation::ByAnotherRequest(session) => Some(session.hash) == new,
        _ => false,
    });
    assert_eq!(others.count(), 7);
}

pub async fn signing_out_by_a_former_cookie_ends_the_session(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let new = SessionHash([9; 32]);
    stores.sessions.rotate(session(1).hash, new, noon()).await.unwrap();
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.sessions.lookup(new, noon()).await.unwrap(), None);
}

pub async fn signing_out_while_a_sign_in_rotates_ends_the_session_all_the_same(stores: Stores) {
    for round in 0..20 {
        let (old, new) = (SessionHash([round; 32]), SessionHash([100 + round; 32]));
        stores.sessions.put(Session::begin(old, noon())).await.unwrap();
        let (rotated, ended) =
            tokio::join!(stores.sessions.rotate(old, new, noon()), stores.sessions_elsewhere.end(old));
        ended.unwrap();
        rotated.unwrap();
        assert_eq!(stores.sessions.peek(old, noon()).await.unwrap(), None, "round {round}");
        assert_eq!(stores.sessions.peek(new, noon()).await.unwrap(), None, "round {round}");
    }
}

pub async fn a_launch_that_begins_while_its_session_rotates_goes_along_or_is_refused(stores: Stores) {
    for round in 0..20 {
        let (old, new) = (SessionHash([round; 32]), SessionHash([100 + round; 32]));
        stores.sessions.put(Session::begin(old, noon())).await.unwrap();
        let begun = launch(round, round);
        let (rotated, put) =
            tokio::join!(stores.sessions.rotate(old, new, noon()), stores.launches_elsewhere.put(begun.clone()));
        assert!(matches!(rotated.unwrap(), Rotation::Rotated(_)));
        let there = stores.launches.lookup(&begun.id, new).await.unwrap();
        assert_eq!(there.is_some(), put.is_ok(), "round {round}: {put:?}");
    }
}

pub async fn purging_in_two_processes_at_once_removes_each_session_once(stores: Stores) {
    for byte in 1..=40 {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
        stores.grants.put(&tenant(), &launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    let later = noon() + 2.hours();
    let (one, other) = (stores.database.clone(), stores.database.clone());
    let (one, other) =
        tokio::join!(tokio::spawn(async move { one.purge(later).await }), async move { other.purge(later).await });
    assert_eq!(one.unwrap().unwrap().sessions + other.unwrap().sessions, 40);
    assert_eq!(stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap(), []);
}
