//! A row of the log, and how it follows from the one before.

use access::{AuditEvent, PatientAt, StoreError, TenantId};
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::step::Value;
use crate::time::to_column;

/// An event as its table holds it.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) number: i64,
    recorded: i64,
    operation: String,
    outcome: String,
    patient: Option<Vec<u8>>,
    sealed: Vec<u8>,
    pub(super) chain: Vec<u8>,
}

impl Row {
    /// The row of an event that comes after the one with the chain `before`.
    pub(super) fn of(keeper: &Keeper, number: i64, before: &[u8; 32], event: &AuditEvent) -> Result<Self, StoreError> {
        let tenant = &event.tenant;
        let plain = Zeroizing::new(serde_json::to_vec(event).map_err(unasked)?);
        let mut row = Self {
            number,
            recorded: to_column(event.when),
            operation: event.operation.code().to_owned(),
            outcome: event.outcome.code().to_owned(),
            patient: event.patient.as_ref().map(|at| mark(keeper, tenant, at).to_vec()),
            sealed: keeper.sealer.seal(place(&bound(tenant, &number.to_be_bytes())), &plain),
            chain: Vec::new(),
        };
        row.chain = row.link(keeper, tenant, before).to_vec();
        Ok(row)
    }

    /// The chain of this row after the one with the chain `before`.
    pub(super) fn link(&self, keeper: &Keeper, tenant: &TenantId, before: &[u8; 32]) -> [u8; 32] {
        let none = [0_u8; 0];
        let parts: [&[u8]; 8] = [
            before,
            tenant.0.as_bytes(),
            &self.number.to_be_bytes(),
            &self.recorded.to_be_bytes(),
            self.operation.as_bytes(),
            self.outcome.as_bytes(),
            self.patient.as_deref().unwrap_or(&none),
            &self.sealed,
        ];
        keeper.mark("audit_event chain", &parts)
    }

    /// In the order of the columns, after the tenant.
    pub(super) fn values<'a>(&'a self, tenant: &'a TenantId) -> [Value<'a>; 8] {
        [
            Value::Text(&tenant.0),
            Value::Number(self.number),
            Value::Number(self.recorded),
            Value::Text(&self.operation),
            Value::Text(&self.outcome),
            Value::from(self.patient.as_deref()),
            Value::Bytes(&self.sealed),
            Value::Bytes(&self.chain),
        ]
    }

    pub(super) fn open(self, keeper: &Keeper, tenant: &TenantId) -> Result<AuditEvent, StoreError> {
        let number = self.number.to_be_bytes();
        let plain = keeper.sealer.open(place(&bound(tenant, &number)), &self.sealed).map_err(unasked)?;
        serde_json::from_slice(&plain).map_err(unasked)
    }
}

/// The mark by which a Patient's events are found.
pub(super) fn mark(keeper: &Keeper, tenant: &TenantId, at: &PatientAt) -> [u8; 32] {
    keeper.mark("audit_event", &[tenant.0.as_bytes(), at.source.as_bytes(), at.patient.as_bytes()])
}

/// A chain as a column holds it.
pub(super) fn sized(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| unasked("a chain of another length"))
}

fn bound<'a>(tenant: &'a TenantId, number: &'a [u8; 8]) -> [&'a [u8]; 2] {
    [tenant.0.as_bytes(), number]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "audit_event", row }
}
