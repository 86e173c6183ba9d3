//! Laws of `shared_plan::ports::Whose`.

use access::{PatientAt, PersonId};
use jiff::{SignedDuration, ToSpan};
use shared_plan::ports::{
    Backlog, Commit, Committed, Document, Doubt, Key, Kind, Moved, Said, Selection, Settled, WhyMoved,
};
use shared_plan::{Version, Who};

use crate::people::{at_source, noon};
use crate::shared_plan::{SharedPlans, change, date, document, due, event, goal, key, make, once, person, telling};

const TODAY: &str = "2026-11-21";

fn said(name: &str) -> Said {
    Said { by: Who { name: name.to_owned(), ..Who::clock() }, at: noon() + 1.hours() }
}

fn left() -> PatientAt {
    at_source("nephrology", 1)
}

/// A version that hangs on somebody.
fn on(person: PersonId, commit: Commit) -> Commit {
    let mut commit = commit;
    commit.document.person = person.clone();
    for event in &mut commit.events {
        event.person = person.clone();
    }
    commit
}

async fn of(stores: &SharedPlans, person: &PersonId) -> Vec<Key> {
    let selection =
        Selection { kind: Kind::Plan, person: Some(person.clone()), statuses: Vec::new(), changed_since: None };
    let found = stores.documents.list(&stores.tenant, &selection, None, 10).await.unwrap();
    assert!(found.iter().all(|document| document.person == *person));
    found.into_iter().map(|document| document.key).collect()
}

/// A version in which nothing was written and only settled on whom it hangs.
fn went_on(written: Document, to: u8, version: u64, said: &Said) -> Document {
    let (by, at, version) = (said.by.clone(), said.at, Version(version));
    Document { person: person(to), version, at, by, reason: None, written_at: None, ..written }
}

async fn latest(stores: &SharedPlans, key: &Key) -> Option<Document> {
    stores.documents.lookup(key).await.unwrap()
}

/// A plan of the first person with two versions, a goal, a day that has passed and something to tell.
async fn filled(stores: &SharedPlans) -> Key {
    let key = stores.plan(1);
    stores.keep(&Commit { parts: vec![goal(7)], ..telling(make(&key), 1) }).await;
    stores.keep(&Commit { parts: vec![goal(7)], dues: vec![due(7, "2026-01-01")], ..change(&key, 1) }).await;
    key
}

async fn doubt(stores: &SharedPlans, of: &PersonId) -> u64 {
    stores.whose.doubt(&stores.tenant, of, &left(), &said("splits")).await.unwrap()
}

async fn doubts(stores: &SharedPlans, of: &PersonId) -> Vec<Doubt> {
    stores.whose.in_doubt(&stores.tenant, of).await.unwrap()
}

pub async fn what_was_joined_hangs_on_the_one_who_stays(stores: SharedPlans) {
    let key = filled(&stores).await;
    stores.keep(&on(person(2), make(&stores.plan(2)))).await;
    let joined = stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    assert_eq!(joined, 1);
    assert_eq!(of(&stores, &person(1)).await, []);
    assert_eq!(of(&stores, &person(2)).await, [key.clone(), stores.plan(2)]);
    // What was written, its parts and ids are what they were; that it hangs there now made a version.
    let mine = |version| Document { person: person(2), ..document(&key, version) };
    assert_eq!(latest(&stores, &key).await, Some(went_on(mine(2), 2, 3, &said("joins"))));
    for version in [1, 2] {
        assert_eq!(stores.documents.version(&key, Version(version)).await.unwrap(), Some(mine(version)));
    }
    let heads = stores.documents.versions(&key, None, 10).await.unwrap();
    let told: Vec<_> = heads.iter().map(|head| (head.version.0, head.moved)).collect();
    assert_eq!(told, [(3, Some(WhyMoved::Joined)), (2, None), (1, None)]);
    assert_eq!(stores.documents.holder_of(&stores.tenant, &goal(7)).await.unwrap(), Some(key.clone()));
    // What is told of it from now on is of the one who stays, also what was kept before.
    let passed = stores.timed.passed(&stores.tenant, date(TODAY), 10).await.unwrap();
    assert_eq!(passed.iter().map(|late| &late.person).collect::<Vec<_>>(), [&person(2)]);
    let claimed = stores.outbox.claim(noon(), SignedDuration::from_mins(1), 10).await.unwrap();
    assert_eq!(claimed.iter().map(|told| &told.event.person).collect::<Vec<_>>(), [&person(2)]);
    let mut late = event(&key, passed[0].version, 0);
    late.person = person(2);
    assert!(stores.timed.tell(&passed[0], &late).await.unwrap());
    // It goes on there, and is read back whole.
    stores.keep(&on(person(2), change(&key, 3))).await;
    assert_eq!(latest(&stores, &key).await, Some(mine(4)));
    assert_eq!(stores.documents.version(&key, Version(1)).await.unwrap(), Some(mine(1)));
}

