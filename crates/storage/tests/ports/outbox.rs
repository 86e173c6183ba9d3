//! Laws of `shared_plan::ports::Outbox`.

use jiff::{SignedDuration, Timestamp, ToSpan};
use shared_plan::EventId;
use shared_plan::ports::{Backlog, Commit, Committed, Outbox, Outgoing};

use crate::people::noon;
use crate::shared_plan::{SharedPlans, change, date, due, event, key, make, telling};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

async fn claim(outbox: &dyn Outbox, now: Timestamp) -> Vec<EventId> {
    ids(&outbox.claim(now, LEASE, 100).await.unwrap())
}

fn ids(outgoing: &[Outgoing]) -> Vec<EventId> {
    outgoing.iter().map(|outgoing| outgoing.event.id).collect()
}

fn told_by(commits: &[&Commit]) -> Vec<EventId> {
    commits.iter().flat_map(|commit| &commit.events).map(|event| event.id).collect()
}

pub async fn an_event_is_kept_in_the_step_of_the_change_or_not_at_all(stores: SharedPlans) {
    let made = telling(make(&stores.plan(1)), 1);
    stores.keep(&made).await;
    let refused = telling(make(&stores.plan(1)), 1);
    assert!(matches!(stores.documents.commit(&refused).await.unwrap(), Committed::Stale(_)));
    let missing = telling(change(&stores.plan(2), 1), 1);
    assert_eq!(stores.documents.commit(&missing).await.unwrap(), Committed::Missing);
    let claimed = stores.outbox.claim(noon(), LEASE, 100).await.unwrap();
    let [Outgoing { tenant, event, failures: 0 }] = &claimed[..] else { panic!("{claimed:?}") };
    assert_eq!((tenant, event), (&stores.tenant, &made.events[0]));
}

pub async fn events_of_one_document_are_handed_on_in_their_order(stores: SharedPlans) {
    let key = stores.plan(1);
    let commits = [telling(make(&key), 3), telling(change(&key, 1), 1), telling(change(&key, 2), 2)];
    for commit in &commits {
        stores.keep(commit).await;
    }
    let [first, second, ..] = told_by(&[&commits[0]])[..] else { panic!() };
    assert_eq!(claim(&*stores.outbox, noon()).await, [first]);
    assert_eq!(claim(&*stores.outbox_elsewhere, noon()).await, [], "the next waits for the one before it");
    stores.outbox.handed_on(&stores.tenant, first, noon()).await.unwrap();
    assert_eq!(claim(&*stores.outbox_elsewhere, noon()).await, [second]);
    stores.outbox.handed_on(&stores.tenant, second, noon()).await.unwrap();
    assert_eq!(stores.told(noon()).await, told_by(&[&commits[0], &commits[1], &commits[2]])[2..]);
}

pub async fn a_poisoned_document_holds_back_itself_only(stores: SharedPlans) {
    let poisoned = telling(make(&stores.plan(1)), 2);
    let others = [telling(make(&stores.plan(2)), 2), telling(make(&key(&stores.other, 1)), 1)];
    stores.keep(&poisoned).await;
    for commit in &others {
        stores.keep(commit).await;
    }
    let mut claimed = claim(&*stores.outbox, noon()).await;
    claimed.sort_unstable();
    let first = |commit: &Commit| commit.events[0].id;
    assert_eq!(claimed, [first(&poisoned), first(&others[0]), first(&others[1])]);
    stores.outbox.failed(&stores.tenant, first(&poisoned), "too \0large", noon(), None).await.unwrap();
    let later = noon() + LEASE;
    let mut told = stores.told(later).await;
    told.sort_unstable();
    assert_eq!(told, told_by(&[&others[0], &others[1]]));
    let dead = stores.outbox_elsewhere.dead(10).await.unwrap();
    let [letter] = &dead[..] else { panic!("{dead:?}") };
    assert_eq!(letter.outgoing.event, poisoned.events[0]);
    assert_eq!((letter.outgoing.failures, letter.why.as_str(), letter.since), (1, "too large", noon()));
    let backlog = stores.outbox.backlog().await.unwrap();
    assert_eq!(backlog, Backlog { held_back: 1, dead: 1, ..Backlog::default() }, "the broker has nothing to wait for");
}

