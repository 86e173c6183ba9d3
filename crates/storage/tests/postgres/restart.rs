//! PostgreSQL stops in the middle and comes back.

use shared_plan::ports::{Committed, Documents};
use storage::PostgresDatabase;
use test_services::{Durability, Postgres, or_skip};

use crate::plans::{key, plan, sealer, tenants};

#[tokio::test]
async fn what_was_kept_outlasts_an_immediate_stop_and_the_connections_come_back() {
    let Some(postgres) = or_skip(Postgres::start(Durability::Durable)) else { return };
    let database = postgres.database().unwrap();
    storage::postgres::migrate(&database.owner_tcp_url, &database.application_role).await.unwrap();
    let [valley, _] = tenants();
    let url = &database.application_tcp_url;
    let open = PostgresDatabase::open(url, sealer(7), vec![valley.clone()]).await.unwrap();
    let documents = open.documents();
    assert_eq!(documents.commit(&plan(&valley, 1)).await.unwrap(), Committed::Kept);
    postgres.stop_immediate();
    documents.lookup(&key(&valley, 1)).await.unwrap_err();
    postgres.start_again().unwrap();
    assert_eq!(documents.lookup(&key(&valley, 1)).await.unwrap(), Some(plan(&valley, 1).document));
    // Whoever did not hear the answer asks again by the same key.
    let again = documents.commit(&plan(&valley, 1)).await.unwrap();
    assert!(matches!(again, Committed::Repeated { .. }), "{again:?}");
}