pub async fn joining_again_moves_only_what_came_later(stores: SharedPlans) {
    filled(&stores).await;
    let join = async || stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    assert_eq!((join().await, join().await), (1, 0));
    // Somebody wrote it at the very moment of the join.
    stores.keep(&make(&stores.plan(3))).await;
    assert_eq!((join().await, join().await), (1, 0));
    assert_eq!(of(&stores, &person(2)).await, [stores.plan(1), stores.plan(3)]);
    let back = stores.whose.join(&stores.tenant, &person(2), &person(2), &said("joins")).await.unwrap();
    assert_eq!(back, 0);
}

pub async fn what_has_changed_since_counts_what_came_to_hang_there(stores: SharedPlans) {
    filled(&stores).await;
    stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    let changed_since = Some(noon() + 30.minutes());
    let selection = Selection { kind: Kind::Plan, person: Some(person(2)), statuses: Vec::new(), changed_since };
    assert_eq!(stores.documents.list(&stores.tenant, &selection, None, 10).await.unwrap().len(), 1);
}

pub async fn what_is_in_doubt_is_shown_to_nobody(stores: SharedPlans) {
    let key = filled(&stores).await;
    let asked = once("request-1", 1);
    stores.keep(&Commit { once: asked.clone(), ..change(&key, 2) }).await;
    assert_eq!(doubt(&stores, &person(1)).await, 1);
    assert_eq!(latest(&stores, &key).await, None);
    for version in [1, 3] {
        assert_eq!(stores.documents.version(&key, Version(version)).await.unwrap(), None);
    }
    assert_eq!(stores.documents.versions(&key, None, 10).await.unwrap(), []);
    assert_eq!(stores.documents.holder_of(&stores.tenant, &goal(7)).await.unwrap(), None);
    assert_eq!(of(&stores, &person(1)).await, []);
    let everybody = Selection { kind: Kind::Plan, person: None, statuses: Vec::new(), changed_since: None };
    assert_eq!(stores.documents.list(&stores.tenant, &everybody, None, 10).await.unwrap(), []);
    assert_eq!(stores.timed.passed(&stores.tenant, date(TODAY), 10).await.unwrap(), []);
    assert_eq!(stores.told(noon()).await, []);
    // Nor is it changed by whoever has seen it before.
    assert_eq!(stores.documents.commit(&change(&key, 3)).await.unwrap(), Committed::Missing);
    assert_eq!(stores.documents.commit(&make(&key)).await.unwrap(), Committed::Missing);
}

pub async fn a_receiver_is_told_whose_it_is_by_now_and_nothing_while_that_is_in_doubt(stores: SharedPlans) {
    stores.deliveries.appoint(&stores.tenant, &["registry".to_owned()]).await.unwrap();
    let key = stores.plan(1);
    stores.keep(&telling(make(&key), 1)).await;
    doubt(&stores, &person(1)).await;
    let queue = stores.deliveries.queue(&stores.tenant, "registry");
    let claim = async || queue.claim(noon(), SignedDuration::from_mins(1), 10).await.unwrap();
    assert_eq!(claim().await, []);
    let question = doubts(&stores, &person(1)).await[0].question;
    stores.whose.settle(&key, question, &person(2), &said("answers")).await.unwrap();
    assert_eq!(claim().await.iter().map(|told| &told.event.person).collect::<Vec<_>>(), [&person(2)]);
}

