//! What a former program kept in an SQLite file with the installation comes home to its tenants.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use access::{LaunchId, TenantId};
use fhir::SourceId;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use storage::seal::Place;
use storage::{BroughtHome, Database, Store};
use write_back::Intent;

use crate::people::{grant, intent, lake, launch_id, noon, session, tenant};
use crate::sqlite::{sealer, url};

/// The last version in which ports of grants and intents knew no tenant.
const FORMER: i64 = 14;

/// A file as a former program made it.
async fn former_file(folder: &Path) -> SqlitePool {
    let all = Migrator::new(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))).await.unwrap();
    let former = all.iter().filter(|migration| migration.version <= FORMER).cloned().collect();
    let options = SqliteConnectOptions::from_str(&url(folder)).unwrap().create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    Migrator::with_migrations(former).run(&pool).await.unwrap();
    pool
}

async fn put_launch(file: &SqlitePool, id: &LaunchId) {
    let put =
        "INSERT INTO launch (id, session_hash, tenant, source, created, sealed) VALUES ($1, $2, 'valley', 's', 0, x'')";
    sqlx::query(put).bind(id.as_str()).bind(&session(1).hash.0[..]).execute(file).await.unwrap();
}

/// Sealed as that program did.
async fn put_grant(file: &SqlitePool, launch: &LaunchId, mark: &str) {
    let place = Place { table: "source_grant", row: &[launch.as_str().as_bytes(), b"valley-ehr"] };
    let sealed = sealer().seal(place, &grant(mark).to_bytes());
    let put = "INSERT INTO source_grant (launch, source, sealed, refresh_until) VALUES ($1, 'valley-ehr', $2, 1)";
    sqlx::query(put).bind(launch.as_str()).bind(sealed).execute(file).await.unwrap();
}

fn of(launch: u8, source: &str, opened: Timestamp) -> Intent {
    let mut intent = Intent { launch: launch_id(launch), ..intent(opened) };
    intent.edit.goal.source = SourceId::new(source);
    intent
}

/// Sealed as that program did.
async fn put_intent(file: &SqlitePool, id: &str, intent: &Intent, closed: Option<Timestamp>) {
    let sealed = sealer().seal(Place { table: "write_intent", row: &[id.as_bytes()] }, &intent.to_bytes());
    let put = "INSERT INTO write_intent (id, launch, source, opened, closed, outcome, sealed) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let query = sqlx::query(put).bind(id).bind(intent.launch.as_str()).bind(intent.edit.goal.source.as_str());
    let query = query.bind(intent.opened.as_microsecond()).bind(closed.map(Timestamp::as_microsecond));
    query.bind(closed.map(|_| "conflict")).bind(sealed).execute(file).await.unwrap();
}

/// The tenants of the sources.
fn homes() -> BTreeMap<String, TenantId> {
    [("valley-ehr".to_owned(), tenant()), ("lake-ehr".to_owned(), lake())].into()
}

#[tokio::test]
async fn edits_and_grants_of_a_former_program_are_found_by_their_tenants_and_none_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let file = former_file(folder.path()).await;
    let session_row = "INSERT INTO session (hash, created, last_seen) VALUES ($1, 0, 0)";
    sqlx::query(session_row).bind(&session(1).hash.0[..]).execute(&file).await.unwrap();
    for (byte, mark) in [(1, "a"), (2, "b")] {
        put_launch(&file, &launch_id(byte)).await;
        put_grant(&file, &launch_id(byte), mark).await;
    }
    let spoilt = "UPDATE source_grant SET sealed = x'00' WHERE launch = $1";
    sqlx::query(spoilt).bind(launch_id(2).as_str()).execute(&file).await.unwrap();
    // Its launch stands; its launch has ended; nobody knows its source; it does not open; it is closed.
    put_intent(&file, "1", &of(1, "valley-ehr", noon()), None).await;
    put_intent(&file, "2", &of(9, "lake-ehr", noon()), None).await;
    put_intent(&file, "3", &of(9, "nobodys-ehr", noon()), None).await;
    put_intent(&file, "4", &of(1, "valley-ehr", noon()), None).await;
    put_intent(&file, "5", &of(9, "valley-ehr", noon()), Some(noon())).await;
    put_intent(&file, "6", &of(9, "nobodys-ehr", noon()), Some(noon())).await;
    sqlx::query("UPDATE write_intent SET sealed = x'00' WHERE id = '4'").execute(&file).await.unwrap();
    file.close().await;

    let database = Database::open(&url(folder.path()), sealer()).await.unwrap();
    let (grants, intents) = (database.grants(), database.intents());
    let (grants, intents): (&dyn smart::Grants, &dyn write_back::Intents) = (&grants, &intents);
    let store = Store::Sqlite(database.clone());
    let brought = store.bring_home(&homes()).await.unwrap();
    assert_eq!(brought, BroughtHome { grants: 1, grants_deleted: 1, intents: 3, intents_left: 3 });
    let again = store.bring_home(&homes()).await.unwrap();
    assert_eq!(again, BroughtHome { intents_left: 3, ..BroughtHome::default() });

    assert_eq!(grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap(), Some(grant("a")));
    assert_eq!(grants.lookup(&tenant(), &launch_id(2), "valley-ehr").await.unwrap(), None);
    let found = async |tenant| {
        let found = intents.unfinished(&tenant).await.unwrap();
        found.into_iter().map(|(id, intent)| (id.0, intent)).collect::<Vec<_>>()
    };
    assert_eq!(found(tenant()).await, [("1".to_owned(), of(1, "valley-ehr", noon()))]);
    assert_eq!(found(lake()).await, [("2".to_owned(), of(9, "lake-ehr", noon()))]);
    // What nobody claims has its retention all the same, and is claimed as soon as its source is configured.
    let later = noon() + SignedDuration::from_hours(30 * 24);
    assert_eq!(store.purge(later).await.unwrap().intents, 4, "two closed ones, emptied and removed");
    let known = [("nobodys-ehr".to_owned(), lake())].into();
    assert_eq!(
        store.bring_home(&known).await.unwrap(),
        BroughtHome { intents: 1, intents_left: 1, ..Default::default() }
    );
    assert_eq!(found(lake()).await.len(), 2);
}
