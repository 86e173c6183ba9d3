//! Laws of `shared_plan::ports::Deliveries`.

use jiff::{SignedDuration, Timestamp};
use shared_plan::EventId;
use shared_plan::ports::{Backlog, Commit};

use crate::people::noon;
use crate::shared_plan::{SharedPlans, change, key, make, telling};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

impl SharedPlans {
    async fn appoint(&self, receivers: &[&str]) {
        let receivers: Vec<String> = receivers.iter().map(|name| (*name).to_owned()).collect();
        self.deliveries.appoint(&self.tenant, &receivers).await.unwrap();
    }

    async fn taken(&self, receiver: &str, now: Timestamp) -> Vec<EventId> {
        let queue = self.deliveries_elsewhere.queue(&self.tenant, receiver);
        queue.claim(now, LEASE, 100).await.unwrap().iter().map(|outgoing| outgoing.event.id).collect()
    }

    /// Takes everything that waits, each event handed on at once.
    async fn delivered(&self, receiver: &str, now: Timestamp) -> Vec<EventId> {
        let queue = self.deliveries.queue(&self.tenant, receiver);
        let mut told = Vec::new();
        loop {
            let claimed = queue.claim(now, LEASE, 10).await.unwrap();
            if claimed.is_empty() {
                return told;
            }
            for outgoing in claimed {
                queue.handed_on(&outgoing.tenant, outgoing.event.id, now).await.unwrap();
                told.push(outgoing.event.id);
            }
        }
    }
}

fn ids(commit: &Commit) -> Vec<EventId> {
    commit.events.iter().map(|event| event.id).collect()
}

pub async fn each_receiver_gets_each_event_once_and_in_the_order_of_its_document(stores: SharedPlans) {
    stores.appoint(&["lab", "portal"]).await;
    let commits = [telling(make(&stores.plan(1)), 2), telling(change(&stores.plan(1), 1), 1)];
    for commit in &commits {
        stores.keep(commit).await;
    }
    let all: Vec<EventId> = commits.iter().flat_map(ids).collect();
    assert_eq!(stores.taken("lab", noon()).await, all[..1], "the next waits for the one before it");
    assert_eq!(stores.taken("lab", noon()).await, [], "nobody else gets it meanwhile");
    let later = noon() + LEASE;
    for receiver in ["lab", "portal"] {
        assert_eq!(stores.delivered(receiver, later).await, all, "{receiver}");
        assert_eq!(stores.delivered(receiver, later).await, []);
    }
    assert_eq!(stores.told(noon()).await, all, "and the outbox itself knows nothing of it");
}

pub async fn a_receiver_that_is_away_holds_back_neither_the_others_nor_the_outbox(stores: SharedPlans) {
    stores.appoint(&["away", "there"]).await;
    let commit = telling(make(&stores.plan(1)), 2);
    stores.keep(&commit).await;
    let away = stores.deliveries.queue(&stores.tenant, "away");
    let first = away.claim(noon(), LEASE, 10).await.unwrap().remove(0);
    away.failed(&stores.tenant, first.event.id, "no \0answer", noon(), None).await.unwrap();
    assert_eq!(stores.delivered("there", noon()).await, ids(&commit));
    assert_eq!(stores.told(noon()).await, ids(&commit));
    let letters = stores.deliveries_elsewhere.queue(&stores.tenant, "away").dead(10).await.unwrap();
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    assert_eq!((&letter.outgoing.event, letter.why.as_str(), letter.since), (&commit.events[0], "no answer", noon()));
    assert_eq!(away.backlog().await.unwrap(), Backlog { held_back: 1, dead: 1, ..Backlog::default() });
    assert_eq!(stores.outbox.dead(10).await.unwrap(), [], "it is no dead letter of the outbox");
    let dead_there = stores.deliveries.queue(&stores.tenant, "there").backlog().await.unwrap();
    assert_eq!(dead_there, Backlog::default());
}

