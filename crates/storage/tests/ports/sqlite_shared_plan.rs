//! What of the shared plan lies in SQLite's file, and what happens when somebody changes it.

use access::Persons;
use access::person::Joining;
use jiff::SignedDuration;
use shared_plan::Who;
use shared_plan::ports::{Commit, Committed, Documents, Key, Outbox, Said, Timed, Whose};
use sqlx::{AssertSqlSafe, Executor, SqlitePool};
use storage::Database;

use crate::people::{at_source, link, noon, tenant, user};
use crate::shared_plan::{document, due, goal, hex, key, make, once, person, telling};
use crate::sqlite::{sealer, url};

async fn filled() -> (tempfile::TempDir, Database, Key) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&url(folder.path()), sealer()).await.unwrap();
    let key = key(&tenant(), 1);
    let (parts, dues) = (vec![goal(7)], vec![due(7, "2026-01-01")]);
    let commit = Commit { parts, dues, once: once("key-canary", 1), ..telling(make(&key), 2) };
    database.documents().commit(&commit).await.unwrap();
    (folder, database, key)
}

async fn file(folder: &tempfile::TempDir) -> SqlitePool {
    SqlitePool::connect(&url(folder.path())).await.unwrap()
}

#[tokio::test]
async fn no_content_name_reason_or_key_lies_in_the_file_in_the_clear() {
    let (folder, _database, _) = filled().await;
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let bytes = files.collect::<Vec<_>>().concat();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&hex(7)) && holds("draft"), "the search would see a canary");
    assert!(!holds("canary") && !holds("Name of"));
}

#[tokio::test]
async fn a_row_that_was_changed_or_moved_is_an_error_and_never_something_else() {
    let (folder, database, key) = filled().await;
    let file = file(&folder).await;
    file.execute("DROP TRIGGER document_version_is_never_changed").await.unwrap();
    for (change, back) in [
        ("document_version SET status = 'approved'", "document_version SET status = 'draft'"),
        ("document_version SET made = made + 1", "document_version SET made = made - 1"),
        ("document SET person = replace(person, '1', '2')", "document SET person = replace(person, '2', '1')"),
        (
            "document_version SET sealed = sealed_who, sealed_who = sealed",
            "document_version SET sealed = sealed_who, sealed_who = sealed",
        ),
    ] {
        file.execute(AssertSqlSafe(format!("UPDATE {change}"))).await.unwrap();
        database.documents().lookup(&key).await.unwrap_err();
        file.execute(AssertSqlSafe(format!("UPDATE {back}"))).await.unwrap();
        assert_eq!(database.documents().lookup(&key).await.unwrap(), Some(document(&key, 1)), "{back}");
    }
}

#[tokio::test]
async fn one_day_to_watch_that_could_not_be_read_failed_the_whole_page() {
    let (folder, database, key) = filled().await;
    let file = file(&folder).await;
    for (what, day) in [("goal-overdue", "2025-0x-01"), ("unheard-of", "2025-02-01"), ("goal-overdue", "2025-99-99")] {
        let row = format!("'{}', '{}', '{}', '{what}', '{}', '{day}'", &*key.tenant.0, key.kind.code(), key.id, hex(8));
        let row = format!("INSERT INTO document_due (tenant_id, kind, document, what, part, day) VALUES ({row})");
        file.execute(AssertSqlSafe(row)).await.unwrap();
    }
    let today = crate::shared_plan::date("2026-11-21");
    for rows in [1, 2, 3, 4, 10] {
        let passed = database.timed().passed(&key.tenant, today, rows).await.unwrap();
        assert_eq!(passed.iter().map(|late| &late.due).collect::<Vec<_>>(), [&due(7, "2026-01-01")], "{rows} rows");
    }
}

