//! The one way to a shared plan.

mod ask;
mod caller;
mod codes;
mod everybody;
mod failure;
mod history;
mod kept;
mod pointed;
mod read;
mod since;
mod standing;
mod told;
mod way;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use access::{Audit, Clock, Randomness, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use shared_plan::ports::Documents;

use crate::neighbours::terminology::{NoTerminology, Terminology};

pub use caller::{Caller, People};
pub use failure::Failure;
pub use read::Listed;
pub use standing::Standing;
pub use way::Ways;
pub(crate) use way::nobody;
pub use write::{Asked, Saved, SavedEntry};

/// The id under which the shared plan is a source among others; no registered source may have it.
pub const SOURCE: &str = "shared-plan";

/// What the service knows of a tenant.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// True where it has the licence `ehr.care_plans`.
    pub licensed: bool,
    /// Which day it is there.
    pub time_zone: TimeZone,
}

/// The care plan service. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    documents: Arc<dyn Documents>,
    audit: Arc<dyn Audit>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
    tenants: Arc<BTreeMap<TenantId, Tenant>>,
    terminology: Arc<dyn Terminology>,
    ways: Arc<dyn Ways>,
    standing: Arc<dyn Standing>,
    looked_at: usize,
}

impl Service {
    /// A service over these stores.
    pub fn new(
        documents: Arc<dyn Documents>,
        audit: Arc<dyn Audit>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Randomness>,
        tenants: BTreeMap<TenantId, Tenant>,
    ) -> Self {
        Self {
            documents,
            audit,
            clock,
            random,
            tenants: Arc::new(tenants),
            terminology: Arc::new(NoTerminology),
            ways: Arc::new(way::NoWays),
            standing: Arc::new(standing::AsNamed),
            looked_at: everybody::LOOKED_AT,
        }
    }

    /// The same, with somebody who knows codes.
    #[must_use]
    pub fn with_terminology(mut self, terminology: Arc<dyn Terminology>) -> Self {
        self.terminology = terminology;
        self
    }

    /// The same, with somebody who finds the way to a person for those of the care team who call without naming one.
    /// Without, they reach nobody.
    #[must_use]
    pub fn with_ways(mut self, ways: Arc<dyn Ways>) -> Self {
        self.ways = ways;
        self
    }

    /// The same, with somebody who knows who was joined into whom. Without, everybody is who they are named.
    #[must_use]
    pub fn with_standing(mut self, standing: Arc<dyn Standing>) -> Self {
        self.standing = standing;
        self
    }

    /// Which day it is at a tenant.
    pub fn today(&self, tenant: &TenantId) -> Date {
        self.day_of(tenant, self.clock.now())
    }

    /// Which day a moment is at a tenant.
    pub fn day_of(&self, tenant: &TenantId, at: Timestamp) -> Date {
        let zone = self.tenants.get(tenant).map_or(TimeZone::UTC, |tenant| tenant.time_zone.clone());
        at.to_zoned(zone).date()
    }

    /// True where the tenant has the licence `ehr.care_plans`.
    pub fn is_licensed(&self, tenant: &TenantId) -> bool {
        self.tenants.get(tenant).is_some_and(|tenant| tenant.licensed)
    }
}
