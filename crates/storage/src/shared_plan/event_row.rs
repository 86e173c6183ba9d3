//! Events as the outbox holds them: sealed, each at its seat among those of its document.

use access::{PersonId, StoreError, TenantId};
use shared_plan::Event;
use shared_plan::ports::{Key, Outgoing};

use super::deliveries;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::step::{Door, Value, put};
use crate::time::to_column;

const COLUMNS: &str = "outbox (tenant_id, event, kind, document, seat, state, kept, free_from, failures, sealed)";

/// An event as it is read.
#[derive(sqlx::FromRow)]
pub(super) struct EventRow {
    pub(super) event: String,
    kind: String,
    document: String,
    seat: i64,
    failures: i64,
    sealed: Vec<u8>,
}

/// Keeps events of a document in their order, from this seat on.
pub(super) async fn keep<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    key: &Key,
    events: &[Event],
    first_seat: i64,
) -> Result<(), StoreError> {
    let mut sealed = Vec::new();
    for (event, seat) in events.iter().zip(first_seat..) {
        let id = event.id.to_string();
        let plain = serde_json::to_vec(event).map_err(unasked)?;
        let names = [id.as_str(), key.kind.code(), &key.id];
        let bytes = at(&key.tenant, names, seat, |place| keeper.sealer.seal(place, &plain));
        sealed.push((id, seat, to_column(event.at), bytes));
    }
    let mut rows = Vec::new();
    for (id, seat, kept, bytes) in &sealed {
        rows.push([
            Value::Text(&key.tenant.0),
            Value::Text(id),
            Value::Text(key.kind.code()),
            Value::Text(&key.id),
            Value::Number(*seat),
            Value::Text("waiting"),
            Value::Number(*kept),
            // Free since ever: the clocks of two processes differ.
            Value::Number(0),
            Value::Number(0),
            Value::Bytes(bytes),
        ]);
    }
    put(step, COLUMNS, &rows).await?;
    deliveries::put_aside::<D>(step, key, first_seat).await
}

/// True where an event is of this document and person.
pub(super) fn is_of(event: &Event, key: &Key, person: &PersonId) -> bool {
    event.tenant == key.tenant && event.kind == key.kind && event.document == key.id && event.person == *person
}

impl EventRow {
    /// The event of this row.
    pub(super) fn open(&self, keeper: &Keeper, tenant: &TenantId) -> Result<Outgoing, StoreError> {
        let names = [self.event.as_str(), &self.kind, &self.document];
        let plain = at(tenant, names, self.seat, |place| keeper.sealer.open(place, &self.sealed)).map_err(unasked)?;
        let event = serde_json::from_slice(&plain).map_err(unasked)?;
        let failures = u32::try_from(self.failures).map_err(unasked)?;
        Ok(Outgoing { tenant: tenant.clone(), event, failures })
    }
}

fn at<T>(tenant: &TenantId, names: [&str; 3], seat: i64, act: impl FnOnce(Place<'_>) -> T) -> T {
    let [event, kind, document] = names.map(str::as_bytes);
    act(Place { table: "outbox", row: &[tenant.0.as_bytes(), event, kind, document, &seat.to_be_bytes()] })
}
