//! Laws of `shared_plan::ports::Documents`.

use jiff::{SignedDuration, ToSpan};
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Key, Kind, Selection};

use crate::people::noon;
use crate::shared_plan::{SharedPlans, change, document, due, goal, hex, key, make, once, person, telling};

fn all(kind: Kind) -> Selection {
    Selection { kind, person: None, statuses: vec![], changed_since: None }
}

pub async fn a_document_that_was_made_is_read_whole(stores: SharedPlans) {
    let key = stores.plan(1);
    assert_eq!(stores.documents.lookup(&key).await.unwrap(), None);
    stores.keep(&make(&key)).await;
    assert_eq!(stores.documents_elsewhere.lookup(&key).await.unwrap(), Some(document(&key, 1)));
    assert_eq!(stores.documents.lookup(&Key { kind: Kind::Concern, ..key.clone() }).await.unwrap(), None);
    let mut bare = make(&stores.plan(2));
    bare.document.by = shared_plan::Who::clock();
    bare.document.reason = None;
    bare.document.content = vec![];
    stores.keep(&bare).await;
    assert_eq!(stores.documents.lookup(&stores.plan(2)).await.unwrap(), Some(bare.document));
}

pub async fn every_version_is_read_again_and_they_come_newest_first(stores: SharedPlans) {
    let key = stores.plan(1);
    stores.keep(&make(&key)).await;
    let mut approved = change(&key, 1);
    approved.document.status = "approved".to_owned();
    stores.keep(&approved).await;
    assert_eq!(stores.documents.lookup(&key).await.unwrap(), Some(approved.document.clone()));
    assert_eq!(stores.documents.version(&key, Version(1)).await.unwrap(), Some(document(&key, 1)));
    assert_eq!(stores.documents.version(&key, Version(2)).await.unwrap(), Some(approved.document.clone()));
    for none in [0, 3, u64::MAX] {
        assert_eq!(stores.documents.version(&key, Version(none)).await.unwrap(), None);
    }
    let heads = stores.documents.versions(&key, None, usize::MAX).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.version.0).collect::<Vec<_>>(), [2, 1]);
    let page = async |after: Option<u64>, rows: usize| {
        let heads = stores.documents.versions(&key, after.map(Version), rows).await.unwrap();
        heads.iter().map(|head| head.version.0).collect::<Vec<_>>()
    };
    assert_eq!((page(None, 1).await, page(Some(2), 1).await, page(Some(1), 5).await), (vec![2], vec![1], vec![]));
    assert_eq!(
        (page(Some(u64::MAX), 5).await, page(Some(0), 5).await, page(None, 0).await),
        (vec![2, 1], vec![], vec![])
    );
    let first = document(&key, 1);
    assert_eq!((heads[1].at, &heads[1].by, &heads[1].reason), (first.at, &first.by, &first.reason));
    assert_eq!(stores.documents.versions(&stores.plan(2), None, usize::MAX).await.unwrap(), []);
}

pub async fn a_change_of_a_former_version_is_stale_and_changes_nothing(stores: SharedPlans) {
    let key = stores.plan(1);
    stores.keep(&make(&key)).await;
    stores.keep(&change(&key, 1)).await;
    let late = Commit { parts: vec![goal(7)], dues: vec![due(7, "2026-01-01")], ..telling(change(&key, 1), 1) };
    assert_eq!(stores.documents.commit(&late).await.unwrap(), Committed::Stale(Version(2)));
    assert_eq!(stores.documents.commit(&change(&key, 2000)).await.unwrap(), Committed::Stale(Version(2)));
    assert_eq!(stores.documents.commit(&make(&key)).await.unwrap(), Committed::Stale(Version(2)));
    assert_eq!(stores.documents.lookup(&key).await.unwrap(), Some(document(&key, 2)));
    assert_eq!(stores.documents.versions(&key, None, usize::MAX).await.unwrap().len(), 2);
    assert_eq!(stores.documents.holder_of(&stores.tenant, &goal(7)).await.unwrap(), None);
    assert_eq!(stores.timed.passed(&stores.tenant, noon_day(), 10).await.unwrap(), []);
    assert_eq!(stores.told(noon()).await, []);
}

