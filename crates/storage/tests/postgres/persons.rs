//! Persons, what they allowed and the audit log behind the walls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::audit::Verified;
use access::person::{Ending, Linking, WhyEnded};
use access::{Audit, AuditTrail, Consents, LaunchId, Persons, Purpose, Revoked, StandingGrants, StandingKey, TenantId};
use sqlx::{AssertSqlSafe, Executor};
use storage::postgres::Options;
use storage::{INSTALLATION, PostgresDatabase};

use crate::people::{SOURCE, at, consent, event, link, noon, peopled, put, user};
use crate::plans::{TABLES, connect, count, hex, migrated, sealer, tenants};

/// Connections of the application and of the tables' owner.
async fn both(database: &test_services::Database) -> [sqlx::postgres::PgConnection; 2] {
    [connect(&database.application_url).await, connect(&database.owner_url).await]
}

#[tokio::test]
async fn no_name_token_or_reason_of_a_person_lies_in_the_tables_in_the_clear() {
    let Some((_, database, _open)) = peopled().await else { return };
    let mut owner = connect(&database.owner_url).await;
    let mut all = String::new();
    for tenant in ["valley", INSTALLATION] {
        owner.execute(AssertSqlSafe(format!("SET app.tenant = '{tenant}'"))).await.unwrap();
        for table in TABLES {
            let query = format!("SELECT coalesce(string_agg(held::text, ' '), '') FROM accord.{table} held");
            all += &sqlx::query_scalar::<_, String>(AssertSqlSafe(query)).fetch_one(&mut owner).await.unwrap();
        }
    }
    assert!(all.contains(SOURCE) && all.contains("care-team"), "the search would see a canary");
    let hex: String = "canary".bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(!all.contains("canary") && !all.contains(&hex));
}

#[tokio::test]
async fn which_launch_reads_by_a_grant_is_seen_by_its_own_tenant_only() {
    let Some((_, database, _open)) = peopled().await else { return };
    let mut connection = connect(&database.application_url).await;
    for (tenant, uses) in [("valley", 1), ("lake", 1), (INSTALLATION, 0)] {
        connection.execute(AssertSqlSafe(format!("SET app.tenant = '{tenant}'"))).await.unwrap();
        assert_eq!(count(&mut connection, "standing_use").await, uses, "{tenant}");
        assert_eq!(count(&mut connection, "standing_grant").await, uses, "{tenant}");
    }
}

