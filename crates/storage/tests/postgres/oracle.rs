//! Errors tell nothing of what another tenant has.

use shared_plan::ports::{Committed, Documents};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor};

use crate::plans::{connect, filled, hex, plan, tenants};

/// Code, message, constraint and detail, with the id that the statement named taken out of it.
async fn refused(connection: &mut PgConnection, statement: &str, id: &str) -> Vec<String> {
    let error = connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap_err();
    let error = error.into_database_error().unwrap();
    let detail = error.downcast_ref::<sqlx::postgres::PgDatabaseError>().detail().unwrap_or_default();
    let said = [&error.code().unwrap_or_default(), error.message(), error.constraint().unwrap_or_default(), detail];
    said.iter().map(|text| text.replace(id, "{id}")).collect()
}

#[tokio::test]
async fn a_key_that_another_tenant_has_is_as_one_that_nobody_has() {
    let Some((_, database, open)) = filled().await else { return };
    let [valley, _] = tenants();
    // Only the valley has this one.
    assert_eq!(open.documents().commit(&plan(&valley, 2)).await.unwrap(), Committed::Kept);
    let mut lake = connect(&database.application_url).await;
    lake.execute("SET app.tenant = 'lake'").await.unwrap();
    let (theirs, nobodys) = (hex(2), hex(3));

    let refer = |id: &str, tenant: &str| {
        format!("INSERT INTO accord.document_part VALUES ('{tenant}', 'team', '{}', 'plan', '{id}')", hex(9))
    };
    let unknown = refused(&mut lake, &refer(&nobodys, "lake"), &nobodys).await;
    assert_eq!(unknown[0], "23503");
    assert_eq!(refused(&mut lake, &refer(&theirs, "lake"), &theirs).await, unknown);

    let put = |id: &str, tenant: &str, then: &str| {
        let values = format!("('{tenant}', 'plan', '{id}', 'p', 1, 'draft', 0, 0)");
        format!("INSERT INTO accord.document VALUES {values} {then}")
    };
    for then in ["", "ON CONFLICT DO NOTHING", "ON CONFLICT (tenant_id, kind, id) DO UPDATE SET status = 'x'"] {
        let unknown = refused(&mut lake, &put(&nobodys, "valley", then), &nobodys).await;
        assert_eq!(unknown[0], "42501");
        assert_eq!(refused(&mut lake, &put(&theirs, "valley", then), &theirs).await, unknown, "{then}");
    }
    // The same id is free at the lake.
    lake.execute(AssertSqlSafe(put(&theirs, "lake", ""))).await.unwrap();
    let own = refused(&mut lake, &put(&theirs, "lake", ""), &theirs).await;
    assert_eq!(own[0], "23505", "the errors would be seen: {own:?}");
}
