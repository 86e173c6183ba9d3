//! Laws of the shared plan and of consents, where the person is being joined or parted at that moment.

use access::person::{Ending, Joining, WhyEnded};
use access::{PatientAt, PersonId, Purpose};
use jiff::ToSpan;
use shared_plan::Who;
use shared_plan::ports::{Commit, Committed, Key, Said};

use crate::Stores;
use crate::people::{at_source, consent, link, noon, tenant, user};
use crate::shared_plan::{key, make};

/// How often two are tried against each other.
const ROUNDS: u8 = 12;

fn wrong() -> Ending {
    Ending { who: Some(user()), when: noon() + 1.hour(), why: WhyEnded::Wrong { reason: "wrong".to_owned() } }
}

fn joining() -> Joining {
    Joining { question: "q1".to_owned(), who: user(), when: noon() + 1.hour() }
}

fn here(mark: u8) -> PatientAt {
    at_source("valley-ehr", mark)
}

fn there(mark: u8) -> PatientAt {
    at_source("nephrology", mark)
}

/// A person with a record here and one there.
async fn of_two_records(stores: &Stores, mark: u8) -> PersonId {
    let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", mark)).await.unwrap();
    stores.persons.link(&tenant(), &person, &link("nephrology", mark)).await.unwrap();
    person
}

/// The first version of a plan, as it is written at a record.
fn written(mark: u8, person: &PersonId, at: PatientAt) -> Commit {
    let mut commit = make(&key(&tenant(), mark));
    commit.document.person = person.clone();
    commit.document.written_at = Some(at);
    commit
}

/// What of a person is in doubt.
async fn doubted(stores: &Stores, person: &PersonId) -> Vec<Key> {
    let all = stores.database.ports().whose.in_doubt(&tenant(), person).await.unwrap();
    all.iter().map(|doubt| doubt.key().clone()).collect()
}

pub async fn a_plan_hung_on_a_person_whose_records_two_had_taken_out_crosswise(stores: Stores) {
    let documents = stores.database.ports().documents;
    for round in 0..ROUNDS {
        let person = of_two_records(&stores, round).await;
        assert_eq!(documents.commit(&written(round, &person, here(round))).await.unwrap(), Committed::Kept);
        let (tenant, wrong) = (tenant(), wrong());
        let [at_home, at_other] = [here(round), there(round)];
        let (one, other) = tokio::join!(
            stores.persons.split(&tenant, &person, &at_other, &at_home, &wrong),
            stores.persons_elsewhere.split(&tenant, &person, &at_home, &at_other, &wrong),
        );
        assert!(one.unwrap().is_some() != other.unwrap().is_some(), "round {round}");
        assert_eq!(stores.persons.links(&tenant, &person).await.unwrap().len(), 1, "somebody finds it");
        assert_eq!(doubted(&stores, &person).await, [key(&tenant, round)]);
    }
}

pub async fn who_was_taken_out_takes_nobody_else_out(stores: Stores) {
    let person = of_two_records(&stores, 1).await;
    stores.persons.link(&tenant(), &person, &link("cardiology", 1)).await.unwrap();
    let split = async |at: &PatientAt, home: &PatientAt| {
        stores.persons.split(&tenant(), &person, at, home, &wrong()).await.unwrap().is_some()
    };
    assert!(!split(&here(1), &here(1)).await, "nor oneself");
    assert!(split(&there(1), &here(1)).await);
    assert!(!split(&at_source("cardiology", 1), &there(1)).await);
    assert_eq!(stores.persons.links(&tenant(), &person).await.unwrap().len(), 2);
}

pub async fn a_plan_first_written_while_its_record_was_taken_out_was_never_in_doubt(stores: Stores) {
    let documents = stores.database.ports().documents;
    for round in 0..ROUNDS {
        let person = of_two_records(&stores, round).await;
        let (tenant, wrong) = (tenant(), wrong());
        let [at_home, at_other] = [here(round), there(round)];
        let plan = written(round, &person, at_other.clone());
        let (committed, split) = tokio::join!(
            documents.commit(&plan),
            stores.persons_elsewhere.split(&tenant, &person, &at_other, &at_home, &wrong),
        );
        assert!(split.unwrap().is_some());
        let expected = match committed.unwrap() {
            Committed::Kept => vec![plan.document.key.clone()],
            Committed::Missing => vec![],
            other => panic!("{other:?}"),
        };
        assert_eq!(doubted(&stores, &person).await, expected, "round {round}");
        assert_eq!(documents.lookup(&plan.document.key).await.unwrap(), None, "nobody is shown it");
    }
}

