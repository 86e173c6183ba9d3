//! Whoever changes what hangs on a person waits for the one who does so already, in whatever process; and so does whoever
//! writes into a tenant's audit log.

use std::pin::Pin;

use access::person::{Ending, Joining, WhyEnded};
use access::{
    Audit, Consent, ConsentId, Consents, KeptItem, KeptItems, LaunchId, Persons, Revoked, StandingGrant,
    StandingGrants, StandingKey,
};
use jiff::ToSpan;
use shared_plan::Who;
use shared_plan::ports::{Committed, Deliveries, Documents, Said, Whose};
use sqlx::{AssertSqlSafe, Executor};
use test_services::Database;

use crate::people::{at, consent, event, link, noon, peopled, user};
use crate::plans::{connect, filled, plan, tenants};

/// Something that is done, and whether it came to anything.
type Work = Pin<Box<dyn Future<Output = bool> + Send>>;

/// How many in this database wait for somebody.
const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock'";

/// Lets another process hold a row, sees that the work waits for it, and lets it go.
async fn waits(database: &Database, row: &str, what: &str, work: Work) {
    let mut holder = connect(&database.application_url).await;
    let hold = format!("BEGIN; SET LOCAL app.tenant = 'valley'; SELECT * FROM accord.{row} FOR UPDATE");
    holder.execute(AssertSqlSafe(hold)).await.unwrap();
    let work = tokio::spawn(work);
    let mut watcher = connect(&database.application_url).await;
    while sqlx::query_scalar::<_, i64>(WAITING).fetch_one(&mut watcher).await.unwrap() == 0 {
        assert!(!work.is_finished(), "to {what} does not wait for {row}");
    }
    holder.execute("ROLLBACK").await.unwrap();
    assert!(work.await.unwrap(), "{what}");
}

/// Each works on what the one before has left.
#[tokio::test]
async fn whatever_changes_what_hangs_on_a_person_waits_for_whoever_holds_them() {
    let Some((_, database, open)) = peopled().await else { return };
    let (grants, items, consents, persons) =
        (open.standing_grants(), open.kept_items(), open.consents(), open.persons());
    let [valley, _] = tenants();
    let person = persons.lookup(&valley, &at(1)).await.unwrap().unwrap();
    let other = persons.find_or_create(&valley, &link(2)).await.unwrap();
    let key = StandingKey { tenant: valley.clone(), person: person.clone(), source: at(1).source };
    let row = format!("person WHERE id = '{person}'");
    let later = noon() + 1.hour();
    let given = |byte| Consent { id: ConsentId::from_random([byte; 16]), ..consent(&person) };
    let grant = StandingGrant { consent: given(9).id, content: b"grant-canary".to_vec().into() };
    let item = KeptItem { consent: given(9).id, until: later, content: b"item-canary".to_vec().into() };
    let ending = Ending { who: None, when: noon(), why: WhyEnded::Wrong { reason: "wrong".to_owned() } };
    let joining = Joining { question: "q1".to_owned(), who: user(), when: noon() };
    let launch = LaunchId::from_random([1; 16]);

    // A block that takes its own copies along.
    macro_rules! work {
        ($($name:ident),*: $work:expr) => {{
            $(let $name = $name.clone();)*
            Box::pin(async move { $work }) as Work
        }};
    }
    let (first, due) = (given(9), Consent { until: Some(later), ..given(8) });
    let due_too = due.clone();
    let works: Vec<(&str, Work)> = vec![
        ("give", work!(consents, valley, first: consents.give(&valley, &first).await.is_ok())),
        ("put a grant", work!(grants, key, grant: grants.put(&key, &grant, noon()).await.unwrap())),
        ("keep an item", work!(items, key, item: items.put(&key, "another", &item, noon()).await.unwrap())),
        ("lend", work!(grants, key, launch: grants.lend(&key, &launch, noon()).await.unwrap())),
        (
            "forget",
            work!(grants, key, later: {
                grants.begin_refresh(&key, noon(), later).await.unwrap() && grants.forget(&key, later).await.unwrap()
            }),
        ),
        (
            "revoke",
            work!(consents, valley, first: {
                let revoked = Revoked { by: None, when: noon() };
                consents.revoke(&valley, &first.id, &revoked).await.unwrap().is_some()
            }),
        ),
        ("give until", work!(consents, valley, due: consents.give(&valley, &due).await.is_ok())),
        (
            "end what is due",
            work!(consents, due_too: {
                let ended = consents.end_due(due_too.until.unwrap()).await.unwrap();
                ended.len() == 1
            }),
        ),
        ("link", work!(persons, valley, person: persons.link(&valley, &person, &link(3)).await.is_ok())),
        (
            "split",
            work!(persons, valley, person, ending: {
                persons.split(&valley, &person, &at(3), &at(1), &ending).await.unwrap().is_some()
            }),
        ),
        (
            "join somebody",
            work!(persons, valley, person, other, joining: {
                persons.join(&valley, &person, &other, &joining).await.unwrap().is_some()
            }),
        ),
    ];
    for (what, work) in works {
        waits(&database, &row, what, work).await;
    }
    let (documents, whose, said) = (open.documents(), open.whose(), Said { by: Who::clock(), at: noon() });
    let mut first = plan(&valley, 1);
    (first.document.person, first.events) = (person.clone(), vec![]);
    let work = work!(documents, first: documents.commit(&first).await.unwrap() == Committed::Kept);
    waits(&database, &row, "make a document", work).await;
    let left = at(3);
    let work =
        work!(whose, valley, person, left, said: whose.doubt(&valley, &person, &left, &said).await.unwrap() == 1);
    waits(&database, &row, "put in doubt", work).await;
    let work = work!(whose, valley, person, other, said: {
        whose.join(&valley, &person, &other, &said).await.unwrap() == 1
    });
    waits(&database, &row, "let documents follow", work).await;
    let third = persons.find_or_create(&valley, &link(4)).await.unwrap();
    let work = work!(persons, valley, person, third, joining: {
        persons.join(&valley, &third, &person, &joining).await.unwrap().is_some()
    });
    waits(&database, &row, "be joined", work).await;
}