#[tokio::test]
async fn an_audit_event_is_neither_changed_nor_taken_away_nor_put_before_others() {
    let Some((_, database, _open)) = peopled().await else { return };
    for mut connection in both(&database).await {
        connection.execute("SET app.tenant = 'valley'").await.unwrap();
        for change in [
            "UPDATE accord.audit_event SET outcome = 'done'",
            "DELETE FROM accord.audit_event WHERE number = 1",
            "INSERT INTO accord.audit_event SELECT tenant_id, 0, recorded, operation, outcome, patient, sealed, chain \
             FROM accord.audit_event WHERE number = 1",
            "INSERT INTO accord.audit_event SELECT * FROM accord.audit_event WHERE number = 1 \
             ON CONFLICT (tenant_id, number) DO UPDATE SET outcome = 'refused'",
            "INSERT INTO accord.audit_retention (only_row, kept_from) VALUES (1, 9); \
             UPDATE accord.audit_retention SET kept_from = 1",
        ] {
            assert!(connection.execute(change).await.is_err(), "{change}");
        }
        assert_eq!(count(&mut connection, "audit_event").await, 3);
    }
    // The application may not empty the table either, nor leave out its guards.
    let mut application = connect(&database.application_url).await;
    for change in [
        "TRUNCATE accord.audit_event",
        "ALTER TABLE accord.audit_event DISABLE TRIGGER ALL",
        "DROP FUNCTION accord.audit_event_is_kept() CASCADE",
        "SET session_replication_role = replica",
    ] {
        assert!(application.execute(change).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn whoever_tampers_with_the_log_without_the_key_is_seen() {
    let Some((_, database, open)) = peopled().await else { return };
    let [valley, _] = tenants();
    let mut owner = connect(&database.owner_url).await;
    owner.execute("ALTER TABLE accord.audit_event DISABLE TRIGGER USER").await.unwrap();
    owner.execute("SET app.tenant = 'valley'").await.unwrap();
    for tamper in [
        "UPDATE accord.audit_event SET outcome = 'refused' WHERE number = 1",
        "UPDATE accord.audit_event SET recorded = recorded + 1 WHERE number = 2",
        "UPDATE accord.audit_event SET patient = NULL WHERE number = 1",
        "DELETE FROM accord.audit_event WHERE number = 1",
        "INSERT INTO accord.audit_event SELECT tenant_id, 4, recorded, operation, outcome, patient, sealed, chain \
         FROM accord.audit_event WHERE number = 3",
        "UPDATE accord.audit_start SET number = 1, chain = (SELECT chain FROM accord.audit_event WHERE number = 1)",
    ] {
        owner.execute(tamper).await.unwrap();
        let found = open.audit().verify(&valley).await.unwrap();
        assert!(matches!(found, Verified::Broken { .. }), "{tamper}: {found:?}");
        // Once more from the beginning.
        owner.execute("DELETE FROM accord.audit_event; DELETE FROM accord.audit_start").await.unwrap();
        for mark in [1, 2, 1] {
            open.audit().write(&event(&valley, mark)).await.unwrap();
        }
        let found = open.audit().verify(&valley).await.unwrap();
        assert!(matches!(found, Verified::Whole { events: 3, .. }), "{found:?}");
    }
}

/// The events of one step are of one answer.
#[tokio::test]
async fn events_of_which_one_cannot_be_written_are_not_written() {
    let Some((_, _database, open)) = peopled().await else { return };
    let [valley, lake] = tenants();
    for unknown in ["aaa", "zzz"] {
        let events = [event(&valley, 1), event(&TenantId::new(unknown), 1), event(&lake, 1)];
        open.audit().write_all(&events).await.unwrap_err();
    }
    for tenant in [valley, lake] {
        assert!(matches!(open.audit().verify(&tenant).await.unwrap(), Verified::Whole { events: 3, .. }));
    }
}

#[tokio::test]
async fn marks_that_were_exchanged_lead_to_nobody() {
    let Some((_, database, open)) = peopled().await else { return };
    let [valley, _] = tenants();
    open.persons().find_or_create(&valley, &link(2)).await.unwrap();
    let mut owner = connect(&database.owner_url).await;
    owner.execute("SET app.tenant = 'valley'").await.unwrap();
    let exchange = "DROP INDEX accord.person_link_standing; UPDATE accord.person_link SET patient = (SELECT patient \
                    FROM accord.person_link AS other WHERE other.id <> person_link.id)";
    owner.execute(exchange).await.unwrap();
    for mark in [1, 2] {
        assert!(open.persons().lookup(&valley, &at(mark)).await.is_err());
    }
}

/// A key of another tenant's person tells nothing: it is answered as one that nobody has.
#[tokio::test]
async fn a_person_of_another_tenant_is_as_one_that_nobody_is() {
    let Some((_, _database, open)) = peopled().await else { return };
    let [valley, lake] = tenants();
    let theirs = open.persons().lookup(&valley, &at(1)).await.unwrap().unwrap();
    let nobody = access::PersonId::from_random([9; 16]);
    let said = async |person: &access::PersonId| {
        let linking = open.persons().link(&lake, person, &link(3)).await.unwrap();
        let given = open.consents().give(&lake, &consent(person)).await.unwrap_err();
        let given = std::error::Error::source(&given).map(ToString::to_string);
        let key = StandingKey { tenant: lake.clone(), person: person.clone(), source: SOURCE.to_owned() };
        let grant = access::StandingGrant { consent: consent(person).id, content: b"x".to_vec().into() };
        let granted = open.standing_grants().put(&key, &grant, noon()).await.unwrap();
        let revoked = Revoked { by: None, when: noon() };
        let revoked = open.consents().revoke(&lake, &consent(person).id, &revoked).await.unwrap();
        (linking, given, granted, revoked, open.persons().standing(&lake, person).await.unwrap())
    };
    let answer = said(&nobody).await;
    assert_eq!(answer.0, Linking::NoSuchPerson);
    assert!(answer.1.is_some());
    assert_eq!(said(&theirs).await, answer);
}

const TENANTS: u8 = 8;
const TRANSACTIONS: usize = 2_000;
const AT_ONCE: usize = 16;

#[tokio::test]
async fn interleaved_transactions_of_persons_and_consents_see_no_foreign_row() {
    let Some((_, database)) = migrated().await else { return };
    let tenants: Vec<TenantId> = (0..TENANTS).map(|number| TenantId::new(format!("tenant-{number}"))).collect();
    let url = &database.application_url;
    let options = Options { connections: 2 };
    let open = PostgresDatabase::open_with(url, sealer(7), tenants.clone(), options).await.unwrap();
    let mut keys = Vec::new();
    for (byte, tenant) in (0..TENANTS).zip(&tenants) {
        keys.push(put(&open, tenant, byte).await);
    }
    let (open, keys, next) = (Arc::new(open), Arc::new(keys), Arc::new(AtomicUsize::new(0)));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (open, keys, next) = (open.clone(), keys.clone(), next.clone());
        callers.spawn(async move {
            loop {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                if turn >= TRANSACTIONS {
                    break;
                }
                let number = turn * 5 % keys.len();
                let foreign = &keys[(number + 1) % keys.len()];
                let step = step(&open, &keys[number], foreign, number, turn);
                if turn % 11 == 0 {
                    // The caller goes away in the middle.
                    tokio::select! {
                        biased;
                        () = async { for _ in 0..turn % 7 { tokio::task::yield_now().await } } => {}
                        () = step => {}
                    }
                } else {
                    step.await;
                }
            }
        });
    }
    callers.join_all().await;
    for key in keys.iter() {
        let found = open.audit().verify(&key.tenant).await.unwrap();
        assert!(matches!(found, Verified::Whole { .. }), "{found:?}");
    }
}

/// One thing that a tenant asks; nothing in its answer is another tenant's.
async fn step(open: &PostgresDatabase, key: &StandingKey, foreign: &StandingKey, number: usize, turn: usize) {
    let StandingKey { tenant, person, .. } = key;
    match turn / usize::from(TENANTS) % 7 {
        0 => assert_eq!(open.persons().lookup(tenant, &at(1)).await.unwrap().as_ref(), Some(person)),
        1 => assert_eq!(open.persons().links(tenant, &foreign.person).await.unwrap(), []),
        2 => {
            let shared = open.consents().all_in_force(tenant, Purpose::CareTeam, noon()).await.unwrap();
            assert_eq!(shared, [consent(person)]);
        }
        3 => assert_eq!(open.consents().lookup(tenant, &consent(&foreign.person).id).await.unwrap(), None),
        4 => {
            let launch = LaunchId::from_random([u8::try_from(number).unwrap(); 16]);
            let lent = open.standing_grants().lent_to(tenant, &launch, noon()).await.unwrap();
            assert_eq!(lent, std::slice::from_ref(key), "launch {}", hex(u8::try_from(number).unwrap()));
        }
        5 => open.audit().write(&event(tenant, 1)).await.unwrap(),
        _ => {
            let why = WhyEnded::Wrong { reason: "wrong".to_owned() };
            let ending = Ending { who: Some(user()), when: noon(), why };
            assert_eq!(open.persons().split(tenant, &foreign.person, &at(1), &at(2), &ending).await.unwrap(), None);
        }
    }
}