pub async fn what_was_claimed_before_it_came_to_be_in_doubt_was_told(stores: SharedPlans) {
    stores.deliveries.appoint(&stores.tenant, &["registry".to_owned()]).await.unwrap();
    let key = stores.plan(1);
    stores.keep(&telling(make(&key), 1)).await;
    for queue in [stores.outbox.clone(), stores.deliveries.queue(&stores.tenant, "registry")] {
        let claimed = queue.claim(noon(), SignedDuration::from_mins(1), 10).await.unwrap().remove(0);
        assert_eq!(queue.look_again(&claimed).await.unwrap().as_ref(), Some(&claimed));
        doubt(&stores, &claimed.event.person).await;
        assert_eq!(queue.look_again(&claimed).await.unwrap(), None);
        let question = doubts(&stores, &claimed.event.person).await[0].question;
        stores.whose.settle(&key, question, &person(2), &said("answers")).await.unwrap();
        let now = queue.look_again(&claimed).await.unwrap().unwrap();
        assert_eq!((now.event.id, &now.event.person), (claimed.event.id, &person(2)));
        queue.handed_on(&stores.tenant, claimed.event.id, noon()).await.unwrap();
        assert_eq!(queue.look_again(&now).await.unwrap(), None, "it is told by now");
    }
}

pub async fn what_is_in_doubt_was_counted_as_if_it_waited_for_the_broker(stores: SharedPlans) {
    stores.deliveries.appoint(&stores.tenant, &["registry".to_owned()]).await.unwrap();
    stores.keep(&telling(make(&stores.plan(1)), 2)).await;
    stores.keep(&on(person(2), telling(make(&stores.plan(2)), 1))).await;
    doubt(&stores, &person(1)).await;
    let withheld = Backlog { waiting: 1, oldest: Some(noon()), in_doubt: 2, ..Backlog::default() };
    for queue in [stores.outbox.clone(), stores.deliveries.queue(&stores.tenant, "registry")] {
        assert_eq!(queue.backlog().await.unwrap(), withheld);
        let mut claimed = queue.claim(noon(), SignedDuration::from_mins(1), 10).await.unwrap();
        let only = claimed.remove(0);
        queue.handed_on(&stores.tenant, only.event.id, noon()).await.unwrap();
        assert_eq!(queue.backlog().await.unwrap(), Backlog { in_doubt: 2, ..Backlog::default() });
    }
}

pub async fn other_processes_see_what_was_moved_and_what_is_in_doubt(stores: SharedPlans) {
    let key = filled(&stores).await;
    let moved = async || stores.whose_elsewhere.moved_since(&stores.tenant, said("").at).await.unwrap();
    let now = |byte, times| vec![Moved { key: key.clone(), person: person(byte), times }];
    assert_eq!(moved().await, []);
    stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    assert_eq!(moved().await, now(2, 1));
    doubt(&stores, &person(2)).await;
    assert_eq!(moved().await, now(2, 2));
    stores.whose.settle(&key, 2, &person(1), &said("answers")).await.unwrap();
    assert_eq!(moved().await, now(1, 3));
    assert_eq!(stores.whose.moved_since(&stores.tenant, said("").at + 1.hours()).await.unwrap(), []);
    assert_eq!(stores.whose.moved_since(&stores.other, said("").at).await.unwrap(), []);
}

pub async fn what_was_late_and_then_in_doubt_is_not_told(stores: SharedPlans) {
    let key = filled(&stores).await;
    let passed = async || {
        let dues = vec![due(8, "2026-01-01")];
        stores.keep(&Commit { dues, ..make(&stores.plan(9)) }).await;
        stores.timed.passed(&stores.tenant, date(TODAY), 10).await.unwrap()
    };
    let found = passed().await;
    doubt(&stores, &person(1)).await;
    for late in found {
        assert!(!stores.timed.tell(&late, &event(&late.key, late.version, 0)).await.unwrap(), "{key:?}");
    }
}

pub async fn an_answer_shows_it_again_where_it_belongs(stores: SharedPlans) {
    for (byte, to) in [(2, person(2)), (1, person(1))] {
        let key = stores.plan(byte);
        stores.keep(&telling(make(&key), 1)).await;
        doubt(&stores, &person(1)).await;
        let asked = doubts(&stores, &person(1)).await;
        let question = asked.iter().find(|doubt| *doubt.key() == key).unwrap();
        assert_eq!((&question.left[..], question.since), (&[left()][..], said("").at));
        assert_eq!((&question.latest, &question.first), (&document(&key, 1), &document(&key, 1)));
        let settle = async || stores.whose.settle(&key, question.question, &to, &said("answers")).await.unwrap();
        assert_eq!((settle().await, settle().await), (Settled::Kept, Settled::Answered));
        let whose = if to == person(1) { 1 } else { 2 };
        assert_eq!(latest(&stores, &key).await, Some(went_on(document(&key, 1), whose, 2, &said("answers"))));
        assert_eq!(stores.told(noon()).await.len(), 1);
        assert_eq!(of(&stores, &to).await, [key]);
        assert_eq!(doubts(&stores, &person(1)).await, []);
    }
    let nothing = stores.whose.settle(&stores.plan(8), 1, &person(1), &said("answers")).await.unwrap();
    assert_eq!(nothing, Settled::Missing);
}