pub async fn a_claimed_event_is_nobody_elses_until_the_lease_is_over(stores: SharedPlans) {
    let commit = telling(make(&stores.plan(1)), 1);
    stores.keep(&commit).await;
    assert_eq!(claim(&*stores.outbox, noon()).await, told_by(&[&commit]));
    let almost = noon() + LEASE - SignedDuration::from_millis(1);
    assert_eq!(claim(&*stores.outbox_elsewhere, almost).await, []);
    assert_eq!(claim(&*stores.outbox_elsewhere, noon() + LEASE).await, told_by(&[&commit]));
    assert_eq!(claim(&*stores.outbox, noon() + LEASE).await, []);
    // Whoever was late has told it nevertheless.
    stores.outbox.handed_on(&stores.tenant, commit.events[0].id, noon() + LEASE).await.unwrap();
    assert_eq!(claim(&*stores.outbox, noon() + LEASE * 2).await, []);
}

pub async fn what_failed_waits_until_its_time(stores: SharedPlans) {
    let commit = telling(make(&stores.plan(1)), 2);
    stores.keep(&commit).await;
    let first = commit.events[0].id;
    for failures in 0..3_u32 {
        let now = noon() + i64::from(failures).hours();
        let claimed = stores.outbox.claim(now, LEASE, 10).await.unwrap();
        assert_eq!((ids(&claimed), claimed[0].failures), (vec![first], failures));
        stores.outbox.failed(&stores.tenant, first, "no answer", now, Some(now + 1.hour())).await.unwrap();
        assert_eq!(claim(&*stores.outbox_elsewhere, now + 59.minutes()).await, []);
    }
    assert_eq!(stores.outbox.dead(10).await.unwrap(), []);
    assert_eq!(stores.told(noon() + 3.hours()).await, told_by(&[&commit]));
    // What was handed on does not die of a late failure.
    stores.outbox.failed(&stores.tenant, first, "late", noon(), None).await.unwrap();
    assert_eq!(stores.outbox.dead(10).await.unwrap(), []);
}

pub async fn replaying_tells_again_what_was_kept_since_then(stores: SharedPlans) {
    let mut former = telling(make(&stores.plan(1)), 1);
    former.events[0].at = noon() - 1.hour();
    let (handed_on, dead) = (telling(make(&stores.plan(2)), 2), telling(make(&stores.plan(3)), 2));
    for commit in [&former, &handed_on, &dead] {
        stores.keep(commit).await;
    }
    claim(&*stores.outbox, noon()).await;
    stores.outbox.failed(&stores.tenant, dead.events[0].id, "too large", noon(), None).await.unwrap();
    assert_eq!(stores.told(noon() + LEASE).await.len(), 3);
    assert_eq!(stores.outbox.replay(noon()).await.unwrap(), 3);
    assert_eq!(stores.outbox.dead(10).await.unwrap(), []);
    let mut told = stores.told(noon() + LEASE).await;
    assert_eq!(told.len(), 4);
    for commit in [&handed_on, &dead] {
        let order: Vec<_> = told.iter().filter(|id| told_by(&[commit]).contains(id)).copied().collect();
        assert_eq!(order, told_by(&[commit]), "in their order again");
    }
    told.sort_unstable();
    assert_eq!(told, told_by(&[&handed_on, &dead]));
    assert_eq!(stores.outbox.replay(noon() + 1.second()).await.unwrap(), 0);
}

pub async fn what_was_handed_on_stays_for_its_retention(stores: SharedPlans) {
    let (early, late) = (telling(make(&stores.plan(1)), 1), telling(make(&stores.plan(2)), 1));
    stores.keep(&early).await;
    assert_eq!(stores.told(noon()).await.len(), 1);
    stores.keep(&late).await;
    assert_eq!(stores.told(noon() + 1.hour()).await.len(), 1);
    stores.keep(&telling(make(&stores.plan(3)), 1)).await;
    assert_eq!(stores.outbox.forget(noon()).await.unwrap(), 0);
    assert_eq!(stores.outbox.forget(noon() + 1.hour()).await.unwrap(), 1);
    assert_eq!(stores.outbox.replay(noon()).await.unwrap(), 1, "the later one is still there");
    assert_eq!(stores.told(noon() + 2.hours()).await.len(), 2);
    let week = SignedDuration::from_hours(7 * 24);
    assert_eq!(stores.purge(noon() + week).await, 0);
    stores.keep(&telling(make(&stores.plan(4)), 1)).await;
    assert_eq!(stores.purge(noon() + 2.hours() + week).await, 2);
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, 1, "what waits is never purged");
}

