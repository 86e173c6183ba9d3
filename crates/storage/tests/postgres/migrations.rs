//! The schema is brought up to date by its owner, and asked for by the application.

use std::sync::Arc;

use shared_plan::ports::Documents;
use storage::postgres::{MigrateError, OpenError, migrate};
use storage::{PostgresDatabase, Sealer, SealingKey};

use crate::plans::{SystemRandom, empty, filled, key, migrated, open, sealer, tenants};

#[tokio::test]
async fn a_database_without_its_schema_is_not_opened() {
    let Some((_, database)) = empty() else { return };
    let error = open(&database).await.err().unwrap();
    assert!(matches!(error, OpenError::NotMigrated { found: None, .. }), "{error}");
    assert!(error.to_string().contains("accord migrate"));
}

#[tokio::test]
async fn migrating_twice_and_twice_at_once_changes_nothing() {
    let Some((_, database)) = empty() else { return };
    let (owner, role) = (&database.owner_url, &database.application_role);
    let (one, other) = tokio::join!(migrate(owner, role), migrate(owner, role));
    one.unwrap();
    other.unwrap();
    migrate(owner, role).await.unwrap();
    open(&database).await.unwrap();
}

#[tokio::test]
async fn the_application_is_a_role_of_its_own() {
    let Some((_, database)) = empty() else { return };
    let error = migrate(&database.owner_url, "nobody-there").await.unwrap_err();
    assert!(matches!(error, MigrateError::NoSuchRole(_)), "{error}");
    let error = migrate(&database.owner_url, &database.owner_role).await.unwrap_err();
    assert!(matches!(error, MigrateError::OneRole(_)), "{error}");
    migrate(&database.application_url, &database.owner_role).await.unwrap_err();
}

#[tokio::test]
async fn a_program_opened_a_newer_schema_and_would_have_shown_what_that_hides() {
    let Some((postgres, database)) = migrated().await else { return };
    let say = |version: u32| format!("COMMENT ON SCHEMA accord IS 'version {version}'");
    postgres.as_superuser(&database.name, &say(99)).unwrap();
    let error = open(&database).await.err().unwrap();
    assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    postgres.as_superuser(&database.name, &say(0)).unwrap();
    let error = open(&database).await.err().unwrap();
    assert!(matches!(error, OpenError::NotMigrated { found: Some(0), .. }), "{error}");
}

#[tokio::test]
async fn another_sealing_key_does_not_open_the_database() {
    let Some((_, database, _open)) = filled().await else { return };
    let url = &database.application_url;
    let error = PostgresDatabase::open(url, sealer(8), tenants().to_vec()).await.err().unwrap();
    assert!(matches!(error, OpenError::Keys(_)), "{error}");
}

#[tokio::test]
async fn plans_still_open_after_the_key_file_was_rotated_and_the_former_key_is_gone() {
    let Some((_, database, _open)) = filled().await else { return };
    let sealing = |byte| SealingKey::from_bytes([byte; 32]);
    for keys in [sealing(8).with_former(&sealing(7)), sealing(8)] {
        let sealer = Sealer::new(keys, Arc::new(SystemRandom));
        let open = PostgresDatabase::open(&database.application_url, sealer, tenants().to_vec()).await.unwrap();
        for tenant in tenants() {
            assert!(open.documents().lookup(&key(&tenant, 1)).await.unwrap().is_some());
        }
    }
}
