//! What lies in the tables, for whoever has a copy of them.

use access::TenantId;
use shared_plan::ports::Documents;
use sqlx::{AssertSqlSafe, Executor};
use storage::PostgresDatabase;

use crate::plans::{TABLES, connect, filled, hex, key, sealer};

fn hex_of(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn no_content_name_reason_or_key_lies_in_the_tables_in_the_clear() {
    let Some((_, database, _open)) = filled().await else { return };
    let mut owner = connect(&database.owner_url).await;
    owner.execute("SET app.tenant = 'valley'").await.unwrap();
    let mut all = String::new();
    for table in TABLES {
        let query = AssertSqlSafe(format!("SELECT coalesce(string_agg(held::text, ' '), '') FROM accord.{table} held"));
        let rows: String = sqlx::query_scalar(query).fetch_one(&mut owner).await.unwrap();
        all.push_str(&rows);
    }
    assert!(all.contains(&hex(1)) && all.contains("draft"), "the search would see a canary");
    for secret in ["canary", &hex_of("canary"), &hex_of("name")] {
        assert!(!all.contains(secret), "{secret}");
    }
}

/// The owner of the tables may change rows; what is sealed then does not open.
#[tokio::test]
async fn a_row_that_was_changed_or_moved_is_an_error_and_never_something_else() {
    let Some((_, database, open)) = filled().await else { return };
    let documents = open.documents();
    let valley = TenantId::new("valley");
    let mut owner = connect(&database.owner_url).await;
    owner.execute("SET app.tenant = 'valley'").await.unwrap();
    for (change, back) in [
        (
            "UPDATE accord.document_version SET status = 'approved'",
            "UPDATE accord.document_version SET status = 'draft'",
        ),
        ("UPDATE accord.document_version SET made = made + 1", "UPDATE accord.document_version SET made = made - 1"),
        (
            "UPDATE accord.document SET person = repeat('02', 16)",
            "UPDATE accord.document SET person = repeat('01', 16)",
        ),
        (
            "UPDATE accord.document_version SET sealed = sealed_who, sealed_who = sealed",
            "UPDATE accord.document_version SET sealed = sealed_who, sealed_who = sealed",
        ),
    ] {
        owner.execute(change).await.unwrap();
        documents.lookup(&key(&valley, 1)).await.unwrap_err();
        owner.execute(back).await.unwrap();
        assert!(documents.lookup(&key(&valley, 1)).await.unwrap().is_some(), "{back}");
    }
}

/// Each tenant has keys of its own: what was carried over from another opens nowhere.
#[tokio::test]
async fn a_tenant_that_the_database_was_not_opened_for_is_an_error() {
    let Some((_, database, _open)) = filled().await else { return };
    let (valley, lake) = (TenantId::new("valley"), TenantId::new("lake"));
    let url = &database.application_url;
    let open = PostgresDatabase::open(url, sealer(7), vec![valley.clone()]).await.unwrap();
    assert!(open.documents().lookup(&key(&valley, 1)).await.unwrap().is_some());
    open.documents().lookup(&key(&lake, 1)).await.unwrap_err();
    let error = PostgresDatabase::open(url, sealer(7), vec![TenantId::new("")]).await.err().unwrap();
    assert!(matches!(error, storage::postgres::OpenError::Keys(_)), "{error}");
}
