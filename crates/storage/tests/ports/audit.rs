//! Laws of `access::Audit` and `access::AuditTrail`.

use access::audit::Verified;
use access::policy::Why;
use access::{AuditEvent, Operation, Outcome, TenantId};
use jiff::{SignedDuration, Timestamp};

use crate::Stores;
use crate::people::{at_source, launch, noon, tenant};

pub fn event(mark: u8, when: Timestamp) -> AuditEvent {
    let event = AuditEvent::new(tenant(), Operation::ReadPlan, when).of_launch(&launch(mark, 1));
    AuditEvent { reason: Some("reason-canary".to_owned()), ..event }
}

async fn whole(stores: &Stores) -> u64 {
    match stores.trail.verify(&tenant()).await.unwrap() {
        Verified::Whole { events, .. } => events,
        broken => panic!("{broken:?}"),
    }
}

pub async fn events_are_found_again_by_their_patient(stores: Stores) {
    let refused = event(1, noon()).with(Outcome::Refused(Why::NoConsent));
    let events = [event(1, noon()), event(2, noon()), refused.clone()];
    stores.audit.write_all(&events).await.unwrap();
    let found = stores.trail.of_patient(&tenant(), &at_source("valley-ehr", 1)).await.unwrap();
    assert_eq!(found, [event(1, noon()), refused]);
    assert_eq!(stores.trail.of_patient(&tenant(), &at_source("nephrology", 1)).await.unwrap(), []);
    let elsewhere = TenantId::new("elsewhere");
    assert_eq!(stores.trail.of_patient(&elsewhere, &at_source("valley-ehr", 1)).await.unwrap(), []);
    assert_eq!(whole(&stores).await, 3);
}

pub async fn all_events_of_one_step_are_written_or_none(stores: Stores) {
    stores.database.close().await;
    assert!(stores.audit.write_all(&[event(1, noon()), event(2, noon())]).await.is_err());
    let found = stores.trail_elsewhere.verify(&tenant()).await.unwrap();
    assert!(matches!(found, Verified::Whole { events: 0, .. }));
}

pub async fn writers_in_two_processes_make_one_chain(stores: Stores) {
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8 {
        let audit = if writer % 2 == 0 { &stores.audit } else { &stores.audit_elsewhere };
        let audit = audit.clone();
        writers.spawn(async move {
            for _ in 0..5 {
                audit.write_all(&[event(writer, noon()), event(writer, noon())]).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    assert_eq!(whole(&stores).await, 80);
}

pub async fn events_of_two_tenants_in_one_step_make_a_chain_for_each(stores: Stores) {
    let elsewhere = || AuditEvent { tenant: TenantId::new("elsewhere"), ..event(1, noon()) };
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..6 {
        let audit = if writer % 2 == 0 { stores.audit.clone() } else { stores.audit_elsewhere.clone() };
        // Each in another order: none waits for one who waits for it.
        let mut events = vec![event(1, noon()), elsewhere(), event(2, noon())];
        events.rotate_left(writer % 3);
        writers.spawn(async move { audit.write_all(&events).await.unwrap() });
    }
    writers.join_all().await;
    assert_eq!(whole(&stores).await, 12);
    let found = stores.trail.verify(&TenantId::new("elsewhere")).await.unwrap();
    assert!(matches!(found, Verified::Whole { events: 6, .. }), "{found:?}");
}

/// Others write and purge meanwhile.
pub async fn the_log_is_whole_whenever_it_is_looked_over(stores: Stores) {
    let day = SignedDuration::from_hours(24);
    for days in 0..30 {
        stores.audit.write_all(&vec![event(1, noon() + day * days); 20]).await.unwrap();
    }
    let (audit, database) = (stores.audit_elsewhere.clone(), stores.database.clone());
    let purge = tokio::spawn(async move {
        for days in 0..30 {
            audit.write(&event(2, noon() + day * 3000)).await.unwrap();
            database.purge(noon() + day * (6 * 365 + 4 + days)).await.unwrap();
        }
    });
    while !purge.is_finished() {
        whole(&stores).await;
    }
    purge.await.unwrap();
    assert_eq!(whole(&stores).await, 30);
}

pub async fn purging_keeps_six_years_and_the_chain(stores: Stores) {
    let day = SignedDuration::from_hours(24);
    for days in [0, 1, 400] {
        stores.audit.write(&event(1, noon() + day * days)).await.unwrap();
    }
    assert_eq!(stores.database.purge(noon() + day * (6 * 365 + 2)).await.unwrap().audit_events, 0);
    assert_eq!(stores.database.purge(noon() + day * (6 * 365 + 10)).await.unwrap().audit_events, 2);
    assert_eq!(whole(&stores).await, 1);
    assert_eq!(stores.database.purge(noon() + day * 4000).await.unwrap().audit_events, 1);
    assert_eq!(whole(&stores).await, 0);
    stores.audit.write(&event(1, noon() + day * 4000)).await.unwrap();
    assert_eq!(whole(&stores).await, 1);
}