/// Another process starts with one receiver less, while somebody saves.
#[tokio::test]
async fn a_save_failed_because_a_receiver_was_taken_out_at_that_moment() {
    let Some((_, database, open)) = filled().await else { return };
    let [valley, _] = tenants();
    open.deliveries().appoint(&valley, &["lab".to_owned(), "portal".to_owned()]).await.unwrap();
    let mut holder = connect(&database.application_url).await;
    let begin = "BEGIN; SET LOCAL app.tenant = 'valley'; DELETE FROM accord.event_receiver WHERE receiver = 'lab'";
    holder.execute(begin).await.unwrap();
    let (documents, commit) = (open.documents(), plan(&valley, 2));
    let save = tokio::spawn(async move { documents.commit(&commit).await });
    let mut watcher = connect(&database.application_url).await;
    while sqlx::query_scalar::<_, i64>(WAITING).fetch_one(&mut watcher).await.unwrap() == 0 {
        assert!(!save.is_finished(), "it does not wait");
    }
    holder.execute("COMMIT").await.unwrap();
    assert_eq!(save.await.unwrap().unwrap(), Committed::Kept);
    let waits = async |receiver| open.deliveries().queue(&valley, receiver).backlog().await.unwrap().waiting;
    assert_eq!((waits("lab").await, waits("portal").await), (0, 1));
}

#[tokio::test]
async fn whoever_writes_or_purges_a_log_waits_for_whoever_holds_its_beginning() {
    let Some((_, database, open)) = peopled().await else { return };
    let [valley, _] = tenants();
    let audit = open.audit();
    let write = Box::pin(async move { audit.write(&event(&valley, 1)).await.is_ok() });
    waits(&database, "audit_start", "write", write).await;
    let later = noon() + 24.hours() * (366 * 7);
    let purge = Box::pin(async move { open.purge(later).await.unwrap().audit_events == 7 });
    waits(&database, "audit_start", "purge", purge).await;
}
