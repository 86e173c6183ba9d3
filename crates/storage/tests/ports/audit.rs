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
    let file = crate::sqlite::reopen(&stores).await;
    let trail: &dyn access::AuditTrail = &file.audit();
    assert!(matches!(trail.verify(&tenant()).await.unwrap(), Verified::Whole { events: 0, .. }));
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