pub async fn a_change_of_what_is_not_there_is_missing(stores: SharedPlans) {
    assert_eq!(stores.documents.commit(&change(&stores.plan(1), 1)).await.unwrap(), Committed::Missing);
    assert_eq!(stores.documents.lookup(&stores.plan(1)).await.unwrap(), None);
}

/// PostgreSQL takes no text with the letter 0, and neither takes numbers beyond 63 bits: asked for, they are not there.
pub async fn what_no_database_can_hold_is_not_there(stores: SharedPlans) {
    stores.keep(&Commit { parts: vec![goal(1)], ..make(&stores.plan(1)) }).await;
    for text in ["\0".to_owned(), format!("{}\0", hex(1))] {
        let odd = Key { id: text.clone(), ..stores.plan(1) };
        assert_eq!(stores.documents.lookup(&odd).await.unwrap(), None);
        assert_eq!(stores.documents.version(&odd, Version(1)).await.unwrap(), None);
        assert_eq!(stores.documents.versions(&odd, None, usize::MAX).await.unwrap(), []);
        assert_eq!(stores.documents.commit(&change(&odd, 1)).await.unwrap(), Committed::Missing);
        let part = shared_plan::ports::PartKey { kind: "goal", id: text.clone() };
        assert_eq!(stores.documents.holder_of(&stores.tenant, &part).await.unwrap(), None);
        let odd_once = once(&text, 1).unwrap();
        assert_eq!(stores.documents.used(&stores.tenant, &odd_once).await.unwrap(), None);
        let odd_state = Selection { statuses: vec![text], ..all(Kind::Plan) };
        assert_eq!(stores.documents.list(&stores.tenant, &odd_state, None, 10).await.unwrap(), []);
    }
    let list = async |after: &str| {
        stores.documents.list(&stores.tenant, &all(Kind::Plan), Some(after), 10).await.unwrap().len()
    };
    assert_eq!((list("\0").await, list(&format!("{}\0", hex(1))).await), (1, 0));
    for seen in [u64::MAX - 1, u64::MAX / 2, u64::MAX / 2 + 1] {
        let mut commit = change(&stores.plan(1), 1);
        (commit.seen, commit.document.version) = (Some(Version(seen)), Version(seen + 1));
        assert_eq!(stores.documents.commit(&commit).await.unwrap(), Committed::Stale(Version(1)), "{seen}");
        commit.document.key = stores.plan(2);
        assert_eq!(stores.documents.commit(&commit).await.unwrap(), Committed::Missing, "{seen}");
    }
}

pub async fn documents_are_listed_in_pages_in_the_order_of_their_ids(stores: SharedPlans) {
    for byte in [0x0b, 0xa0, 0x90, 0x01] {
        stores.keep(&make(&stores.plan(byte))).await;
    }
    stores.keep(&change(&stores.plan(0x90), 1)).await;
    let mut pages = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = stores.documents.list(&stores.tenant, &all(Kind::Plan), after.as_deref(), 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.key.id.clone());
        pages.push(page.into_iter().map(|document| (document.key.id, document.version.0)).collect::<Vec<_>>());
    }
    assert_eq!(pages, [vec![(hex(0x01), 1), (hex(0x0b), 1), (hex(0x90), 2)], vec![(hex(0xa0), 1)]]);
    assert_eq!(stores.documents.list(&stores.tenant, &all(Kind::Plan), None, 0).await.unwrap(), []);
}

