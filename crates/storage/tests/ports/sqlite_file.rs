//! What lies in the file, and what happens when somebody changes it.

use std::fs;

use jiff::ToSpan;
use sqlx::SqlitePool;
use storage::Database;
use write_back::Closed;

use crate::Stores;
use crate::people::{grant, intent, launch, launch_id, noon, pending_launch, session};
use crate::sqlite::{open, sealer, url};

async fn filled() -> Stores {
    let stores = open().await;
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
        stores.grants.put(&launch_id(byte), "valley-ehr", &grant(&byte.to_string())).await.unwrap();
        stores.pending_launches.put([byte; 32], &pending_launch(), noon() + 10.minutes()).await.unwrap();
        stores.intents.open(&intent(noon())).await.unwrap();
    }
    stores
}

async fn file_of(stores: &Stores) -> SqlitePool {
    SqlitePool::connect(&url(stores.folder.path())).await.unwrap()
}

/// Everything in the folder: the database, its log and its index.
fn bytes_of(stores: &Stores) -> Vec<u8> {
    let files = fs::read_dir(stores.folder.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.collect::<Vec<_>>().concat()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn no_token_verifier_name_or_note_lies_in_the_files_in_the_clear() {
    let stores = filled().await;
    let id = stores.intents.unfinished().await.unwrap()[0].0.clone();
    stores.intents.close(&id, Closed::Conflict, noon()).await.unwrap();
    for round in ["while open", "after closing"] {
        let bytes = bytes_of(&stores);
        assert!(holds(&bytes, "valley-ehr"), "the search would see a canary {round}");
        for canary in ["canary", "Cänary", "wälks", "patient/Goal", "Practitioner/17"] {
            assert!(!holds(&bytes, canary), "{canary} {round}");
        }
        stores.database.close().await;
    }
}

#[tokio::test]
async fn a_changed_value_is_an_error_and_never_something_else() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    for (table, key) in
        [("launch", "id"), ("source_grant", "launch"), ("pending_launch", "state_hash"), ("write_intent", "id")]
    {
        let (read, write) = (
            format!("SELECT sealed FROM {table} ORDER BY {key} LIMIT 1"),
            format!("UPDATE {table} SET sealed = $1 WHERE {key} = (SELECT min({key}) FROM {table})"),
        );
        let mut sealed: Vec<u8> = sqlx::query_scalar(sqlx::AssertSqlSafe(read)).fetch_one(&file).await.unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        sqlx::query(sqlx::AssertSqlSafe(write)).bind(sealed).execute(&file).await.unwrap();
    }
    assert!(stores.launches.lookup(&launch_id(1), session(1).hash).await.is_err());
    assert!(stores.grants.lookup(&launch_id(1), "valley-ehr").await.is_err());
    assert!(stores.pending_launches.take([1; 32], noon()).await.is_err());
    assert_eq!(stores.intents.unfinished().await.unwrap().len(), 1);
    assert!(stores.grants.lookup(&launch_id(2), "valley-ehr").await.unwrap().is_some());
}

#[tokio::test]
async fn a_value_that_was_moved_to_another_row_is_an_error() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    for (table, key) in [("launch", "id"), ("source_grant", "launch"), ("pending_launch", "state_hash")] {
        let value = format!("(SELECT sealed FROM {table} ORDER BY {key} LIMIT 1)");
        let first = format!("(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1)");
        let change = format!("UPDATE {table} SET sealed = {value} WHERE {key} <> {first}");
        assert_eq!(sqlx::query(sqlx::AssertSqlSafe(change)).execute(&file).await.unwrap().rows_affected(), 1);
    }
    assert!(stores.launches.lookup(&launch_id(2), session(2).hash).await.is_err());
    assert!(stores.grants.lookup(&launch_id(2), "valley-ehr").await.is_err());
    assert!(stores.pending_launches.take([2; 32], noon()).await.is_err());
    // The row that it was taken from is as it was.
    assert!(stores.grants.lookup(&launch_id(1), "valley-ehr").await.unwrap().is_some());

    // A launch that is hung on another session does not open there either.
    let change = sqlx::query("UPDATE launch SET session_hash = $1 WHERE id = $2");
    change.bind(&session(2).hash.0[..]).bind(launch_id(1).as_str()).execute(&file).await.unwrap();
    assert!(stores.launches.lookup(&launch_id(1), session(2).hash).await.is_err());
}

#[tokio::test]
async fn one_row_that_does_not_open_hides_no_other_intent() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    let change = "UPDATE write_intent SET sealed = x'00' WHERE id = (SELECT min(id) FROM write_intent)";
    sqlx::query(change).execute(&file).await.unwrap();
    assert_eq!(stores.intents.unfinished().await.unwrap().len(), 1);
}

#[tokio::test]
async fn everything_is_still_there_after_a_restart() {
    let stores = filled().await;
    stores.database.close().await;
    let database = Database::open(&url(stores.folder.path()), sealer()).await.unwrap();
    let launches: &dyn access::Launches = &database.launches();
    assert_eq!(launches.lookup(&launch_id(1), session(1).hash).await.unwrap(), Some(launch(1, 1)));
    let intents: &dyn write_back::Intents = &database.intents();
    assert_eq!(intents.unfinished().await.unwrap().len(), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let stores = filled().await;
    for entry in fs::read_dir(stores.folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.file_name());
    }
}

#[tokio::test]
async fn a_database_in_memory_holds_what_it_is_given() {
    let database = Database::open("sqlite::memory:", sealer()).await.unwrap();
    let sessions: &dyn access::Sessions = &database.sessions();
    sessions.put(session(1)).await.unwrap();
    assert!(sessions.lookup(session(1).hash, noon()).await.unwrap().is_some());
}

#[tokio::test]
async fn what_does_not_open_says_what_to_mend() {
    let refusal = |url: String| async move { Database::open(&url, sealer()).await.err().unwrap().to_string() };
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal("postgres://localhost/accord".to_owned()).await.contains("sqlite://FILE"));
    assert!(refusal("sqlite://a.db?no=such".to_owned()).await.contains("not known"));
    assert!(refusal(url(&folder.path().join("missing"))).await.contains("folder must exist"));
    fs::write(folder.path().join("accord.db"), "this is no database, but long enough to be read as one".repeat(99))
        .unwrap();
    assert!(refusal(url(folder.path())).await.contains("accord.db"));
}
