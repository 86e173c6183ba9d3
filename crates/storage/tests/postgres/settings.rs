//! The tenant is said in each transaction; where it is not, there is nothing.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

use crate::plans::{TABLES, connect, count, filled};

/// The tables in which a plan leaves something.
const FILLED: [&str; 7] =
    ["document", "document_due", "document_part", "document_version", "idempotency_key", "kept_key", "outbox"];

async fn counts(connection: &mut PgConnection, tables: &[&str]) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in tables {
        counts.push(count(connection, table).await);
    }
    counts
}

async fn refused(connection: &mut PgConnection, statement: &str) -> String {
    let error = connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap_err();
    let error = error.into_database_error().unwrap();
    format!("{} {}", error.code().unwrap_or_default(), error.message())
}

const PUT: &str = "INSERT INTO accord.turn (tenant_id, holder, held_until) VALUES";
const POLICY: &str = "42501 new row violates row-level security policy for table \"turn\"";

#[tokio::test]
async fn where_no_tenant_is_said_or_an_empty_one_there_are_no_rows() {
    let Some((_, database, _open)) = filled().await else { return };
    // The owner too, because row level security is forced.
    for url in [&database.application_url, &database.owner_url] {
        let mut connection = connect(url).await;
        let setting = "SELECT current_setting('app.tenant', true)";
        let absent: Option<String> = sqlx::query_scalar(setting).fetch_one(&mut connection).await.unwrap();
        assert_eq!(absent, None);
        assert_eq!(counts(&mut connection, TABLES).await, [0; TABLES.len()]);
        assert_eq!(refused(&mut connection, &format!("{PUT} ('valley', 'x', 0)")).await, POLICY);

        let mut step = connection.begin().await.unwrap();
        step.execute("SELECT set_config('app.tenant', 'valley', true)").await.unwrap();
        assert_eq!(counts(&mut step, &FILLED).await, [1, 1, 1, 1, 1, 2, 1], "one plan of two, and two keys");
        step.commit().await.unwrap();

        // What is left of a setting that ended with its transaction.
        let empty: Option<String> = sqlx::query_scalar(setting).fetch_one(&mut connection).await.unwrap();
        assert_eq!(empty.as_deref(), Some(""));
        assert_eq!(counts(&mut connection, TABLES).await, [0; TABLES.len()]);
        assert_eq!(refused(&mut connection, &format!("{PUT} ('valley', 'x', 0)")).await, POLICY);
        let nameless = refused(&mut connection, &format!("{PUT} ('', 'x', 0)")).await;
        assert!(nameless.starts_with("23514 "), "no tenant is called nothing: {nameless}");

        connection.execute("SET app.tenant = 'nobody'").await.unwrap();
        assert_eq!(counts(&mut connection, TABLES).await, [0; TABLES.len()]);
    }
}

#[tokio::test]
async fn no_row_is_put_or_moved_to_another_tenant() {
    let Some((_, database, _open)) = filled().await else { return };
    let mut connection = connect(&database.application_url).await;
    connection.execute("SET app.tenant = 'valley'").await.unwrap();
    assert_eq!(refused(&mut connection, &format!("{PUT} ('lake', 'x', 0)")).await, POLICY);
    connection.execute(AssertSqlSafe(format!("{PUT} ('valley', 'x', 0)"))).await.unwrap();
    assert_eq!(refused(&mut connection, "UPDATE accord.turn SET tenant_id = 'lake'").await, POLICY);
    let theirs = "UPDATE accord.outbox SET failures = 9 WHERE tenant_id = 'lake'";
    assert_eq!(connection.execute(theirs).await.unwrap().rows_affected(), 0);
    let all = connection.execute("UPDATE accord.outbox SET failures = 9").await.unwrap();
    assert_eq!(all.rows_affected(), 1, "all that are seen");
}

#[tokio::test]
async fn the_application_changes_no_version_and_deletes_no_document() {
    let Some((_, database, _open)) = filled().await else { return };
    let mut connection = connect(&database.application_url).await;
    connection.execute("SET app.tenant = 'valley'").await.unwrap();
    for (statement, table) in [
        ("UPDATE accord.document_version SET status = 'approved'", "document_version"),
        ("DELETE FROM accord.document_version", "document_version"),
        ("DELETE FROM accord.document", "document"),
        ("DELETE FROM accord.document_part", "document_part"),
        ("TRUNCATE accord.outbox", "outbox"),
    ] {
        let said = refused(&mut connection, statement).await;
        assert_eq!(said, format!("42501 permission denied for table {table}"));
    }
}