pub async fn a_list_is_of_one_kind_person_state_and_time(stores: SharedPlans) {
    for byte in 1..=4 {
        let mut commit = make(&stores.plan(byte));
        commit.document.person = person(byte / 3);
        commit.document.status = ["draft", "active", "on-hold", "active"][usize::from(byte) - 1].to_owned();
        commit.document.at = noon() + i64::from(byte).minutes();
        stores.keep(&commit).await;
    }
    let concern = Key { kind: Kind::Concern, ..stores.plan(5) };
    stores.keep(&make(&concern)).await;
    let list = async |selection: Selection| {
        let found = stores.documents.list(&stores.tenant, &selection, None, 10).await.unwrap();
        found.into_iter().map(|document| document.key.id[..2].to_owned()).collect::<Vec<_>>()
    };
    let all = all(Kind::Plan);
    let of = |states: &[&str]| states.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>();
    assert_eq!(list(all.clone()).await, ["01", "02", "03", "04"]);
    assert_eq!(list(Selection { kind: Kind::Concern, ..all.clone() }).await, ["05"]);
    assert_eq!(list(Selection { person: Some(person(1)), ..all.clone() }).await, ["03", "04"]);
    assert_eq!(list(Selection { statuses: of(&["active"]), ..all.clone() }).await, ["02", "04"]);
    assert_eq!(list(Selection { statuses: of(&["active", "draft"]), ..all.clone() }).await, ["01", "02", "04"]);
    assert_eq!(list(Selection { changed_since: Some(noon() + 3.minutes()), ..all.clone() }).await, ["03", "04"]);
    let narrow = Selection { person: Some(person(1)), statuses: of(&["active"]), ..all };
    assert_eq!(list(Selection { changed_since: Some(noon() + 4.minutes()), ..narrow.clone() }).await, ["04"]);
    assert_eq!(list(Selection { changed_since: Some(noon() + 5.minutes()), ..narrow }).await, Vec::<String>::new());
}

pub async fn a_part_is_found_for_ever(stores: SharedPlans) {
    let key = stores.plan(1);
    stores.keep(&Commit { parts: vec![goal(7), goal(8), goal(7)], ..make(&key) }).await;
    stores.keep(&Commit { parts: vec![goal(8), goal(9)], ..change(&key, 1) }).await;
    for part in [goal(7), goal(8), goal(9)] {
        assert_eq!(stores.documents.holder_of(&stores.tenant, &part).await.unwrap(), Some(key.clone()));
    }
    let team = shared_plan::ports::PartKey { kind: "team", id: hex(7) };
    assert_eq!(stores.documents.holder_of(&stores.tenant, &team).await.unwrap(), None);
    assert_eq!(stores.documents.holder_of(&stores.other, &goal(7)).await.unwrap(), None);
}

/// More than one statement puts.
pub async fn a_plan_with_many_parts_keeps_them_all(stores: SharedPlans) {
    let part = |number: u32| shared_plan::ports::PartKey { kind: "goal", id: format!("{number:032x}") };
    stores.keep(&Commit { parts: (0..250).map(part).collect(), ..telling(make(&stores.plan(1)), 250) }).await;
    for number in [0, 99, 100, 249] {
        assert_eq!(
            stores.documents.holder_of(&stores.tenant, &part(number)).await.unwrap(),
            Some(stores.plan(1)),
            "{number}"
        );
    }
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, 250);
}

pub async fn two_tenants_with_the_same_ids_never_see_each_others(stores: SharedPlans) {
    let (ours, theirs) = (key(&stores.tenant, 1), key(&stores.other, 1));
    let with = |commit: Commit| Commit {
        parts: vec![goal(7)],
        dues: vec![due(7, "2026-01-01")],
        once: once("key", 1),
        ..telling(commit, 1)
    };
    stores.keep(&with(make(&ours))).await;
    assert_eq!(stores.documents.lookup(&theirs).await.unwrap(), None);
    assert_eq!(stores.documents.version(&theirs, Version(1)).await.unwrap(), None);
    assert_eq!(stores.documents.versions(&theirs, None, usize::MAX).await.unwrap(), []);
    assert_eq!(stores.documents.list(&stores.other, &all(Kind::Plan), None, 10).await.unwrap(), []);
    assert_eq!(stores.documents.holder_of(&stores.other, &goal(7)).await.unwrap(), None);
    assert_eq!(stores.documents.used(&stores.other, &once("key", 1).unwrap()).await.unwrap(), None);
    assert_eq!(stores.timed.passed(&stores.other, noon_day(), 10).await.unwrap(), []);
    assert_eq!(stores.documents.commit(&change(&theirs, 1)).await.unwrap(), Committed::Missing);
    // What one of them has stands in nobody else's way.
    stores.keep(&with(make(&theirs))).await;
    stores.keep(&change(&theirs, 1)).await;
    assert_eq!(stores.documents.lookup(&ours).await.unwrap(), Some(document(&ours, 1)));
    assert_eq!(stores.documents.lookup(&theirs).await.unwrap(), Some(document(&theirs, 2)));
    assert_eq!(stores.documents.holder_of(&stores.other, &goal(7)).await.unwrap(), Some(theirs));
    assert_eq!(stores.timed.passed(&stores.tenant, noon_day(), 10).await.unwrap().len(), 1);
}

