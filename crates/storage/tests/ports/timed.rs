//! Laws of `shared_plan::ports::Timed`.

use jiff::SignedDuration;
use shared_plan::Version;
use shared_plan::ports::{Commit, Passed};

use crate::people::noon;
use crate::shared_plan::{SharedPlans, change, date, due, event, key, make, person};

async fn passed(stores: &SharedPlans, today: &str) -> Vec<Passed> {
    stores.timed.passed(&stores.tenant, date(today), 10).await.unwrap()
}

fn days(passed: &[Passed]) -> Vec<String> {
    passed.iter().map(|passed| passed.due.day.to_string()).collect()
}

pub async fn what_is_late_is_found_after_its_day_and_oldest_first(stores: SharedPlans) {
    let dues = vec![due(7, "2026-11-20"), due(8, "2026-03-01"), due(9, "2026-11-21")];
    stores.keep(&Commit { dues, ..make(&stores.plan(1)) }).await;
    stores.keep(&Commit { dues: vec![due(6, "2025-12-31")], ..make(&stores.plan(2)) }).await;
    assert_eq!(days(&passed(&stores, "2025-12-31").await), [""; 0]);
    assert_eq!(days(&passed(&stores, "2026-11-20").await), ["2025-12-31", "2026-03-01"]);
    assert_eq!(days(&passed(&stores, "2026-11-21").await), ["2025-12-31", "2026-03-01", "2026-11-20"]);
    let first = stores.timed.passed(&stores.tenant, date("2026-12-24"), 1).await.unwrap();
    let expected = Passed { key: stores.plan(2), person: person(1), version: Version(1), due: due(6, "2025-12-31") };
    assert_eq!(first, [expected]);
}

pub async fn of_many_processes_one_tells_each_late_part(stores: SharedPlans) {
    let dues = vec![due(7, "2026-11-01"), due(8, "2026-11-01")];
    stores.keep(&Commit { dues, ..make(&stores.plan(1)) }).await;
    let found = passed(&stores, "2026-11-21").await;
    let mut asked = Vec::new();
    for process in 0..6 {
        for late in &found {
            let timed = if process % 2 == 0 { stores.timed.clone() } else { stores.timed_elsewhere.clone() };
            let (late, event) = (late.clone(), event(&late.key, late.version, 0));
            asked.push(tokio::spawn(async move { timed.tell(&late, &event).await.unwrap() }));
        }
    }
    let mut told = 0;
    for answer in asked {
        told += usize::from(answer.await.unwrap());
    }
    assert_eq!(told, 2);
    assert_eq!(passed(&stores, "2026-11-21").await, []);
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, 2);
}

pub async fn a_changed_day_is_told_anew_and_the_same_day_never(stores: SharedPlans) {
    let key = stores.plan(1);
    let with = |day: &str, commit: Commit| Commit { dues: vec![due(7, day)], ..commit };
    stores.keep(&with("2026-11-01", make(&key))).await;
    let mut told = Vec::new();
    for (version, day) in (1..).zip(["2026-11-01", "2026-11-01", "2026-11-05", "2026-11-01", "2026-11-06"]) {
        if version > 1 {
            stores.keep(&with(day, change(&key, version - 1))).await;
        }
        for late in passed(&stores, "2026-11-21").await {
            assert!(stores.timed.tell(&late, &event(&key, late.version, 0)).await.unwrap());
            told.push((version, late.due.day.to_string()));
        }
    }
    let expected = [(1, "2026-11-01"), (3, "2026-11-05"), (5, "2026-11-06")];
    assert_eq!(told, expected.map(|(version, day)| (version, day.to_owned())));
}

pub async fn days_of_a_former_version_are_forgotten(stores: SharedPlans) {
    let key = stores.plan(1);
    stores.keep(&Commit { dues: vec![due(7, "2026-11-01"), due(8, "2026-11-02")], ..make(&key) }).await;
    stores.keep(&Commit { dues: vec![due(8, "2026-11-02")], ..change(&key, 1) }).await;
    assert_eq!(days(&passed(&stores, "2026-11-21").await), ["2026-11-02"]);
    stores.keep(&change(&key, 2)).await;
    assert_eq!(passed(&stores, "2026-11-21").await, []);
}

pub async fn what_has_changed_since_it_was_found_is_not_told(stores: SharedPlans) {
    let key = stores.plan(1);
    let dues = vec![due(7, "2026-11-01")];
    stores.keep(&Commit { dues: dues.clone(), ..make(&key) }).await;
    let found = passed(&stores, "2026-11-21").await.remove(0);
    stores.keep(&Commit { dues, ..change(&key, 1) }).await;
    assert!(!stores.timed.tell(&found, &event(&key, Version(1), 0)).await.unwrap());
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, 0);
    let found = passed(&stores, "2026-11-21").await.remove(0);
    assert_eq!(found.version, Version(2));
    assert!(stores.timed.tell(&found, &event(&key, Version(2), 0)).await.unwrap());
    let nowhere = Passed { key: stores.plan(2), ..found.clone() };
    assert!(!stores.timed.tell(&nowhere, &event(&nowhere.key, Version(2), 0)).await.unwrap());
    let of_another = event(&stores.plan(2), Version(2), 0);
    stores.timed.tell(&found, &of_another).await.unwrap_err();
}

pub async fn one_process_has_the_turn_until_its_lease_is_over(stores: SharedPlans) {
    let lease = SignedDuration::from_mins(1);
    let take = async |timed: &dyn shared_plan::ports::Timed, holder: &str, seconds: i64| {
        let now = noon() + SignedDuration::from_secs(seconds);
        timed.take_turn(&stores.tenant, holder, now, lease).await.unwrap()
    };
    assert!(take(&*stores.timed, "one", 0).await);
    assert!(!take(&*stores.timed_elsewhere, "other", 30).await);
    assert!(take(&*stores.timed, "one", 40).await, "whoever has it takes it again");
    assert!(!take(&*stores.timed_elsewhere, "other", 99).await);
    assert!(take(&*stores.timed_elsewhere, "other", 100).await);
    assert!(!take(&*stores.timed, "one", 100).await);
    assert!(stores.timed.take_turn(&stores.other, "one", noon(), lease).await.unwrap(), "each tenant has its own");
}

pub async fn what_is_late_at_one_tenant_is_not_told_by_another(stores: SharedPlans) {
    for tenant in [&stores.tenant, &stores.other] {
        stores.keep(&Commit { dues: vec![due(7, "2026-11-01")], ..make(&key(tenant, 1)) }).await;
    }
    let ours = passed(&stores, "2026-11-21").await;
    let [ours] = &ours[..] else { panic!("{ours:?}") };
    assert!(stores.timed.tell(ours, &event(&ours.key, Version(1), 0)).await.unwrap());
    assert_eq!(passed(&stores, "2026-11-21").await, []);
    let theirs = stores.timed.passed(&stores.other, date("2026-11-21"), 10).await.unwrap();
    assert_eq!(theirs.iter().map(|late| &late.key.tenant).collect::<Vec<_>>(), [&stores.other]);
}
