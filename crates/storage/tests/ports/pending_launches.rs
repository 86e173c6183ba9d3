//! Laws of `smart::PendingLaunches`.

use jiff::ToSpan;

use crate::Stores;
use crate::people::{noon, pending_launch};

pub async fn a_pending_launch_is_taken_once(stores: Stores) {
    let pending = &stores.pending_launches;
    pending.put([1; 32], &pending_launch(), noon() + 10.minutes()).await.unwrap();
    assert_eq!(pending.take([2; 32], noon()).await.unwrap(), None);
    assert_eq!(pending.take([1; 32], noon()).await.unwrap(), Some(pending_launch()));
    assert_eq!(pending.take([1; 32], noon()).await.unwrap(), None);
}

pub async fn an_ended_one_is_not_there_and_gone(stores: Stores) {
    let pending = &stores.pending_launches;
    let expires = noon() + 10.minutes();
    pending.put([1; 32], &pending_launch(), expires).await.unwrap();
    assert_eq!(pending.take([1; 32], expires).await.unwrap(), None);
    // Also for a clock that goes back.
    assert_eq!(pending.take([1; 32], noon()).await.unwrap(), None);
}

pub async fn of_two_who_take_at_once_one_gets_it(stores: Stores) {
    for round in 0..20 {
        stores.pending_launches.put([round; 32], &pending_launch(), noon() + 10.minutes()).await.unwrap();
        let mut takers = tokio::task::JoinSet::new();
        for taker in 0..8 {
            let here = if taker % 2 == 0 { &stores.pending_launches } else { &stores.pending_launches_elsewhere };
            let here = here.clone();
            takers.spawn(async move { here.take([round; 32], noon()).await.unwrap() });
        }
        let taken = takers.join_all().await;
        assert_eq!(taken.iter().flatten().count(), 1);
    }
}

pub async fn purging_removes_ended_ones_and_nothing_else(stores: Stores) {
    let pending = &stores.pending_launches;
    pending.put([1; 32], &pending_launch(), noon() + 1.minute()).await.unwrap();
    pending.put([2; 32], &pending_launch(), noon() + 2.minutes()).await.unwrap();
    assert_eq!(stores.database.purge(noon() + 1.minute()).await.unwrap().pending_launches, 1);
    assert_eq!(pending.take([1; 32], noon()).await.unwrap(), None);
    assert!(pending.take([2; 32], noon()).await.unwrap().is_some());
}
