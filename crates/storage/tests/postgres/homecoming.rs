//! What a former program kept in PostgreSQL with the installation comes home to its tenants.

use std::path::Path;

use access::{LaunchId, TenantId};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor};
use storage::seal::Place;
use storage::{BroughtHome, INSTALLATION, Store};
use test_services::{Database, Postgres};

use crate::people::grant;
use crate::plans::{connect, count, empty, hex, open, sealer, tenants};

/// The last version in which ports of grants and intents knew no tenant.
const FORMER: i64 = 8;
const SOURCE: &str = "valley-ehr";

/// A database as a former program made it, and its owner, who asks as the installation.
async fn former() -> Option<(Postgres, Database, PgConnection)> {
    let (postgres, database) = empty()?;
    let mut owner = connect(&database.owner_url).await;
    let all = Migrator::new(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations_postgres"))).await.unwrap();
    let former = all.iter().filter(|migration| migration.version <= FORMER).cloned().collect();
    let mut former = Migrator::with_migrations(former);
    former.create_schema("accord_migrations");
    former.dangerous_set_table_name("accord_migrations.applied");
    former.run(&mut owner).await.unwrap();
    say(&mut owner, INSTALLATION).await;
    Some((postgres, database, owner))
}

async fn say(connection: &mut PgConnection, tenant: &str) {
    connection.execute(AssertSqlSafe(format!("SET app.tenant = '{tenant}'"))).await.unwrap();
}

async fn run(owner: &mut PgConnection, statement: String) {
    owner.execute(AssertSqlSafe(statement)).await.unwrap();
}

fn launch_id(byte: u8) -> LaunchId {
    LaunchId::from_random([byte; 16])
}

/// As bytes of a statement.
fn bytes(bytes: &[u8]) -> String {
    format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// A launch with a grant, sealed as that program did.
async fn put_launch(owner: &mut PgConnection, byte: u8, tenant: &str) {
    let id = launch_id(byte);
    run(
        owner,
        format!(
            "INSERT INTO accord.launch (id, session_hash, tenant, source, created, sealed) \
             VALUES ('{id}', decode(repeat('01', 32), 'hex'), '{tenant}', '{SOURCE}', 0, '')"
        ),
    )
    .await;
    let place = Place { table: "source_grant", row: &[id.as_str().as_bytes(), SOURCE.as_bytes()] };
    let sealed = bytes(&sealer(7).seal(place, &grant(byte).to_bytes()));
    run(
        owner,
        format!("INSERT INTO accord.source_grant (launch, source, sealed) VALUES ('{id}', '{SOURCE}', {sealed})"),
    )
    .await;
}

/// An edit, sealed as that program did. Its content is of no matter here.
async fn put_intent(owner: &mut PgConnection, id: &str, launch: u8, source: &str) {
    let sealed = bytes(&sealer(7).seal(Place { table: "write_intent", row: &[id.as_bytes()] }, b"edit-canary"));
    let launch = launch_id(launch);
    let put = format!(
        "INSERT INTO accord.write_intent (id, launch, source, opened, sealed) \
         VALUES ('{id}', '{launch}', '{source}', 0, {sealed})"
    );
    run(owner, put).await;
}

/// A person of a tenant who shares, and a launch that reads by it.
async fn put_use(owner: &mut PgConnection, tenant: &str, launch: u8) {
    let person = hex(1);
    say(owner, tenant).await;
    for put in [
        format!("INSERT INTO accord.person (tenant_id, id, created) VALUES ('{tenant}', '{person}', 0)"),
        format!(
            "INSERT INTO accord.consent (tenant_id, id, person, source, purpose, given, sealed) \
             VALUES ('{tenant}', 'c', '{person}', '{SOURCE}', 'care-team', 0, '')"
        ),
        format!("INSERT INTO accord.consent_in_force (tenant_id, consent) VALUES ('{tenant}', 'c')"),
        format!(
            "INSERT INTO accord.standing_grant (tenant_id, person, source, consent, sealed) \
             VALUES ('{tenant}', '{person}', '{SOURCE}', 'c', '')"
        ),
    ] {
        run(owner, put).await;
    }
    say(owner, INSTALLATION).await;
    let launch = launch_id(launch);
    let put = format!(
        "INSERT INTO accord.standing_use (launch, tenant, person, source) \
         VALUES ('{launch}', '{tenant}', '{person}', '{SOURCE}')"
    );
    run(owner, put).await;
}

#[tokio::test]
async fn what_lay_with_the_installation_lies_with_its_tenants_and_each_sees_its_own_only() {
    let Some((_postgres, database, mut owner)) = former().await else { return };
    run(
        &mut owner,
        "INSERT INTO accord.session (hash, created, last_seen) VALUES (decode(repeat('01', 32), 'hex'), 0, 0)"
            .to_owned(),
    )
    .await;
    for (byte, tenant) in [(1, "valley"), (2, "lake"), (3, "no-more")] {
        put_launch(&mut owner, byte, tenant).await;
    }
    for (tenant, launch) in [("valley", 1), ("lake", 2)] {
        put_use(&mut owner, tenant, launch).await;
    }
    put_intent(&mut owner, "1", 1, SOURCE).await;
    put_intent(&mut owner, "2", 9, "lake-ehr").await;
    storage::postgres::migrate(&database.owner_url, &database.application_role).await.unwrap();
    let open = open(&database).await.unwrap();
    let store = Store::Postgres(open.clone());
    let homes = [(SOURCE.to_owned(), TenantId::new("valley")), ("lake-ehr".to_owned(), TenantId::new("lake"))].into();
    // Two processes start at once.
    let other = Store::Postgres(open.clone());
    let (one, two) = tokio::join!(store.bring_home(&homes), other.bring_home(&homes));
    let (one, two) = (one.unwrap(), two.unwrap());
    let brought = [one.grants + two.grants, one.grants_deleted + two.grants_deleted, one.intents + two.intents];
    assert_eq!(brought, [2, 1, 2], "{one:?} {two:?}");
    assert_eq!(store.bring_home(&homes).await.unwrap(), BroughtHome::default());

    let grants = open.grants();
    let grants: &dyn smart::Grants = &grants;
    for (byte, tenant) in [1, 2].into_iter().zip(tenants()) {
        assert_eq!(grants.lookup(&tenant, &launch_id(byte), SOURCE).await.unwrap(), Some(grant(byte)), "{tenant}");
        assert_eq!(grants.lookup(&tenant, &launch_id(3 - byte), SOURCE).await.unwrap(), None, "{tenant}");
    }
    let mut connection = connect(&database.application_url).await;
    for (tenant, rows) in [("valley", 1), ("lake", 1), ("no-more", 0), (INSTALLATION, 0)] {
        say(&mut connection, tenant).await;
        for table in ["source_grant", "write_intent", "standing_use"] {
            assert_eq!(count(&mut connection, table).await, rows, "{table} of {tenant}");
        }
    }
}

/// By the application's own role, beside all of our statements.
#[tokio::test]
async fn who_asks_as_one_organisation_neither_sees_nor_changes_nor_deletes_a_grant_or_an_edit_of_another() {
    let Some((_postgres, database, mut owner)) = former().await else { return };
    run(
        &mut owner,
        "INSERT INTO accord.session (hash, created, last_seen) VALUES (decode(repeat('01', 32), 'hex'), 0, 0)"
            .to_owned(),
    )
    .await;
    put_launch(&mut owner, 1, "valley").await;
    put_use(&mut owner, "valley", 1).await;
    put_intent(&mut owner, "1", 1, SOURCE).await;
    storage::postgres::migrate(&database.owner_url, &database.application_role).await.unwrap();
    let store = Store::Postgres(open(&database).await.unwrap());
    store.bring_home(&std::collections::BTreeMap::new()).await.unwrap();
    let mut connection = connect(&database.application_url).await;
    for (tenant, rows) in [("lake", 0), ("", 0), (INSTALLATION, 0), ("valley", 1)] {
        say(&mut connection, tenant).await;
        for (table, change) in [("source_grant", "source = source"), ("write_intent", "source = source")] {
            let update = format!("UPDATE accord.{table} SET {change}");
            let changed = connection.execute(AssertSqlSafe(update)).await.unwrap().rows_affected();
            assert_eq!(changed, rows, "{table} as {tenant:?}");
        }
        for table in ["source_grant", "write_intent", "standing_use"] {
            assert_eq!(count(&mut connection, table).await, i64::try_from(rows).unwrap(), "{table} as {tenant:?}");
            let delete = AssertSqlSafe(format!("DELETE FROM accord.{table}"));
            let deleted = connection.execute(delete).await.unwrap().rows_affected();
            assert_eq!(deleted, rows, "{table} as {tenant:?}");
        }
    }
}