pub async fn a_form_opened_before_a_split_made_a_plan_for_whoever_kept_the_rest(stores: Stores) {
    let documents = stores.database.ports().documents;
    let person = of_two_records(&stores, 1).await;
    stores.persons.split(&tenant(), &person, &there(1), &here(1), &wrong()).await.unwrap().unwrap();
    let late = written(1, &person, there(1));
    assert_eq!(documents.commit(&late).await.unwrap(), Committed::Missing);
    // Nothing of it was kept, so what is right may be written in its place.
    assert_eq!(documents.commit(&written(1, &person, here(1))).await.unwrap(), Committed::Kept);
    assert!(documents.lookup(&key(&tenant(), 1)).await.unwrap().is_some());
    assert_eq!(doubted(&stores, &person).await, []);
}

pub async fn a_plan_first_written_for_somebody_who_was_joined_hung_on_who_is_no_more(stores: Stores) {
    let documents = stores.database.ports().documents;
    let stays = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let goes = stores.persons.find_or_create(&tenant(), &link("nephrology", 2)).await.unwrap();
    stores.persons.join(&tenant(), &stays, &goes, &joining()).await.unwrap().unwrap();
    assert_eq!(documents.commit(&written(1, &goes, there(2))).await.unwrap(), Committed::Missing);
    assert_eq!(documents.commit(&written(1, &stays, there(2))).await.unwrap(), Committed::Kept);
}

/// Who somebody is now is asked in a step before the one in which it follows.
pub async fn what_followed_a_join_came_to_whoever_was_parted_from_them_meanwhile(stores: Stores) {
    let ports = stores.database.ports();
    let stays = stores.persons.find_or_create(&tenant(), &link("valley-ehr", 1)).await.unwrap();
    let goes = stores.persons.find_or_create(&tenant(), &link("nephrology", 2)).await.unwrap();
    assert_eq!(ports.documents.commit(&written(1, &goes, there(2))).await.unwrap(), Committed::Kept);
    stores.persons.join(&tenant(), &stays, &goes, &joining()).await.unwrap().unwrap();
    let split = stores.persons.split(&tenant(), &stays, &there(2), &here(1), &wrong()).await.unwrap().unwrap();
    let said = Said { by: Who::clock(), at: noon() };
    assert_eq!(ports.whose.join(&tenant(), &goes, &stays, &said).await.unwrap(), 0);
    assert_eq!(ports.whose.join(&tenant(), &goes, &split.own, &said).await.unwrap(), 1);
    let plan = ports.documents.lookup(&key(&tenant(), 1)).await.unwrap().unwrap();
    assert_eq!(plan.person, split.own);
}

pub async fn a_consent_given_while_persons_were_parted_or_joined_hung_on_the_wrong_one(stores: Stores) {
    let person = of_two_records(&stores, 1).await;
    let give = async |byte, person: &PersonId, source| {
        let given = consent(byte, person, source, Purpose::CareTeam);
        let kept = stores.consents.give(&tenant(), &given).await.is_ok();
        assert_eq!(stores.consents.lookup(&tenant(), &given.id).await.unwrap().is_some(), kept);
        kept
    };
    assert!(give(1, &person, "nephrology").await);
    let split = stores.persons.split(&tenant(), &person, &there(1), &here(1), &wrong()).await.unwrap().unwrap();
    assert!(!give(2, &person, "nephrology").await, "the record there is another's");
    assert!(give(3, &person, "valley-ehr").await && give(4, &split.own, "nephrology").await);
    let other = of_two_records(&stores, 5).await;
    stores.persons.join(&tenant(), &person, &other, &joining()).await.unwrap().unwrap();
    assert!(!give(5, &other, "valley-ehr").await, "nobody is this one any more");
    assert!(give(6, &person, "nephrology").await, "they have a record there now");
}