pub async fn asking_again_by_the_same_key_does_nothing_twice(stores: SharedPlans) {
    let key = stores.plan(1);
    let asked = once("issuer subject request-1", 1);
    assert_eq!(stores.documents.used(&stores.tenant, asked.as_ref().unwrap()).await.unwrap(), None);
    stores.keep(&Commit { once: asked.clone(), ..telling(make(&key), 1) }).await;
    stores.keep(&change(&key, 1)).await;
    let repeated = Committed::Repeated { key: key.clone(), version: Version(1) };
    // A program that asks again has made another id in the meantime.
    for again in [make(&key), make(&stores.plan(2)), change(&key, 2)] {
        let again = Commit { once: asked.clone(), ..telling(again, 1) };
        assert_eq!(stores.documents_elsewhere.commit(&again).await.unwrap(), repeated);
    }
    assert_eq!(stores.documents.used(&stores.tenant, asked.as_ref().unwrap()).await.unwrap(), Some(repeated));
    let other = Commit { once: once("issuer subject request-1", 2), ..change(&key, 2) };
    assert_eq!(stores.documents.commit(&other).await.unwrap(), Committed::KeyReused);
    let used = stores.documents.used(&stores.tenant, other.once.as_ref().unwrap()).await.unwrap();
    assert_eq!(used, Some(Committed::KeyReused));
    assert_eq!(stores.documents.lookup(&stores.plan(2)).await.unwrap(), None);
    assert_eq!(stores.documents.lookup(&key).await.unwrap().unwrap().version, Version(2));
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, 1);
}

pub async fn a_key_of_what_was_refused_is_free_again(stores: SharedPlans) {
    let key = stores.plan(1);
    let asked = once("request-1", 1);
    let early = Commit { once: asked.clone(), ..change(&key, 1) };
    assert_eq!(stores.documents.commit(&early).await.unwrap(), Committed::Missing);
    stores.keep(&make(&key)).await;
    stores.keep(&early).await;
    let late = Commit { once: once("request-2", 2), ..change(&key, 1) };
    assert_eq!(stores.documents.commit(&late).await.unwrap(), Committed::Stale(Version(2)));
    assert_eq!(stores.documents.used(&stores.tenant, late.once.as_ref().unwrap()).await.unwrap(), None);
}

pub async fn purging_forgets_keys_after_seven_days(stores: SharedPlans) {
    stores.keep(&Commit { once: once("request-1", 1), ..make(&stores.plan(1)) }).await;
    let week = SignedDuration::from_hours(7 * 24);
    assert_eq!(stores.purge(noon() + week).await, 0);
    assert!(stores.documents.used(&stores.tenant, &once("request-1", 1).unwrap()).await.unwrap().is_some());
    assert_eq!(stores.purge(noon() + week + SignedDuration::from_mins(1)).await, 1);
    assert_eq!(stores.documents.used(&stores.tenant, &once("request-1", 1).unwrap()).await.unwrap(), None);
    assert_eq!(stores.documents.lookup(&stores.plan(1)).await.unwrap(), Some(document(&stores.plan(1), 1)));
}