pub async fn of_many_who_answer_at_once_one_is_heard(stores: SharedPlans) {
    let key = filled(&stores).await;
    doubt(&stores, &person(1)).await;
    let question = doubts(&stores, &person(1)).await[0].question;
    let answers = (1..=8_u8).map(|byte| {
        let whose = if byte.is_multiple_of(2) { stores.whose.clone() } else { stores.whose_elsewhere.clone() };
        let key = key.clone();
        tokio::spawn(
            async move { (byte, whose.settle(&key, question, &person(byte), &said("answers")).await.unwrap()) },
        )
    });
    let mut kept = Vec::new();
    for answer in answers.collect::<Vec<_>>() {
        match answer.await.unwrap() {
            (byte, Settled::Kept) => kept.push(person(byte)),
            (_, other) => assert_eq!(other, Settled::Answered),
        }
    }
    assert_eq!(kept.len(), 1);
    assert_eq!(latest(&stores, &key).await.unwrap().person, kept[0]);
}

pub async fn an_answer_to_a_former_question_is_none(stores: SharedPlans) {
    let key = filled(&stores).await;
    doubt(&stores, &person(1)).await;
    let former = doubts(&stores, &person(1)).await[0].question;
    stores.whose.settle(&key, former, &person(1), &said("answers")).await.unwrap();
    // The same record was joined and taken out once more.
    doubt(&stores, &person(1)).await;
    let again = stores.whose.settle(&key, former, &person(2), &said("answers late")).await.unwrap();
    assert_eq!(again, Settled::Answered);
    assert_eq!(latest(&stores, &key).await, None);
}

pub async fn a_second_record_that_leaves_is_one_more_who_may_have_it(stores: SharedPlans) {
    filled(&stores).await;
    assert_eq!((doubt(&stores, &person(1)).await, doubt(&stores, &person(1)).await), (1, 0));
    let second = at_source("cardiology", 2);
    assert_eq!(stores.whose.doubt(&stores.tenant, &person(1), &second, &said("splits")).await.unwrap(), 1);
    let asked = doubts(&stores, &person(1)).await;
    assert_eq!(asked[0].left, [left(), second]);
    assert_eq!(doubt(&stores, &person(1)).await, 0);
}

pub async fn who_left_is_told_that_something_may_be_theirs(stores: SharedPlans) {
    let key = filled(&stores).await;
    let may_be = async |patient: &PatientAt| stores.whose.may_be_of(&stores.tenant, patient).await.unwrap();
    assert_eq!(may_be(&left()).await, []);
    doubt(&stores, &person(1)).await;
    assert_eq!(may_be(&left()).await, std::slice::from_ref(&key));
    assert_eq!(may_be(&at_source("nephrology", 2)).await, []);
    let question = doubts(&stores, &person(1)).await[0].question;
    stores.whose.settle(&key, question, &person(1), &said("answers")).await.unwrap();
    assert_eq!(may_be(&left()).await, []);
    // In doubt again, for the sake of another record.
    stores.whose.doubt(&stores.tenant, &person(1), &at_source("cardiology", 2), &said("splits")).await.unwrap();
    assert_eq!(may_be(&left()).await, []);
}

pub async fn what_is_in_doubt_goes_along_when_its_person_is_joined(stores: SharedPlans) {
    let key = filled(&stores).await;
    doubt(&stores, &person(1)).await;
    assert_eq!(stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap(), 1);
    assert_eq!(latest(&stores, &key).await, None);
    assert_eq!(doubts(&stores, &person(1)).await, []);
    let asked = doubts(&stores, &person(2)).await;
    assert_eq!((asked[0].key(), &asked[0].left[..]), (&key, &[left()][..]));
}

pub async fn joined_then_split_then_settled_it_is_whose_it_was(stores: SharedPlans) {
    let key = filled(&stores).await;
    stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    doubt(&stores, &person(2)).await;
    let question = doubts(&stores, &person(2)).await[0].question;
    assert_eq!(stores.whose.settle(&key, question, &person(1), &said("answers")).await.unwrap(), Settled::Kept);
    // What was in doubt meanwhile was seen by nobody: that made no version.
    assert_eq!(latest(&stores, &key).await, Some(went_on(document(&key, 2), 1, 4, &said("answers"))));
    assert_eq!((of(&stores, &person(1)).await, of(&stores, &person(2)).await), (vec![key.clone()], vec![]));
    stores.keep(&change(&key, 4)).await;
}

