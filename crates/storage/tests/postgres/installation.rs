//! What is found before its tenant is known lies with the installation, and no organisation sees it.

use access::{LaunchId, Launches, Session, SessionHash, Sessions, SignIn, SignIns, TenantId};
use sqlx::{AssertSqlSafe, Executor};
use storage::{INSTALLATION, PostgresDatabase};

use crate::people::{grant, launch, noon};
use crate::plans::{connect, count, migrated, open, sealer, tenants};

/// Everything that lies there.
const TABLES: [&str; 5] = ["session", "former_cookie", "sign_in", "launch", "pending_launch"];

/// A browser that has signed in twice, at two organisations.
async fn signed_in(open: &PostgresDatabase) {
    let [valley, lake] = tenants();
    let (old, new) = (SessionHash([1; 32]), SessionHash([2; 32]));
    open.sessions().put(Session::begin(old, noon())).await.unwrap();
    open.launches().put(launch(&valley, 1)).await.unwrap();
    open.sessions().rotate(old, new, noon()).await.unwrap();
    let viewer = launch(&lake, 1).viewer;
    let sign_in = SignIn { session: new, tenant: lake, source: "lake-ehr".to_owned(), viewer, created: noon() };
    open.sign_ins().put(&sign_in).await.unwrap();
}

#[tokio::test]
async fn who_asks_as_an_organisation_sees_no_session_and_puts_none() {
    let Some((_, database)) = migrated().await else { return };
    let open = open(&database).await.unwrap();
    signed_in(&open).await;
    let mut connection = connect(&database.application_url).await;
    for organisation in ["valley", "lake", ""] {
        connection.execute(AssertSqlSafe(format!("SET app.tenant = '{organisation}'"))).await.unwrap();
        for table in TABLES {
            assert_eq!(count(&mut connection, table).await, 0, "{table} as {organisation:?}");
        }
        let ended = connection.execute("DELETE FROM accord.session").await.unwrap();
        assert_eq!(ended.rows_affected(), 0);
    }
    connection.execute("SET app.tenant = 'valley'").await.unwrap();
    let put = format!("INSERT INTO accord.session VALUES ('{INSTALLATION}', decode(repeat('07', 32), 'hex'), 0, 0)");
    let refused = connection.execute(AssertSqlSafe(put)).await.unwrap_err();
    assert!(refused.to_string().contains("row-level security"), "{refused}");
    // Its own row would be no session of anybody's, and hang on none.
    let hang = "INSERT INTO accord.launch (id, session_hash, tenant, source, created, sealed) \
                VALUES ('a', decode(repeat('02', 32), 'hex'), 'valley', 's', 0, '')";
    let refused = connection.execute(hang).await.unwrap_err();
    assert!(refused.to_string().contains("foreign key"), "{refused}");

    connection.execute(AssertSqlSafe(format!("SET app.tenant = '{INSTALLATION}'"))).await.unwrap();
    for table in ["session", "former_cookie", "launch", "sign_in"] {
        assert_eq!(count(&mut connection, table).await, 1, "the look would see {table}");
    }
    let found = open.launches().lookup(&LaunchId::from_random([1; 16]), SessionHash([2; 32])).await.unwrap();
    assert_eq!(found.map(|launch| launch.tenant), Some(TenantId::new("valley")));
}

/// An organisation is taken out of the configuration while somebody is signed in there.
#[tokio::test]
async fn who_is_signed_in_at_a_tenant_that_is_none_any_more_signs_out_and_no_grant_stays_behind() {
    let Some((_, database)) = migrated().await else { return };
    let [valley, lake] = tenants();
    {
        let before = open(&database).await.unwrap();
        before.sessions().put(Session::begin(SessionHash([1; 32]), noon())).await.unwrap();
        before.launches().put(launch(&lake, 1)).await.unwrap();
        let (grants, id): (Box<dyn smart::Grants>, _) = (Box::new(before.grants()), LaunchId::from_random([1; 16]));
        grants.put(&lake, &id, "lake-ehr", &grant(1)).await.unwrap();
    }
    let mut connection = connect(&database.application_url).await;
    connection.execute("SET app.tenant = 'lake'").await.unwrap();
    assert_eq!(count(&mut connection, "source_grant").await, 1, "the look would see it");
    let open = PostgresDatabase::open(&database.application_url, sealer(7), vec![valley]).await.unwrap();
    open.sessions().end(SessionHash([1; 32])).await.unwrap();
    assert_eq!(count(&mut connection, "source_grant").await, 0);
    connection.execute(AssertSqlSafe(format!("SET app.tenant = '{INSTALLATION}'"))).await.unwrap();
    assert_eq!(count(&mut connection, "launch").await, 0);
}

#[tokio::test]
async fn no_name_or_patient_of_a_session_lies_in_the_tables_in_the_clear() {
    let Some((postgres, database)) = migrated().await else { return };
    signed_in(&open(&database).await.unwrap()).await;
    let dump = String::from_utf8(postgres.dump(&database.name).unwrap()).unwrap();
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert!(dump.contains("lake-ehr"), "the search would see a canary");
    for secret in ["canary".to_owned(), hex("canary"), hex("Practitioner")] {
        assert!(!dump.contains(&secret), "{secret}");
    }
}

#[tokio::test]
async fn a_tenant_with_the_name_of_the_installation_is_refused() {
    let Some((_, database)) = migrated().await else { return };
    let tenants = vec![TenantId::new("valley"), TenantId::new(INSTALLATION)];
    let error = PostgresDatabase::open(&database.application_url, sealer(7), tenants).await.err().unwrap();
    assert!(matches!(error, storage::postgres::OpenError::Reserved), "{error}");
}