/// Whoever may write into the file neither hangs a plan on another person nor shows what is in doubt.
#[tokio::test]
async fn whose_a_document_is_does_not_change_by_an_update() {
    let (folder, database, key) = filled().await;
    let (file, documents, whose) = (file(&folder).await, database.documents(), database.whose());
    for trigger in ["document_whose_is_never_changed", "document_whose_is_kept"] {
        file.execute(AssertSqlSafe(format!("DROP TRIGGER {trigger}"))).await.unwrap();
    }
    let said = Said { by: Who::clock(), at: noon() };
    let (one, two) = (person(1), person(2));
    let hand = async |statement: &str| {
        file.execute(AssertSqlSafe(format!("UPDATE {statement}"))).await.unwrap();
    };
    // It never hung on anybody else.
    for (change, back) in [
        (format!("document SET hangs_on = '{two}'"), "document SET hangs_on = NULL"),
        (format!("document SET hangs_on = '{two}', moves = 1"), "document SET hangs_on = NULL, moves = 0"),
    ] {
        hand(&change).await;
        documents.lookup(&key).await.unwrap_err();
        hand(back).await;
        assert_eq!(documents.lookup(&key).await.unwrap(), Some(document(&key, 1)), "{back}");
    }
    whose.join(&tenant(), &one, &two, &said).await.unwrap();
    let moved = documents.lookup(&key).await.unwrap();
    assert_eq!(moved.as_ref().unwrap().person, two);
    let other = person(3);
    for (change, back) in [
        (format!("document SET hangs_on = '{other}'"), format!("document SET hangs_on = '{two}'")),
        (format!("document SET person = '{other}'"), format!("document SET person = '{one}'")),
        (format!("document_whose SET person = '{other}'"), format!("document_whose SET person = '{two}'")),
        ("document_whose SET made = made + 1".to_owned(), "document_whose SET made = made - 1".to_owned()),
        // As if it had never been moved.
        ("document SET hangs_on = NULL, moves = 0".to_owned(), format!("document SET hangs_on = '{two}', moves = 1")),
    ] {
        hand(&change).await;
        documents.lookup(&key).await.unwrap_err();
        hand(&back).await;
        assert_eq!(documents.lookup(&key).await.unwrap(), moved, "{back}");
    }
    whose.doubt(&tenant(), &two, &at_source("nephrology", 1), &said).await.unwrap();
    for (change, back) in [
        ("document SET in_doubt = 0", "document SET in_doubt = 1"),
        ("document SET in_doubt = 0, moves = 1", "document SET in_doubt = 1, moves = 2"),
    ] {
        hand(change).await;
        documents.lookup(&key).await.unwrap_err();
        hand(back).await;
        assert_eq!(documents.lookup(&key).await.unwrap(), None, "{back}");
    }
    // As if what says so had been another time's.
    hand("document_whose SET move = 9 WHERE move = 2").await;
    whose.in_doubt(&tenant(), &two).await.unwrap_err();
}

#[tokio::test]
async fn a_version_is_never_changed_and_never_deleted() {
    let (folder, _database, _) = filled().await;
    let file = file(&folder).await;
    for statement in ["UPDATE document_version SET status = 'approved'", "DELETE FROM document_version"] {
        let error = file.execute(statement).await.unwrap_err();
        assert!(error.to_string().contains("a version is"), "{error}");
    }
}

#[tokio::test]
async fn whose_a_document_was_is_never_changed_and_never_deleted() {
    let (folder, database, _) = filled().await;
    let said = Said { by: Who::clock(), at: noon() };
    database.whose().join(&tenant(), &person(1), &person(2), &said).await.unwrap();
    let file = file(&folder).await;
    for statement in ["UPDATE document_whose SET in_doubt = 1", "DELETE FROM document_whose"] {
        let error = file.execute(statement).await.unwrap_err();
        assert!(error.to_string().contains("whose a document was is"), "{error}");
    }
}

#[tokio::test]
async fn an_event_that_does_not_open_holds_back_its_own_document_only() {
    let (folder, database, _) = filled().await;
    let other = telling(make(&key(&tenant(), 2)), 1);
    database.documents().commit(&other).await.unwrap();
    let broken = format!("UPDATE outbox SET sealed = x'00' WHERE seat = 0 AND document = '{}'", hex(1));
    file(&folder).await.execute(AssertSqlSafe(broken)).await.unwrap();
    let claimed = database.outbox().claim(noon(), SignedDuration::from_mins(1), 10).await.unwrap();
    assert_eq!(claimed.iter().map(|outgoing| &outgoing.event).collect::<Vec<_>>(), [&other.events[0]]);
    let backlog = database.outbox().backlog().await.unwrap();
    assert_eq!((backlog.waiting, backlog.held_back, backlog.dead), (1, 1, 1));
    assert_eq!(database.outbox().dead(10).await.unwrap(), [], "it cannot be shown, but it is counted");
}

/// The plan would hang on nobody.
#[tokio::test]
async fn a_person_with_a_shared_plan_outlasts_their_links() {
    let (_folder, database, _) = filled().await;
    let known = async |mark| database.persons().find_or_create(&tenant(), &link("valley-ehr", mark)).await.unwrap();
    let (stays, goes) = (known(3).await, [known(1).await, known(2).await]);
    let mut plan = make(&key(&tenant(), 3));
    plan.document.person = goes[0].clone();
    assert_eq!(database.documents().commit(&plan).await.unwrap(), Committed::Kept);
    for other in &goes {
        let joining = Joining { question: "q1".to_owned(), who: user(), when: noon() };
        database.persons().join(&tenant(), &stays, other, &joining).await.unwrap().unwrap();
    }
    // Two ended links, and one of the two persons whom they belonged to.
    let purged = database.purge(noon() + SignedDuration::from_hours(24 * 365 * 7)).await.unwrap();
    assert_eq!(purged.persons, 3);
}
