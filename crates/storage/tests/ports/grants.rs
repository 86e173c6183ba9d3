//! Laws of `smart::Grants`.

use access::{Launch, SessionHash};
use jiff::ToSpan;
use smart::{REFRESH_TURN, Turn};

use crate::Stores;
use crate::people::{grant, lake, launch, launch_id, noon, session, tenant};

async fn with_launches(stores: &Stores) {
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
    }
}

pub async fn a_grant_that_was_put_is_found_whole(stores: Stores) {
    with_launches(&stores).await;
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    assert_eq!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), Some(grant("a")));
}

pub async fn a_new_grant_takes_the_place_of_the_old_one(stores: Stores) {
    with_launches(&stores).await;
    for mark in ["a", "b"] {
        stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant(mark)).await.unwrap();
    }
    let found = stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap();
    assert_eq!(found, [("valley-ehr".to_owned(), grant("b"))]);
}

pub async fn a_grant_belongs_to_its_launch_and_source(stores: Stores) {
    with_launches(&stores).await;
    for (launch, source, mark) in [(1, "valley-ehr", "a"), (1, "nephrology", "b"), (2, "valley-ehr", "c")] {
        stores.grants.put(&tenant(), &launch_id(launch), source, &grant(mark)).await.unwrap();
    }
    stores.grants.remove(&tenant(), &launch_id(1), "valley-ehr").await.unwrap();
    stores.grants.remove(&tenant(), &launch_id(1), "valley-ehr").await.unwrap();
    assert_eq!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), None);
    assert_eq!(
        stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap(),
        [("nephrology".to_owned(), grant("b"))]
    );
    assert_eq!(stores.grants.lookup(&tenant(), &launch_id(2), "valley-ehr").await.unwrap(), Some(grant("c")));
}

pub async fn a_grant_without_its_launch_is_refused(stores: Stores) {
    assert!(stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.is_err());
}

pub async fn ending_a_session_ends_its_grants(stores: Stores) {
    with_launches(&stores).await;
    for byte in [1, 2] {
        stores.grants.put(&tenant(), &launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.grants.of_launch(&tenant(), &launch_id(1)).await.unwrap(), []);
    assert_eq!(stores.grants.of_launch(&tenant(), &launch_id(2)).await.unwrap().len(), 1);
}

pub async fn a_grant_of_one_tenant_is_to_another_as_one_that_is_not_there(stores: Stores) {
    with_launches(&stores).await;
    let (grants, now) = (&stores.grants, noon() + 1.minute());
    grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    let turn = grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon()).await.unwrap().unwrap();
    // A launch that the valley has, and one that nobody has.
    for id in [launch_id(1), launch_id(9)] {
        assert_eq!(grants.lookup(&lake(), &id, "valley-ehr").await.unwrap(), None);
        assert_eq!(grants.of_launch(&lake(), &id).await.unwrap(), []);
        assert_eq!(grants.begin_refresh(&lake(), &id, "valley-ehr", now).await.unwrap(), None);
        assert!(!grants.replace(&lake(), &id, "valley-ehr", turn, &grant("b")).await.unwrap());
        assert!(!grants.forget(&lake(), &id, "valley-ehr", turn).await.unwrap());
        grants.end_refresh(&lake(), &id, "valley-ehr", turn).await.unwrap();
        grants.remove(&lake(), &id, "valley-ehr").await.unwrap();
        let refused = grants.put(&lake(), &id, "valley-ehr", &grant("b")).await.unwrap_err();
        let why = std::error::Error::source(&refused).map(ToString::to_string);
        assert_eq!(why.as_deref(), Some("a grant for a launch that is not there"));
    }
    assert!(grants.replace(&tenant(), &launch_id(1), "valley-ehr", turn, &grant("c")).await.unwrap(), "still its turn");
    assert_eq!(grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), Some(grant("c")));
}

pub async fn a_session_at_two_tenants_ends_with_the_grants_of_both(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    for (byte, tenant) in [(1, tenant()), (2, lake())] {
        stores.launches.put(Launch { tenant: tenant.clone(), ..launch(byte, 1) }).await.unwrap();
        stores.grants.put(&tenant, &launch_id(byte), "valley-ehr", &grant("a")).await.unwrap();
    }
    let other = stores.grants.of_launch(&lake(), &launch_id(1)).await.unwrap();
    assert_eq!((other.len(), stores.grants.of_launch(&lake(), &launch_id(2)).await.unwrap().len()), (0, 1));
    stores.sessions.end(session(1).hash).await.unwrap();
    for (byte, tenant) in [(1, tenant()), (2, lake())] {
        assert_eq!(stores.grants.of_launch(&tenant, &launch_id(byte)).await.unwrap(), []);
        // Nothing comes back with a launch of the same id.
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(Launch { tenant: tenant.clone(), ..launch(byte, byte) }).await.unwrap();
        assert_eq!(stores.grants.of_launch(&tenant, &launch_id(byte)).await.unwrap(), []);
    }
}