/// A program that reaches both had read it as one person's, and changed it as the other's.
pub async fn who_had_seen_it_as_anothers_changed_it_all_the_same(stores: SharedPlans) {
    let key = filled(&stores).await;
    doubt(&stores, &person(1)).await;
    let question = doubts(&stores, &person(1)).await[0].question;
    stores.whose.settle(&key, question, &person(2), &said("answers")).await.unwrap();
    for whose in [1, 2] {
        let late = on(person(whose), change(&key, 2));
        assert_eq!(stores.documents.commit(&late).await.unwrap(), Committed::Stale(Version(3)));
    }
    // Nor does who knows how often it was changed, and believes it is another's.
    assert_eq!(stores.documents.commit(&change(&key, 3)).await.unwrap(), Committed::Missing);
    assert_eq!(latest(&stores, &key).await.unwrap().version, Version(3));
    stores.keep(&on(person(2), change(&key, 3))).await;
}

pub async fn who_is_asked_whose_it_is_sees_who_wrote_it_last_and_not_who_joined_persons(stores: SharedPlans) {
    let key = filled(&stores).await;
    stores.whose.join(&stores.tenant, &person(1), &person(2), &said("joins")).await.unwrap();
    doubt(&stores, &person(2)).await;
    let asked = doubts(&stores, &person(2)).await;
    assert_eq!(asked[0].latest, Document { person: person(2), ..document(&key, 2) });
    assert_eq!(asked[0].first, Document { person: person(2), ..document(&key, 1) });
}

pub async fn whose_it_is_at_one_tenant_is_nothing_to_another(stores: SharedPlans) {
    let (ours, theirs) = (filled(&stores).await, key(&stores.other, 1));
    stores.keep(&make(&theirs)).await;
    doubt(&stores, &person(1)).await;
    assert_eq!(latest(&stores, &theirs).await, Some(document(&theirs, 1)));
    assert_eq!(stores.whose.in_doubt(&stores.other, &person(1)).await.unwrap(), []);
    assert_eq!(stores.whose.may_be_of(&stores.other, &left()).await.unwrap(), []);
    let question = doubts(&stores, &person(1)).await[0].question;
    let answer = stores.whose.settle(&theirs, question, &person(2), &said("answers")).await.unwrap();
    assert_eq!(answer, Settled::Answered);
    assert_eq!(stores.whose.join(&stores.other, &person(1), &person(2), &said("joins")).await.unwrap(), 1);
    assert_eq!(doubts(&stores, &person(1)).await[0].key(), &ours);
}

pub async fn of_many_who_move_and_change_at_once_no_version_is_lost(stores: SharedPlans) {
    let key = filled(&stores).await;
    let writers = (0..8).map(|writer: u8| {
        let documents =
            if writer.is_multiple_of(2) { stores.documents.clone() } else { stores.documents_elsewhere.clone() };
        let whose = if writer.is_multiple_of(2) { stores.whose.clone() } else { stores.whose_elsewhere.clone() };
        let (key, tenant) = (key.clone(), stores.tenant.clone());
        tokio::spawn(async move {
            let mut kept = 0;
            for _ in 0..6 {
                let seen = documents.lookup(&key).await.unwrap().unwrap();
                if writer < 2 {
                    let to = person(if seen.person == person(1) { 2 } else { 1 });
                    // Each that was moved by it has one version more.
                    kept += whose.join(&tenant, &seen.person, &to, &said("joins")).await.unwrap();
                } else {
                    let commit = on(seen.person, change(&key, seen.version.0));
                    match documents.commit(&commit).await.unwrap() {
                        Committed::Kept => kept += 1,
                        Committed::Stale(_) | Committed::Missing => {}
                        other => panic!("{other:?}"),
                    }
                }
            }
            kept
        })
    });
    let mut kept = 2;
    for writer in writers.collect::<Vec<_>>() {
        kept += writer.await.unwrap();
    }
    assert_eq!(latest(&stores, &key).await.unwrap().version, Version(kept));
    assert_eq!(stores.documents.versions(&key, None, usize::MAX).await.unwrap().len() as u64, kept);
}