pub async fn of_many_who_change_at_once_each_version_has_one_author(stores: SharedPlans) {
    const WRITERS: usize = 64;
    const ROUNDS: usize = 4;
    let key = stores.plan(1);
    stores.keep(&make(&key)).await;
    let writers = (0..WRITERS).map(|writer| {
        let stores = if writer % 2 == 0 { stores.documents.clone() } else { stores.documents_elsewhere.clone() };
        let key = key.clone();
        tokio::spawn(async move {
            let mut kept = 0;
            for _ in 0..ROUNDS {
                let seen = stores.lookup(&key).await.unwrap().unwrap().version.0;
                match stores.commit(&telling(change(&key, seen), 1)).await.unwrap() {
                    Committed::Kept => kept += 1,
                    Committed::Stale(version) => assert!(version.0 > seen),
                    other => panic!("{other:?}"),
                }
            }
            kept
        })
    });
    let mut kept = 0;
    for writer in writers.collect::<Vec<_>>() {
        kept += writer.await.unwrap();
    }
    let last = stores.documents.lookup(&key).await.unwrap().unwrap().version.0;
    assert_eq!(last - 1, kept);
    assert_eq!(stores.documents.versions(&key, None, usize::MAX).await.unwrap().len() as u64, last);
    assert_eq!(stores.outbox.backlog().await.unwrap().waiting, kept);
}

pub async fn of_many_who_ask_by_one_key_at_once_one_is_kept(stores: SharedPlans) {
    let asked = (1..=8).map(|byte| {
        let documents = if byte % 2 == 0 { stores.documents.clone() } else { stores.documents_elsewhere.clone() };
        let commit = Commit { once: once("request-1", 1), ..make(&stores.plan(byte)) };
        tokio::spawn(async move { documents.commit(&commit).await.unwrap() })
    });
    let asked: Vec<_> = asked.collect();
    let (mut kept, mut repeated) = (0, Vec::new());
    for answer in asked {
        match answer.await.unwrap() {
            Committed::Kept => kept += 1,
            Committed::Repeated { key, .. } => repeated.push(key),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((kept, repeated.len()), (1, 7));
    let there = stores.documents.list(&stores.tenant, &all(Kind::Plan), None, 10).await.unwrap();
    assert!(there.len() == 1 && repeated.iter().all(|key| *key == there[0].key));
}

pub async fn a_commit_that_fails_keeps_nothing_of_it(stores: SharedPlans) {
    stores.keep(&Commit { parts: vec![goal(7)], ..make(&stores.plan(1)) }).await;
    let dues = vec![due(8, "2026-01-01")];
    // The last part is another document's.
    let parts = vec![goal(6), goal(7)];
    let commit = Commit { parts, dues, once: once("request-1", 1), ..telling(make(&stores.plan(2)), 2) };
    stores.documents.commit(&commit).await.unwrap_err();
    assert_eq!(stores.documents.lookup(&stores.plan(2)).await.unwrap(), None);
    assert_eq!(stores.documents.holder_of(&stores.tenant, &goal(6)).await.unwrap(), None);
    assert_eq!(stores.documents.holder_of(&stores.tenant, &goal(7)).await.unwrap(), Some(stores.plan(1)));
    assert_eq!(stores.documents.used(&stores.tenant, commit.once.as_ref().unwrap()).await.unwrap(), None);
    assert_eq!(stores.timed.passed(&stores.tenant, noon_day(), 10).await.unwrap(), []);
    assert_eq!(stores.told(noon()).await, []);
}

pub async fn a_commit_that_contradicts_itself_is_refused(stores: SharedPlans) {
    let key = stores.plan(1);
    stores.keep(&make(&key)).await;
    let mut skipped = change(&key, 1);
    skipped.document.version = Version(3);
    let mut anothers = change(&key, 1);
    anothers.document.person = person(2);
    let mut tells_of_another = telling(change(&key, 1), 1);
    tells_of_another.events[0].document = hex(2);
    let mut tells_another_tenant = telling(change(&key, 1), 1);
    tells_another_tenant.events[0].tenant = stores.other.clone();
    for commit in [skipped, anothers, tells_of_another, tells_another_tenant] {
        stores.documents.commit(&commit).await.unwrap_err();
    }
    assert_eq!(stores.documents.lookup(&key).await.unwrap(), Some(document(&key, 1)));
    assert_eq!(stores.told(noon()).await, []);
}

fn noon_day() -> jiff::civil::Date {
    crate::shared_plan::date("2026-11-21")
}