/// However the launch ends.
pub async fn a_grant_that_comes_while_its_launch_ends_goes_with_it_or_is_refused(stores: Stores) {
    for round in 0..30 {
        let (id, hash) = (launch_id(round), SessionHash([round; 32]));
        stores.sessions.put(session(round)).await.unwrap();
        stores.launches.put(launch(round, round)).await.unwrap();
        let (tenant, grant) = (tenant(), grant("a"));
        let put = stores.grants_elsewhere.put(&tenant, &id, "valley-ehr", &grant);
        let end = async {
            match round % 3 {
                0 => assert!(stores.launches.end(&id, hash).await.unwrap()),
                1 => stores.sessions.end(hash).await.unwrap(),
                _ => drop(stores.launches.end_launches_of_other_users(hash, None).await.unwrap()),
            }
        };
        let _ = tokio::join!(put, end);
        assert_eq!(stores.grants.of_launch(&tenant, &id).await.unwrap(), [], "round {round}");
        let late = stores.grants.begin_refresh(&tenant, &id, "valley-ehr", noon()).await.unwrap();
        assert_eq!(late.map(|turn: Turn| turn.until), None, "round {round}");
    }
}

pub async fn a_forgotten_grant_does_not_come_back_by_a_late_refresh(stores: Stores) {
    with_launches(&stores).await;
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    let turn = stores.grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon()).await.unwrap().unwrap();
    assert!(stores.grants.replace(&tenant(), &launch_id(1), "valley-ehr", turn, &grant("b")).await.unwrap());
    assert_eq!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), Some(grant("b")));
    stores.grants.remove(&tenant(), &launch_id(1), "valley-ehr").await.unwrap();
    assert!(!stores.grants.replace(&tenant(), &launch_id(1), "valley-ehr", turn, &grant("c")).await.unwrap());
    assert_eq!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), None);
}

pub async fn a_late_refresh_of_an_old_grant_took_the_place_of_a_newer_one(stores: Stores) {
    with_launches(&stores).await;
    let grants = &stores.grants_elsewhere;
    let kept = async || stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap();
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    let late = grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon()).await.unwrap().unwrap();
    // Connected once more meanwhile.
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("b")).await.unwrap();
    assert!(!grants.replace(&tenant(), &launch_id(1), "valley-ehr", late, &grant("late")).await.unwrap());
    assert!(!grants.forget(&tenant(), &launch_id(1), "valley-ehr", late).await.unwrap());
    assert_eq!(kept().await, Some(grant("b")));
    // Or the turn has ended, and somebody else has refreshed in theirs.
    let late = grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon()).await.unwrap().unwrap();
    let next = stores
        .grants
        .begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon() + REFRESH_TURN)
        .await
        .unwrap()
        .unwrap();
    assert!(stores.grants.replace(&tenant(), &launch_id(1), "valley-ehr", next, &grant("c")).await.unwrap());
    assert!(!grants.replace(&tenant(), &launch_id(1), "valley-ehr", late, &grant("late")).await.unwrap());
    assert!(!grants.forget(&tenant(), &launch_id(1), "valley-ehr", late).await.unwrap());
    assert_eq!(kept().await, Some(grant("c")));
    assert!(stores.grants.forget(&tenant(), &launch_id(1), "valley-ehr", next).await.unwrap());
    assert_eq!(kept().await, None);
}

pub async fn of_two_who_would_refresh_one_has_the_turn(stores: Stores) {
    with_launches(&stores).await;
    assert_eq!(
        stores.grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", noon()).await.unwrap(),
        None,
        "no grant"
    );
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    for round in 1..10 {
        let now = noon() + round.minutes();
        let mut askers = tokio::task::JoinSet::new();
        for asker in 0..8 {
            let here = if asker % 2 == 0 { &stores.grants } else { &stores.grants_elsewhere };
            let here = here.clone();
            askers.spawn(async move { here.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", now).await.unwrap() });
        }
        let turns: Vec<_> = askers.join_all().await.into_iter().flatten().collect();
        assert_eq!(turns.len(), 1);
        stores.grants_elsewhere.end_refresh(&tenant(), &launch_id(1), "valley-ehr", turns[0]).await.unwrap();
    }
}

pub async fn a_turn_that_was_not_given_back_ends_by_itself(stores: Stores) {
    with_launches(&stores).await;
    stores.grants.put(&tenant(), &launch_id(1), "valley-ehr", &grant("a")).await.unwrap();
    let begin = async |now| stores.grants.begin_refresh(&tenant(), &launch_id(1), "valley-ehr", now).await.unwrap();
    let lost = begin(noon()).await.unwrap();
    assert_eq!(begin(noon() + 59.seconds()).await, None);
    let next = begin(noon() + REFRESH_TURN).await.unwrap();
    // The one who was too slow does not take the turn from the next.
    stores.grants.end_refresh(&tenant(), &launch_id(1), "valley-ehr", lost).await.unwrap();
    assert_eq!(begin(noon() + REFRESH_TURN + 1.second()).await, None);
    stores.grants.end_refresh(&tenant(), &launch_id(1), "valley-ehr", next).await.unwrap();
    assert!(begin(noon() + REFRESH_TURN + 1.second()).await.is_some());
}