pub async fn a_tenant_with_much_to_tell_leaves_the_others_their_turn(stores: SharedPlans) {
    for byte in 1..=9 {
        stores.keep(&telling(make(&stores.plan(byte)), 1)).await;
        stores.keep(&telling(make(&key(&stores.other, byte)), 1)).await;
    }
    let mut tenants = Vec::new();
    for _ in 0..2 {
        let claimed = stores.outbox.claim(noon(), LEASE, 3).await.unwrap();
        assert_eq!(claimed.len(), 3);
        tenants.extend(claimed.into_iter().map(|outgoing| outgoing.tenant));
    }
    assert!(tenants.contains(&stores.tenant) && tenants.contains(&stores.other));
}

pub async fn of_many_who_claim_at_once_no_two_get_the_same(stores: SharedPlans) {
    let commits: Vec<Commit> = (1..=20).map(|byte| telling(make(&stores.plan(byte)), 2)).collect();
    for commit in &commits {
        stores.keep(commit).await;
    }
    let relays: Vec<_> = (0..6)
        .map(|relay| {
            let outbox = if relay % 2 == 0 { stores.outbox.clone() } else { stores.outbox_elsewhere.clone() };
            tokio::spawn(async move { ids(&outbox.claim(noon(), LEASE, 7).await.unwrap()) })
        })
        .collect();
    let mut claimed = Vec::new();
    for relay in relays {
        claimed.extend(relay.await.unwrap());
    }
    // Where one passes by what another holds, some may be left for the next round.
    claimed.extend(claim(&*stores.outbox, noon()).await);
    claimed.sort_unstable();
    assert_eq!(claimed, commits.iter().map(|commit| commit.events[0].id).collect::<Vec<_>>());
}

pub async fn what_is_told_of_a_late_part_comes_after_what_its_version_told(stores: SharedPlans) {
    let key = stores.plan(1);
    let made = Commit { dues: vec![due(7, "2026-11-20")], ..telling(make(&key), 2) };
    stores.keep(&made).await;
    let late = stores.timed.passed(&stores.tenant, date("2026-11-21"), 10).await.unwrap().remove(0);
    let overdue = event(&key, late.version, 0);
    assert!(stores.timed.tell(&late, &overdue).await.unwrap());
    let revised = telling(change(&key, 1), 1);
    stores.keep(&revised).await;
    let expected = [told_by(&[&made]), vec![overdue.id], told_by(&[&revised])].concat();
    assert_eq!(stores.told(noon()).await, expected);
}

pub async fn events_of_two_tenants_have_nothing_to_do_with_each_other(stores: SharedPlans) {
    let ours = telling(make(&stores.plan(1)), 1);
    // The same document, and the same id of an event, at another tenant.
    let mut theirs = telling(make(&key(&stores.other, 1)), 1);
    theirs.events[0].id = ours.events[0].id;
    stores.keep(&ours).await;
    stores.keep(&theirs).await;
    assert_eq!(claim(&*stores.outbox, noon()).await.len(), 2);
    stores.outbox.handed_on(&stores.other, ours.events[0].id, noon()).await.unwrap();
    let again = stores.outbox.claim(noon() + LEASE, LEASE, 10).await.unwrap();
    assert_eq!(again.iter().map(|outgoing| &outgoing.event).collect::<Vec<_>>(), [&ours.events[0]]);
    stores.outbox.failed(&stores.other, ours.events[0].id, "not theirs", noon(), None).await.unwrap();
    assert_eq!(stores.outbox.dead(10).await.unwrap(), []);
}
