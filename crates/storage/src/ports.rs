//! Ports that both databases offer.

use access::{Audit, AuditTrail, Consents, KeptItems, Launches, Persons, Sessions, SignIns, StandingGrants};
use smart::{Grants, PendingLaunches};
use write_back::Intents;

use crate::audit::StoredAudit;
use crate::consents::StoredConsents;
use crate::database::Database;
use crate::grants::StoredGrants;
use crate::intents::StoredIntents;
use crate::kept_items::StoredKeptItems;
use crate::launches::StoredLaunches;
use crate::pending_launches::StoredPendingLaunches;
use crate::persons::StoredPersons;
use crate::postgres::PostgresDatabase;
use crate::sessions::StoredSessions;
use crate::sign_ins::StoredSignIns;
use crate::standing_grants::StoredStandingGrants;

/// Writes the ports of a database that has a `door()` and a `sealer`.
macro_rules! ports {
    ($database:ty) => {
        impl $database {
            /// Port of `access`.
            pub fn sessions(&self) -> impl Sessions + Clone + use<> {
                StoredSessions { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `access`.
            pub fn sign_ins(&self) -> impl SignIns + Clone + use<> {
                StoredSignIns { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `access`.
            pub fn launches(&self) -> impl Launches + Clone + use<> {
                StoredLaunches { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `access`.
            pub fn persons(&self) -> impl Persons + Clone + use<> {
                StoredPersons(self.door())
            }

            /// Port of `access`.
            pub fn consents(&self) -> impl Consents + Clone + use<> {
                StoredConsents(self.door())
            }

            /// Port of `access`.
            pub fn standing_grants(&self) -> impl StandingGrants + Clone + use<> {
                StoredStandingGrants(self.door())
            }

            /// Port of `access`.
            pub fn kept_items(&self) -> impl KeptItems + Clone + use<> {
                StoredKeptItems(self.door())
            }

            /// Ports of `access`: the log, and the trail that reads it.
            pub fn audit(&self) -> impl Audit + AuditTrail + Clone + use<> {
                StoredAudit(self.door())
            }

            /// Port of `smart`.
            pub fn pending_launches(&self) -> impl PendingLaunches + Clone + use<> {
                StoredPendingLaunches { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `smart`.
            pub fn grants(&self) -> impl Grants + Clone + use<> {
                StoredGrants(self.door())
            }

            /// Port of `write-back`.
            pub fn intents(&self) -> impl Intents + Clone + use<> {
                StoredIntents(self.door())
            }
        }
    };
}

ports!(Database);
ports!(PostgresDatabase);
