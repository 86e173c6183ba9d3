//! What lies in the file, and what happens when somebody changes it.

use std::fs;

use jiff::ToSpan;
use sqlx::SqlitePool;
use storage::Database;
use write_back::Closed;

use crate::Stores;
use crate::audit::event;
use crate::people::{
    at_source, consent, grant, intent, launch, launch_id, link, noon, pending_launch, session, standing_grant,
    standing_key, tenant,
};
use crate::sqlite::{open, sealer, url};

async fn filled() -> Stores {
    let stores = open().await;
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.launches.put(launch(byte, byte)).await.unwrap();
        stores.sign_ins.put(&crate::sign_ins::sign_in(byte, "valley")).await.unwrap();
        stores.grants.put(&tenant(), &launch_id(byte), "valley-ehr", &grant(&byte.to_string())).await.unwrap();
        stores.pending_launches.put([byte; 32], &pending_launch(), noon() + 10.minutes()).await.unwrap();
        stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
        let person = stores.persons.find_or_create(&tenant(), &link("valley-ehr", byte)).await.unwrap();
        let given = consent(byte, &person, "valley-ehr", access::Purpose::CareTeam);
        stores.consents.give(&tenant(), &given).await.unwrap();
        let key = standing_key(&person, "valley-ehr");
        assert!(stores.standing_grants.put(&key, &standing_grant(byte), noon()).await.unwrap());
        let item =
            access::KeptItem { consent: given.id, until: noon() + 1.hour(), content: b"item-canary".to_vec().into() };
        assert!(stores.kept_items.put(&key, "Patient/patient-canary-1", &item, noon()).await.unwrap());
        stores.audit.write(&event(byte, noon())).await.unwrap();
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
    let id = stores.intents.unfinished(&tenant()).await.unwrap()[0].0.clone();
    stores.intents.close(&tenant(), &id, Closed::Conflict, noon()).await.unwrap();
    for round in ["while open", "after closing"] {
        let bytes = bytes_of(&stores);
        assert!(holds(&bytes, "valley-ehr"), "the search would see a canary {round}");
        for canary in ["canary", "subject-", "https://ehr.test", "Cänary", "wälks", "patient/Goal", "Practitioner/17"]
        {
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
    assert!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.is_err());
    assert!(stores.pending_launches.take([1; 32], noon()).await.is_err());
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap().len(), 1);
    assert!(stores.grants.lookup(&tenant(), &launch_id(2), "valley-ehr").await.unwrap().is_some());
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
    assert!(stores.grants.lookup(&tenant(), &launch_id(2), "valley-ehr").await.is_err());
    assert!(stores.pending_launches.take([2; 32], noon()).await.is_err());
    // The row that it was taken from is as it was.
    assert!(stores.grants.lookup(&tenant(), &launch_id(1), "valley-ehr").await.unwrap().is_some());

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
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn everything_is_still_there_after_a_restart() {
    let stores = filled().await;
    stores.database.close().await;
    let database = Database::open(&url(stores.folder.path()), sealer()).await.unwrap();
    let launches: &dyn access::Launches = &database.launches();
    assert_eq!(launches.lookup(&launch_id(1), session(1).hash).await.unwrap(), Some(launch(1, 1)));
    let intents: &dyn write_back::Intents = &database.intents();
    assert_eq!(intents.unfinished(&tenant()).await.unwrap().len(), 2);
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

#[tokio::test]
async fn an_audit_event_is_neither_changed_nor_taken_away_nor_put_before_others() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    for change in [
        "UPDATE audit_event SET outcome = 'done'",
        "DELETE FROM audit_event WHERE number = 1",
        "INSERT OR REPLACE INTO audit_event SELECT tenant, number, recorded, operation, outcome, patient, sealed, chain \
         FROM audit_event WHERE number = 1",
        "UPDATE audit_retention SET kept_from = -1",
    ] {
        assert!(sqlx::query(change).execute(&file).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn whoever_tampers_with_the_log_without_the_key_is_seen() {
    for tamper in [
        "UPDATE audit_event SET outcome = 'refused' WHERE number = 1",
        "UPDATE audit_event SET recorded = recorded + 1 WHERE number = 2",
        "UPDATE audit_event SET patient = (SELECT patient FROM audit_event WHERE number = 2) WHERE number = 1",
        "DELETE FROM audit_event WHERE number = 1",
        "INSERT INTO audit_event SELECT tenant, 3, recorded, operation, outcome, patient, sealed, chain \
         FROM audit_event WHERE number = 2",
        "INSERT OR REPLACE INTO audit_start SELECT tenant, number, chain, x'00' FROM audit_event WHERE number = 1",
    ] {
        let stores = filled().await;
        let file = file_of(&stores).await;
        for trigger in ["is_never_changed", "is_kept", "is_appended"] {
            let drop = format!("DROP TRIGGER audit_event_{trigger}");
            sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&file).await.unwrap();
        }
        sqlx::query(tamper).execute(&file).await.unwrap();
        let found = stores.trail.verify(&tenant()).await.unwrap();
        assert!(matches!(found, access::audit::Verified::Broken { .. }), "{tamper}: {found:?}");
    }
}

#[tokio::test]
async fn what_is_kept_for_years_still_opens_after_the_key_file_was_rotated_and_the_former_key_is_gone() {
    use std::sync::Arc;
    let stores = filled().await;
    stores.database.close().await;
    let with = |key: storage::SealingKey| storage::Sealer::new(key, Arc::new(crate::sqlite::SystemRandom));
    let key = |byte| storage::SealingKey::from_bytes([byte; 32]);
    for sealer in [with(key(8).with_former(&key(7))), with(key(8))] {
        let database = Database::open(&url(stores.folder.path()), sealer).await.unwrap();
        let persons: &dyn access::Persons = &database.persons();
        let person = persons.lookup(&tenant(), &at_source("valley-ehr", 1)).await.unwrap().unwrap();
        assert_eq!(persons.links(&tenant(), &person).await.unwrap(), [link("valley-ehr", 1)]);
        let trail: &dyn access::AuditTrail = &database.audit();
        assert_eq!(trail.of_patient(&tenant(), &at_source("valley-ehr", 1)).await.unwrap().len(), 1);
        database.close().await;
    }
    let refusal = Database::open(&url(stores.folder.path()), with(key(9))).await.err().unwrap();
    assert!(refusal.to_string().contains("sealing key file"));
}

#[tokio::test]
async fn marks_that_were_exchanged_lead_to_nobody() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    let marks: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT patient FROM person_link ORDER BY id").fetch_all(&file).await.unwrap();
    for (mark, at) in [(vec![0; 32], &marks[0]), (marks[0].clone(), &marks[1]), (marks[1].clone(), &vec![0; 32])] {
        let change = sqlx::query("UPDATE person_link SET patient = $1 WHERE patient = $2");
        assert_eq!(change.bind(mark).bind(at).execute(&file).await.unwrap().rows_affected(), 1);
    }
    for byte in [1, 2] {
        assert!(stores.persons.lookup(&tenant(), &at_source("valley-ehr", byte)).await.is_err());
    }
}

#[tokio::test]
async fn one_consent_that_did_not_open_kept_all_others_from_ending() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    sqlx::query("UPDATE consent SET valid_until = given").execute(&file).await.unwrap();
    sqlx::query("UPDATE consent SET sealed = x'00' WHERE id = (SELECT min(id) FROM consent)")
        .execute(&file)
        .await
        .unwrap();
    let ended = stores.consents.end_due(noon()).await.unwrap();
    assert_eq!(ended.iter().map(|erasure| erasure.grant.is_some()).collect::<Vec<_>>(), [true]);
    let left = "SELECT (SELECT count(*) FROM standing_grant) + (SELECT count(*) FROM kept_item)";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(&file).await.unwrap(), 0, "of the other too");
    assert_eq!(stores.consents.end_due(noon()).await.unwrap(), []);
}

#[tokio::test]
async fn what_was_erased_is_overwritten_in_the_files_by_the_next_purge() {
    let stores = filled().await;
    let file = file_of(&stores).await;
    let mut sealed: Vec<Vec<u8>> = Vec::new();
    for table in ["standing_grant", "kept_item"] {
        let query = format!("SELECT sealed FROM {table} ORDER BY person LIMIT 1");
        sealed.push(sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&file).await.unwrap());
    }
    file.close().await;
    let held = |sealed: &[u8]| bytes_of(&stores).windows(sealed.len()).any(|window| window == sealed);
    assert!(sealed.iter().all(|sealed| held(sealed)), "the search would see it");
    for byte in [1, 2] {
        let revoked = access::Revoked { by: None, when: noon() };
        let id = access::ConsentId::from_random([byte; 16]);
        stores.consents.revoke(&tenant(), &id, &revoked).await.unwrap().unwrap();
    }
    stores.database.purge(noon()).await.unwrap();
    assert!(sealed.iter().all(|sealed| !held(sealed)));
}