pub async fn what_was_kept_before_is_told_to_a_new_receiver_by_replaying_only(stores: SharedPlans) {
    let early = telling(make(&stores.plan(1)), 1);
    stores.keep(&early).await;
    stores.appoint(&["new"]).await;
    let late = telling(make(&stores.plan(2)), 1);
    stores.keep(&late).await;
    assert_eq!(stores.delivered("new", noon()).await, ids(&late));
    let queue = stores.deliveries.queue(&stores.tenant, "new");
    assert_eq!(queue.replay(noon() - SignedDuration::from_hours(1)).await.unwrap(), 2);
    let mut again = stores.delivered("new", noon()).await;
    again.sort_unstable();
    let mut both = [ids(&early), ids(&late)].concat();
    both.sort_unstable();
    assert_eq!(again, both);
    assert_eq!(queue.replay(noon() + SignedDuration::from_hours(24)).await.unwrap(), 0);
}

pub async fn who_is_a_receiver_no_more_leaves_nothing_behind(stores: SharedPlans) {
    stores.appoint(&["lab", "portal"]).await;
    stores.keep(&telling(make(&stores.plan(1)), 1)).await;
    stores.appoint(&["portal"]).await;
    stores.appoint(&["portal"]).await;
    assert_eq!(stores.deliveries.receivers(&stores.tenant).await.unwrap(), ["portal"]);
    assert_eq!(stores.taken("lab", noon()).await, []);
    stores.appoint(&["lab", "portal"]).await;
    assert_eq!(stores.taken("lab", noon()).await, [], "it begins anew");
    assert_eq!(stores.taken("portal", noon()).await.len(), 1, "the other kept its own");
    stores.appoint(&[]).await;
    stores.keep(&telling(make(&stores.plan(2)), 1)).await;
    assert_eq!(stores.taken("portal", noon()).await, []);
}

pub async fn a_delivery_stays_for_its_retention(stores: SharedPlans) {
    stores.appoint(&["lab"]).await;
    stores.keep(&telling(make(&stores.plan(1)), 2)).await;
    let queue = stores.deliveries.queue(&stores.tenant, "lab");
    let first = queue.claim(noon(), LEASE, 1).await.unwrap().remove(0);
    queue.handed_on(&stores.tenant, first.event.id, noon()).await.unwrap();
    let kept = SignedDuration::from_hours(7 * 24);
    assert_eq!(stores.purge(noon() + kept - SignedDuration::from_secs(1)).await, 0);
    assert_eq!(stores.purge(noon() + kept).await, 1);
    assert_eq!(queue.backlog().await.unwrap().waiting, 1, "what waits stays however long it takes");
}

pub async fn receivers_of_another_tenant_get_nothing(stores: SharedPlans) {
    stores.appoint(&["lab"]).await;
    stores.deliveries.appoint(&stores.other, &["lab".to_owned()]).await.unwrap();
    let (mine, theirs) = (telling(make(&stores.plan(1)), 1), telling(make(&key(&stores.other, 1)), 1));
    for commit in [&mine, &theirs] {
        stores.keep(commit).await;
    }
    assert_eq!(stores.taken("lab", noon()).await, ids(&mine));
    let other = stores.deliveries.queue(&stores.other, "lab").claim(noon(), LEASE, 10).await.unwrap();
    assert_eq!(other.iter().map(|outgoing| outgoing.event.id).collect::<Vec<_>>(), ids(&theirs));
}

pub async fn of_many_who_take_from_one_queue_at_once_no_two_get_the_same(stores: SharedPlans) {
    stores.appoint(&["lab"]).await;
    for number in 1..=30 {
        stores.keep(&telling(make(&stores.plan(number)), 1)).await;
    }
    let takers = (0..8).map(|taker| {
        let deliveries = if taker % 2 == 0 { &stores.deliveries } else { &stores.deliveries_elsewhere };
        let queue = deliveries.queue(&stores.tenant, "lab");
        tokio::spawn(async move { queue.claim(noon(), LEASE, 5).await.unwrap() })
    });
    let mut taken = Vec::new();
    for taker in takers.collect::<Vec<_>>() {
        taken.extend(taker.await.unwrap().into_iter().map(|outgoing| outgoing.event.id));
    }
    let many = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), many);
}
